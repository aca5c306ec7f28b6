package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract: the path that is registered, which is checked behind the other arguments. */
@ParameterizedClass
@MethodSource("org.inotify4j.watch.Implementation#all")
final class PathArgumentsContractTest extends WatchServiceContract {

  private static final WatchEvent.Kind<?>[] CREATION = {ENTRY_CREATE};

  PathArgumentsContractTest(Implementation implementation) {
    super(implementation);
  }

  @Test
  void missingPath_isNoSuchFileException() {
    assertFails(NoSuchFileException.class, file("missing"));
  }

  @Test
  void danglingLink_isNoSuchFileException() throws Exception {
    assertFails(NoSuchFileException.class, Files.createSymbolicLink(file("link"), file("missing")));
  }

  @Test
  void noPermission_isAccessDeniedException() throws Exception {
    Path closed = mkdir("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    // What the failures need is loaded while everything may be read.
    assertFails(NoSuchFileException.class, file("missing"));
    com.sun.jna.Function setfsuid = NativeLibrary.getProcess().getFunction("setfsuid");
    int user = setfsuid.invokeInt(new Object[] {65534});
    try {
      // The JDK asks in a thread of its own, which has the rights of the one that starts it.
      try (WatchService unprivileged = implementation.open()) {
        ThrowingCallable registering =
            () -> implementation.register(unprivileged, closed, CREATION);
        assertThatExceptionOfType(AccessDeniedException.class)
            .isThrownBy(registering)
            .withMessage(closed.toString());
      }
    } finally {
      setfsuid.invokeInt(new Object[] {user});
    }
  }

  @Test
  void linkLoop_isFileSystemExceptionWithTheJdksText() throws Exception {
    Path loop = Files.createSymbolicLink(file("loop"), file("loop"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> register(loop, ENTRY_CREATE))
        .withMessageStartingWith(
            loop
                + ": Too many levels of symbolic links"
                + " or unable to access attributes of symbolic link")
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(loop.toString()));
  }

  @Test
  void file_isNotDirectoryException() throws Exception {
    assertFails(NotDirectoryException.class, touch("file"));
  }

  @Test
  void linkToAFile_isNotDirectoryException() throws Exception {
    assertFails(NotDirectoryException.class, Files.createSymbolicLink(file("link"), touch("file")));
  }

  @Test
  void pathThroughAFile_isFileSystemException_andOursSaysWhichOne() throws Exception {
    Path below = touch("file").resolve("below");
    if (isJdk()) {
      assertThatThrownBy(() -> register(below, ENTRY_CREATE))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessage(below + ": Not a directory");
    } else {
      assertFails(NotDirectoryException.class, below);
    }
  }

  @Test
  void nameThatIsTooLong_isFileSystemExceptionThatSaysSo() {
    Path tooLong = file("x".repeat(256));
    assertThatThrownBy(() -> register(tooLong, ENTRY_CREATE))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(
            tooLong + (isJdk() ? ": File name too long" : ": file name too long (ENAMETOOLONG)"));
  }

  @Test
  void linkToADirectory_isFollowed() throws Exception {
    Path directory = mkdir("directory");
    WatchKey key = register(Files.createSymbolicLink(file("link"), directory), ENTRY_CREATE);
    Files.createFile(directory.resolve("x"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  private void assertFails(Class<? extends FileSystemException> type, Path path) {
    assertThatThrownBy(() -> register(path, ENTRY_CREATE))
        .isExactlyInstanceOf(type)
        .hasMessage(path.toString());
  }
}
