package org.inotify4j.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same answers whether the JDK at hand has the methods or not. */
final class NewerMethodsTest {

  private static final Class<BasicFileAttributes> BASIC = BasicFileAttributes.class;

  @TempDir private Path dir;

  private FileSystemProvider provider;
  private Path file;
  private Path missing;

  @BeforeEach
  void makeFile() throws IOException {
    provider = dir.getFileSystem().provider();
    file = Files.writeString(dir.resolve("f"), "five5");
    missing = dir.resolve("missing");
  }

  @Test
  void exists_followsLinksOrNot() throws Exception {
    Path dangling = Files.createSymbolicLink(dir.resolve("link"), missing);
    assertThat(NewerMethods.exists(provider, file)).isTrue();
    assertThat(NewerMethods.exists(provider, file, NOFOLLOW_LINKS)).isTrue();
    assertThat(NewerMethods.exists(provider, missing)).isFalse();
    assertThat(NewerMethods.exists(provider, missing, NOFOLLOW_LINKS)).isFalse();
    assertThat(NewerMethods.exists(provider, dangling)).isFalse();
    assertThat(NewerMethods.exists(provider, dangling, NOFOLLOW_LINKS)).isTrue();
    assertThat(NewerMethods.exists(provider, file.resolve("below"))).isFalse();
  }

  @Test
  void readAttributesIfExists_orNull() throws Exception {
    BasicFileAttributes attributes =
        Objects.requireNonNull(NewerMethods.readAttributesIfExists(provider, file, BASIC));
    assertThat(attributes.size()).isEqualTo(5);
    assertThat(NewerMethods.readAttributesIfExists(provider, file, PosixFileAttributes.class))
        .isInstanceOf(PosixFileAttributes.class);
    assertThat(NewerMethods.readAttributesIfExists(provider, missing, BASIC)).isNull();
  }

  @Test
  void readAttributesIfExists_otherFailuresAreThrown() throws Exception {
    Path loop = dir.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> NewerMethods.readAttributesIfExists(provider, loop, BASIC));
    assertThat(
            Objects.requireNonNull(
                    NewerMethods.readAttributesIfExists(provider, loop, BASIC, NOFOLLOW_LINKS))
                .isSymbolicLink())
        .isTrue();
  }

  @Test
  void unchecked_areThrown() throws Exception {
    try (FileSystem other = Jimfs.newFileSystem()) {
      Path foreign = other.getPath("a");
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> NewerMethods.exists(provider, foreign));
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> NewerMethods.readAttributesIfExists(provider, foreign, BASIC));
    }
    assertThatNullPointerException()
        .isThrownBy(() -> NewerMethods.readAttributesIfExists(provider, file, null));
  }

  /** A provider that knows nothing of the methods: the interface's own are made of the older. */
  @Test
  void providerWithoutThem() throws Exception {
    try (FileSystem other = Jimfs.newFileSystem()) {
      Path made = Files.createFile(other.getPath("a"));
      Path none = other.getPath("b");
      assertThat(NewerMethods.exists(other.provider(), made)).isTrue();
      assertThat(NewerMethods.exists(other.provider(), none)).isFalse();
      assertThat(NewerMethods.readAttributesIfExists(other.provider(), made, BASIC))
          .matches(BasicFileAttributes::isRegularFile);
      assertThat(NewerMethods.readAttributesIfExists(other.provider(), none, BASIC)).isNull();
    }
  }

  @Test
  void wrapped_filesExists() {
    FileSystem wrapped = INotifyFileSystemProvider.wrap(dir.getFileSystem());
    assertThat(Files.exists(wrapped.getPath(file.toString()))).isTrue();
    assertThat(Files.exists(wrapped.getPath(missing.toString()))).isFalse();
    assertThat(Files.isDirectory(wrapped.getPath(dir.toString()))).isTrue();
    assertThat(Files.isDirectory(wrapped.getPath(missing.toString()))).isFalse();
  }
}
