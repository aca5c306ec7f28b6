package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a file system owes its users, in one suite for the plain ones and their wrappers. Paths are
 * written as on Unix; {@link #path} and {@link #text} turn them into the subject's own.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Subject.class)
abstract class FileSystemContract {

  final Subject subject;

  /** The file system. */
  FileSystem fs;

  /** An empty directory. */
  Path dir;

  @TempDir private Path temporary;

  FileSystemContract(Subject subject) {
    this.subject = subject;
  }

  @BeforeEach
  final void openFileSystem() {
    fs = subject.open();
    dir = subject.directory(fs, temporary);
  }

  @AfterEach
  final void closeFileSystem() throws IOException {
    subject.close(fs);
  }

  /** A path of the file system. */
  final Path path(String unix) {
    return fs.getPath(text(unix));
  }

  /** As the subject writes it. */
  final String text(String unix) {
    if (!subject.isWindows()) {
      return unix;
    }
    return (unix.startsWith("/") ? "C:" + unix : unix).replace('/', '\\');
  }

  /** A file with its own name for content. */
  final Path file(String unix) throws IOException {
    Path file = dir.resolve(text(unix));
    Files.createDirectories(file.getParent());
    return Files.writeString(file, file.getFileName().toString());
  }

  /** The paths relative to the directory, as on Unix, sorted; each is one of the file system. */
  final List<String> relative(Iterable<Path> paths) {
    return StreamSupport.stream(paths.spliterator(), false)
        .map(path -> ours(path).isAbsolute() ? dir.relativize(path) : path)
        .map(path -> path.toString().replace('\\', '/'))
        .sorted()
        .toList();
  }

  /** Checks that a path that was handed out is one of the file system. */
  final Path ours(Path path) {
    assertThat(path.getFileSystem()).isSameAs(fs);
    assertThat(path.getClass()).isSameAs(dir.getClass());
    return path;
  }

  final void assumeLinks() {
    assumeTrue(!subject.isWindows(), subject + " has no links");
  }

  final void assumeView(String name) {
    assumeTrue(
        fs.supportedFileAttributeViews().contains(name),
        subject + " has no attribute view " + name);
  }
}
