package org.inotify4j.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Attributes by class, by name and by view; symbolic and hard links. */
final class AttributeContractTest extends FileSystemContract {

  private static final FileTime LONG_AGO = FileTime.from(Instant.ofEpochSecond(1_000_000));

  AttributeContractTest(Subject subject) {
    super(subject);
  }

  @Test
  void readAttributes_basic() throws Exception {
    Path file = file("five5");
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    assertThat(attributes.size()).isEqualTo(5);
    assertThat(attributes.isRegularFile()).isTrue();
    assertThat(attributes.isDirectory()).isFalse();
    assertThat(attributes.isSymbolicLink()).isFalse();
    assertThat(attributes.fileKey())
        .isEqualTo(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  @Test
  void readAttributes_byName() throws Exception {
    Path file = file("five5");
    assertThat(Files.readAttributes(file, "size,isDirectory"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("size", 5L, "isDirectory", false));
    assertThat(Files.readAttributes(file, "basic:*")).containsEntry("isRegularFile", true);
    assertThat(Files.getAttribute(file, "size")).isEqualTo(5L);
    assertThatIllegalArgumentException().isThrownBy(() -> Files.readAttributes(file, "no such"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.readAttributes(file, "nosuchview:*"));
  }

  @Test
  void readAttributes_missing() {
    Path missing = dir.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.readAttributes(missing, BasicFileAttributes.class))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(missing.toString()));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.readAttributes(missing, "*"));
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> Files.size(missing));
  }

  @Test
  void setAttribute_time() throws Exception {
    Path file = file("f");
    assertThat(Files.setAttribute(file, "lastModifiedTime", LONG_AGO)).isSameAs(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.setAttribute(file, "nosuchview:a", 1));
    assertThatThrownBy(() -> Files.setAttribute(file, "nosuchattribute", 1))
        .isExactlyInstanceOf(
            subject.isNative()
                ? IllegalArgumentException.class
                : UnsupportedOperationException.class);
  }

  @Test
  void getFileAttributeView_basic() throws Exception {
    Path file = file("f");
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    view.setTimes(LONG_AGO, null, null);
    assertThat(view.name()).isEqualTo("basic");
    assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(LONG_AGO);
  }

  @Test
  void getFileAttributeView_owner() throws Exception {
    Path file = file("f");
    FileOwnerAttributeView view = Files.getFileAttributeView(file, FileOwnerAttributeView.class);
    view.setOwner(view.getOwner());
    assertThat(Files.getOwner(file)).isEqualTo(view.getOwner());
  }

  @Test
  void getFileAttributeView_notSupported() throws Exception {
    if (!fs.supportedFileAttributeViews().contains("acl")) {
      assertThat(Files.getFileAttributeView(file("f"), AclFileAttributeView.class)).isNull();
    }
    if (!fs.supportedFileAttributeViews().contains("dos")) {
      Path file = file("f");
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Files.readAttributes(file, DosFileAttributes.class));
    }
  }

  @Test
  void posix_permissions() throws Exception {
    assumeView("posix");
    Path file = file("f");
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-r-----");
    Files.setPosixFilePermissions(file, permissions);
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
    assertThat(Files.readAttributes(file, PosixFileAttributes.class).permissions())
        .isEqualTo(permissions);
    assertThat(Files.readAttributes(file, "posix:permissions"))
        .isEqualTo(Map.of("permissions", permissions));
  }

  @Test
  void posix_permissionsAtCreation() throws Exception {
    assumeView("posix");
    Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rwx------");
    Path made = Files.createDirectory(dir.resolve("d"), PosixFilePermissions.asFileAttribute(mine));
    assertThat(Files.getPosixFilePermissions(made)).isEqualTo(mine);
    Path file = Files.createFile(dir.resolve("f"), PosixFilePermissions.asFileAttribute(mine));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(mine);
  }

  @Test
  void unix_attributes() throws Exception {
    assumeView("unix");
    Path file = file("f");
    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
    assertThat(Files.readAttributes(file, "unix:*")).containsKeys("ino", "dev", "mode", "uid");
  }

  @Test
  void dos_attributes() throws Exception {
    assumeView("dos");
    assumeFalse(subject.isNative(), "kept where not every file system of a machine can");
    Path file = file("f");
    Files.setAttribute(file, "dos:hidden", true);
    assertThat(Files.isHidden(file)).isTrue();
  }

  @Test
  void createSymbolicLink_read() throws Exception {
    assumeLinks();
    Path file = file("f");
    Path link = dir.resolve("link");
    assertThat(Files.createSymbolicLink(link, path("f"))).isSameAs(link);
    assertThat(ours(Files.readSymbolicLink(link))).isEqualTo(path("f"));
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(link).hasContent("f");
    assertThat(Files.isSameFile(link, file)).isTrue();
    assertThat(ours(link.toRealPath())).isEqualTo(file.toRealPath());
    assertThat(link.toRealPath(NOFOLLOW_LINKS).endsWith("link")).isTrue();
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> Files.createSymbolicLink(link, file));
    assertThatExceptionOfType(NotLinkException.class)
        .isThrownBy(() -> Files.readSymbolicLink(file))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(file.toString()));
  }

  @Test
  void symbolicLink_followedOrNot() throws Exception {
    assumeLinks();
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("missing"));
    assertThat(Files.exists(link)).isFalse();
    assertThat(Files.exists(link, NOFOLLOW_LINKS)).isTrue();
    assertThat(Files.notExists(link)).isTrue();
    assertThat(
            Files.readAttributes(link, BasicFileAttributes.class, NOFOLLOW_LINKS).isSymbolicLink())
        .isTrue();
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.readAttributes(link, BasicFileAttributes.class));
    Files.copy(link, dir.resolve("copy"), NOFOLLOW_LINKS);
    assertThat(Files.readSymbolicLink(dir.resolve("copy"))).isEqualTo(dir.resolve("missing"));
    Files.delete(link);
    assertThat(Files.exists(link, NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void symbolicLink_loop() throws Exception {
    assumeLinks();
    Path link = Files.createSymbolicLink(dir.resolve("loop"), path("loop"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Files.readAttributes(link, BasicFileAttributes.class));
    assertThat(Files.exists(link)).isFalse();
  }

  @Test
  void links_notSupported() throws Exception {
    assumeTrue(subject.isWindows(), "has links");
    Path file = file("f");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.createSymbolicLink(dir.resolve("link"), file));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Files.createLink(dir.resolve("link"), file));
  }

  @Test
  void createLink_secondName() throws Exception {
    assumeLinks();
    Path file = file("f");
    Path second = dir.resolve("second");
    assertThat(Files.createLink(second, file)).isSameAs(second);
    assertThat(Files.isSameFile(file, second)).isTrue();
    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(2);
    Files.delete(file);
    assertThat(second).hasContent("f");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.createLink(dir.resolve("third"), file));
  }
}
