package org.inotify4j.fs;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.AccessMode;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Operations on files: what they do, and which exceptions they throw about which file. */
final class ProviderContractTest extends FileSystemContract {

  ProviderContractTest(Subject subject) {
    super(subject);
  }

  private static <X extends FileSystemException> void fails(
      Class<X> type, Path about, ThrowingCallable operation) {
    assertThatExceptionOfType(type)
        .isThrownBy(operation)
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(about.toString()));
  }

  @Test
  void createDirectory_once() throws Exception {
    Path made = dir.resolve("d");
    assertThat(Files.createDirectory(made)).isSameAs(made).isDirectory();
    fails(FileAlreadyExistsException.class, made, () -> Files.createDirectory(made));
    Path deep = made.resolve(text("e/f"));
    fails(NoSuchFileException.class, deep, () -> Files.createDirectory(deep));
    assertThat(Files.createDirectories(deep)).isDirectory();
    assertThat(ours(Files.createDirectories(deep))).isEqualTo(deep);
  }

  @Test
  void createFile_once() throws Exception {
    Path made = dir.resolve("f");
    assertThat(Files.createFile(made)).isSameAs(made).isEmptyFile();
    fails(FileAlreadyExistsException.class, made, () -> Files.createFile(made));
  }

  @Test
  void delete_fileAndDirectory() throws Exception {
    Path file = file("d/f");
    Path made = file.getParent();
    fails(DirectoryNotEmptyException.class, made, () -> Files.delete(made));
    fails(DirectoryNotEmptyException.class, made, () -> Files.deleteIfExists(made));
    Files.delete(file);
    fails(NoSuchFileException.class, file, () -> Files.delete(file));
    assertThat(Files.deleteIfExists(file)).isFalse();
    assertThat(Files.deleteIfExists(made)).isTrue();
    assertThat(made).doesNotExist();
  }

  @Test
  void copy_options() throws Exception {
    Path source = file("source");
    Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(1_000_000)));
    Path target = dir.resolve("target");
    assertThat(Files.copy(source, target)).isSameAs(target);
    fails(FileAlreadyExistsException.class, target, () -> Files.copy(source, target));
    Files.copy(source, target, REPLACE_EXISTING, COPY_ATTRIBUTES);
    assertThat(target).hasContent("source");
    assertThat(Files.getLastModifiedTime(target)).isEqualTo(Files.getLastModifiedTime(source));
    Path missing = dir.resolve("missing");
    fails(NoSuchFileException.class, missing, () -> Files.copy(missing, target, REPLACE_EXISTING));
  }

  @Test
  void copy_directory() throws Exception {
    Path file = file("d/f");
    Path copy = Files.copy(file.getParent(), dir.resolve("copy"));
    assertThat(copy).isEmptyDirectory();
    fails(
        DirectoryNotEmptyException.class,
        file.getParent(),
        () -> Files.copy(copy, file.getParent(), REPLACE_EXISTING));
  }

  @Test
  void copy_streams() throws Exception {
    Path source = file("source");
    Path target = dir.resolve("target");
    try (OutputStream out = Files.newOutputStream(target)) {
      assertThat(Files.copy(source, out)).isEqualTo(6);
    }
    assertThat(Files.mismatch(source, target)).isEqualTo(-1);
  }

  @Test
  void copy_toAnotherFileSystemAndBack() throws Exception {
    try (FileSystem other = Subject.UNIX.open()) {
      Path there = other.getPath("there");
      Files.copy(file("source"), there);
      Path back = dir.resolve("back");
      Files.move(there, back);
      assertThat(back).hasContent("source");
      assertThat(there).doesNotExist();
    }
  }

  @Test
  void move_options() throws Exception {
    Path source = file("source");
    Path target = file("target");
    fails(FileAlreadyExistsException.class, target, () -> Files.move(source, target));
    assertThat(Files.move(source, target, REPLACE_EXISTING)).isSameAs(target);
    assertThat(target).hasContent("source");
    assertThat(source).doesNotExist();
    Path atomic = dir.resolve("atomic");
    Files.move(target, atomic, ATOMIC_MOVE);
    assertThat(atomic).hasContent("source");
    fails(NoSuchFileException.class, target, () -> Files.move(target, source));
  }

  @Test
  void move_directoryWithWhatIsInIt() throws Exception {
    Path moved = dir.resolve("moved");
    Files.move(file("d/f").getParent(), moved);
    assertThat(moved.resolve("f")).hasContent("f");
  }

  @Test
  void isSameFile_bySpelling() throws Exception {
    Path file = file("d/f");
    assertThat(Files.isSameFile(file, dir.resolve(text("d/../d/./f")))).isTrue();
    assertThat(Files.isSameFile(file, file("g"))).isFalse();
    Path missing = dir.resolve("missing");
    assertThat(Files.isSameFile(missing, missing)).isTrue();
    if (subject.isNative()) {
      fails(NoSuchFileException.class, missing, () -> Files.isSameFile(file, missing));
    } else {
      assertThat(Files.isSameFile(file, missing)).isFalse();
    }
  }

  @Test
  void isHidden_byName() throws Exception {
    assertThat(Files.isHidden(file(".f"))).isEqualTo(!subject.isWindows());
    assertThat(Files.isHidden(file("f"))).isFalse();
  }

  @Test
  void checkAccess_modes() throws Exception {
    Path file = file("f");
    fs.provider().checkAccess(file);
    fs.provider().checkAccess(file, AccessMode.READ, AccessMode.WRITE);
    assertThat(Files.isReadable(file)).isTrue();
    assertThat(Files.isWritable(file)).isTrue();
    Path missing = dir.resolve("missing");
    assertThat(Files.isReadable(missing)).isFalse();
    fails(NoSuchFileException.class, missing, () -> fs.provider().checkAccess(missing));
  }

  @Test
  void exists_orNot() throws Exception {
    Path file = file("f");
    assertThat(Files.exists(file)).isTrue();
    assertThat(Files.notExists(file)).isFalse();
    assertThat(Files.isRegularFile(file)).isTrue();
    assertThat(Files.isDirectory(file)).isFalse();
    assertThat(Files.isDirectory(dir)).isTrue();
    Path missing = dir.resolve("missing");
    assertThat(Files.exists(missing)).isFalse();
    assertThat(Files.notExists(missing)).isTrue();
    assertThat(Files.isRegularFile(missing)).isFalse();
    assertThat(Files.isDirectory(missing)).isFalse();
    assertThat(Files.exists(file.resolve("below"))).isFalse();
  }

  @Test
  void getFileStore_ofFileAndFileSystem() throws Exception {
    FileStore store = Files.getFileStore(dir);
    assertThat(store.getTotalSpace()).isPositive();
    assertThat(Files.getFileStore(file("f"))).isEqualTo(store);
    assertThat(store.supportsFileAttributeView("basic")).isTrue();
    assertThat(fs.getFileStores()).isNotEmpty();
    if (subject.isNative()) {
      Path missing = dir.resolve("missing");
      fails(NoSuchFileException.class, missing, () -> Files.getFileStore(missing));
    }
  }

  @Test
  void getUserPrincipalLookupService_looksUp() throws Exception {
    String owner = Files.getOwner(dir).getName();
    assertThat(fs.getUserPrincipalLookupService().lookupPrincipalByName(owner))
        .isEqualTo(Files.getOwner(dir));
    if (subject.isNative()) {
      assertThatExceptionOfType(UserPrincipalNotFoundException.class)
          .isThrownBy(
              () -> fs.getUserPrincipalLookupService().lookupPrincipalByName("no such user"));
    }
  }

  @Test
  void createTempFile_inADirectory() throws Exception {
    Path file = ours(Files.createTempFile(dir, "pre", ".post"));
    assertThat(file).isEmptyFile().hasParentRaw(dir);
    assertThat(file.getFileName().toString()).startsWith("pre").endsWith(".post");
    assertThat(ours(Files.createTempDirectory(dir, "pre"))).isEmptyDirectory();
  }

  @Test
  void newFileSystem_overAZipFile() throws Exception {
    Path zip = dir.resolve("a.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("entry"));
      out.write('x');
    }
    try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of())) {
      assertThat(inside.getPath("entry")).hasContent("x");
    }
  }

  @Test
  void newFileSystem_overSomethingElse() throws Exception {
    assumeTrue(subject.isNative(), "what is said of it is the provider's own affair");
    Path file = file("f");
    assertThatExceptionOfType(ProviderNotFoundException.class)
        .isThrownBy(() -> FileSystems.newFileSystem(file, Map.of()));
  }

  @Test
  void newFileSystem_ofTheNativeOneThereIsOneAlready() {
    if (subject.isNative()) {
      URI root = URI.create(fs.provider().getScheme() + ":///");
      assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
          .isThrownBy(() -> fs.provider().newFileSystem(root, Map.of()));
      assertThat(fs.provider().getFileSystem(root)).isSameAs(fs);
    }
  }

  @Test
  void operations_afterCloseOfAFileSystemThatCanBeClosed() throws Exception {
    if (subject.isNative()) {
      assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(fs::close);
      assertThat(fs.isOpen()).isTrue();
    } else {
      fs.close();
      assertThat(fs.isOpen()).isFalse();
      assertThatExceptionOfType(ClosedFileSystemException.class)
          .isThrownBy(() -> Files.createFile(dir.resolve("f")));
    }
  }
}
