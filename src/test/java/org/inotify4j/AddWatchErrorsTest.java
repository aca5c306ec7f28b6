package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each error of adding and removing watches is the one that java.nio has for it, with the path. */
final class AddWatchErrorsTest extends WithINotify {

  @TempDir private Path directory;

  @Test
  void addWatch_missing() {
    Path missing = directory.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> inotify.addWatch(missing, Flag.CREATE))
        .withMessage(missing.toString());
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> inotify.addWatch(new byte[0], Mask.ALL_EVENTS))
        .withMessage("");
  }

  @Test
  void addWatch_onlyDirOnFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> inotify.addWatch(file, Flag.CREATE, Flag.ONLYDIR))
        .withMessage(file.toString());
  }

  @Test
  void addWatch_fileAsParent() throws Exception {
    Path below = Files.createFile(directory.resolve("file")).resolve("below");
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> inotify.addWatch(below, Flag.CREATE))
        .withMessage(below.toString());
  }

  @Test
  void addWatch_loopOfLinks() throws Exception {
    Path loop = directory.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> inotify.addWatch(loop, Flag.CREATE))
        .withMessage(
            loop
                + ": Too many levels of symbolic links or unable to access attributes of symbolic link");
  }

  @Test
  void addWatch_nameTooLong() {
    Path tooLong = directory.resolve("x".repeat(256));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> inotify.addWatch(tooLong, Flag.CREATE))
        .withMessage(tooLong + ": file name too long (ENAMETOOLONG)");
  }

  @Test
  void addWatch_nulInBytes() {
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> inotify.addWatch("a\0b".getBytes(UTF_8), Mask.ALL_EVENTS))
        .satisfies(e -> assertThat(e.getIndex()).isEqualTo(1));
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> inotify.addWatch("a\0".getBytes(UTF_8), Mask.ALL_EVENTS));
  }

  @Test
  void addWatch_noPermission() throws Exception {
    Path secret = Files.createDirectory(directory.resolve("secret"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
    Path shelf = Files.createDirectory(directory.resolve("shelf"));
    ChildJvm child = ChildJvm.of(WatchProgram.class).asNobody(shelf);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(child.run(secret.toString()).output())
        .isEqualTo("java.nio.file.AccessDeniedException: " + secret + "\n");
  }

  /** A child's program: watches its argument and prints what that throws. */
  static final class WatchProgram {
    private WatchProgram() {}

    public static void main(String[] args) throws Exception {
      try (INotify inotify = INotify.open()) {
        inotify.addWatch(Path.of(args[0]), Flag.CREATE);
        System.out.println("watched");
      } catch (FileSystemException e) {
        System.out.println(e);
      }
    }
  }

  @Test
  void addWatch_otherFileSystem() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> inotify.addWatch(memory.getPath("/inbox"), Flag.CREATE))
          .withMessage("a path of the default file system is needed; this one is of jimfs: /inbox");
    }
  }

  @Test
  void addWatch_maskCreateOnWatched() throws Exception {
    inotify.addWatch(directory, Flag.CREATE);
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> inotify.addWatch(directory, Flag.DELETE, Flag.MASK_CREATE))
        .withMessage(directory + ": is watched by this instance already");
  }

  @Test
  void addWatch_maskAddWithMaskCreate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inotify.addWatch(directory, Flag.DELETE, Flag.MASK_ADD, Flag.MASK_CREATE))
        .withMessageContaining("DELETE|MASK_CREATE|MASK_ADD");
  }

  @Test
  void addWatch_withoutEvents() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inotify.addWatch(directory))
        .withMessageContaining("the mask 0 has no event");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inotify.addWatch(directory, Flag.ONLYDIR))
        .withMessageContaining("the mask ONLYDIR has no event");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inotify.addWatch(directory, Flag.IGNORED, Flag.UNMOUNT))
        .withMessageContaining("the mask UNMOUNT|IGNORED has no event");
  }

  @Test
  void removeWatch_twice() throws Exception {
    int wd = inotify.addWatch(directory, Flag.CREATE);
    inotify.removeWatch(wd);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inotify.removeWatch(wd))
        .withMessageContaining("the watch descriptor 1:");
  }

  @Test
  void removeWatch_unknown() {
    for (int unknown : new int[] {-1, 0, 8192}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> inotify.removeWatch(unknown))
          .withMessageContaining("the watch descriptor " + unknown + ":");
    }
  }
}
