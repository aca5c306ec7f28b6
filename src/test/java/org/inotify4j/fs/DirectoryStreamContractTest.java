package org.inotify4j.fs;

import static java.nio.file.FileVisitResult.CONTINUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Directory streams and the walks that are made of them. */
final class DirectoryStreamContractTest extends FileSystemContract {

  DirectoryStreamContractTest(Subject subject) {
    super(subject);
  }

  private List<String> listed(Stream<Path> paths) {
    try (paths) {
      return relative(paths.toList());
    }
  }

  @Test
  void newDirectoryStream_all() throws Exception {
    file("a");
    file("d/b");
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir)) {
      assertThat(relative(stream)).containsExactly("a", "d");
    }
  }

  @Test
  void newDirectoryStream_ofARelativePathGivesRelativePaths() throws Exception {
    file("x");
    Path relative = path("").toAbsolutePath().relativize(dir);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(relative)) {
      assertThat(stream).containsExactly(relative.resolve("x"));
    }
  }

  @Test
  void newDirectoryStream_glob() throws Exception {
    file("a.txt");
    file("b.bin");
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir, "*.txt")) {
      assertThat(relative(stream)).containsExactly("a.txt");
    }
  }

  @Test
  void newDirectoryStream_filterSeesPathsOfTheFileSystem() throws Exception {
    file("a");
    file("b");
    List<Path> seen = new ArrayList<>();
    DirectoryStream.Filter<Path> filter =
        path -> {
          seen.add(ours(path));
          return path.endsWith("b");
        };
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir, filter)) {
      assertThat(relative(stream)).containsExactly("b");
    }
    assertThat(relative(seen)).containsExactly("a", "b");
  }

  @Test
  void newDirectoryStream_filterThrows() throws Exception {
    file("a");
    IOException thrown = new IOException("from the filter");
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(
            dir,
            path -> {
              throw thrown;
            })) {
      assertThatExceptionOfType(DirectoryIteratorException.class)
          .isThrownBy(() -> stream.iterator().hasNext())
          .satisfies(e -> assertThat(e.getCause()).isSameAs(thrown));
    }
  }

  @Test
  void newDirectoryStream_refused() throws Exception {
    Path missing = dir.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Files.newDirectoryStream(missing));
    Path file = file("f");
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> Files.newDirectoryStream(file))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(file.toString()));
  }

  @Test
  void iterator_onceAndNotAfterClose() throws Exception {
    file("a");
    DirectoryStream<Path> stream = Files.newDirectoryStream(dir);
    Iterator<Path> iterator = stream.iterator();
    assertThatIllegalStateException().isThrownBy(stream::iterator);
    ours(iterator.next());
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
    stream.close();
    stream.close();
    if (subject.isNative()) {
      assertThat(iterator.hasNext()).isFalse();
    }
    DirectoryStream<Path> closed = Files.newDirectoryStream(dir);
    closed.close();
    assertThatIllegalStateException().isThrownBy(closed::iterator);
  }

  @Test
  void list_walk_find() throws Exception {
    file("a");
    file("d/b");
    file("d/e/c");
    assertThat(listed(Files.list(dir))).containsExactly("a", "d");
    assertThat(listed(Files.walk(dir))).containsExactly("", "a", "d", "d/b", "d/e", "d/e/c");
    assertThat(listed(Files.walk(dir, 1))).containsExactly("", "a", "d");
    assertThat(listed(Files.find(dir, 9, (path, attributes) -> attributes.isDirectory())))
        .containsExactly("", "d", "d/e");
  }

  @Test
  void walkFileTree_visitsPathsOfTheFileSystem() throws Exception {
    file("d/b");
    List<String> visits = new ArrayList<>();
    Files.walkFileTree(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            visits.add("> " + ours(path).getFileName());
            return CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            visits.add("= " + ours(path).getFileName());
            return CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
            visits.add("< " + ours(path).getFileName());
            return CONTINUE;
          }
        });
    String name = dir.getFileName().toString();
    assertThat(visits).containsExactly("> " + name, "> d", "= b", "< d", "< " + name);
  }

  @Test
  void walk_linkLoop() throws Exception {
    assumeLinks();
    Path made = Files.createDirectory(dir.resolve("d"));
    Files.createSymbolicLink(made.resolve("up"), dir);
    assertThat(listed(Files.walk(dir))).containsExactly("", "d", "d/up");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> listed(Files.walk(dir, FileVisitOption.FOLLOW_LINKS)))
        .withCauseInstanceOf(FileSystemLoopException.class);
  }

  private SecureDirectoryStream<Path> secure(Path directory) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    assertThat(subject.isWindows()).isTrue();
    return abort(subject + " has no secure directory streams");
  }

  @Test
  void secureDirectoryStream_staysOne() throws Exception {
    file("d/b");
    try (SecureDirectoryStream<Path> outer = secure(dir);
        SecureDirectoryStream<Path> inner = outer.newDirectoryStream(path("d"))) {
      for (Path path : inner) {
        assertThat(ours(path)).isEqualTo(dir.resolve(text("d/b")));
      }
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> outer.newDirectoryStream(path("missing")));
      try (DirectoryStream<Path> again =
          outer.newDirectoryStream(path("d"), LinkOption.NOFOLLOW_LINKS)) {
        assertThat(again).isInstanceOf(SecureDirectoryStream.class).hasSize(1);
      }
    }
  }

  @Test
  void secureDirectoryStream_channel() throws Exception {
    file("a");
    try (SecureDirectoryStream<Path> stream = secure(dir);
        SeekableByteChannel channel =
            stream.newByteChannel(path("a"), Set.of(StandardOpenOption.READ))) {
      ByteBuffer buffer = ByteBuffer.allocate(9);
      assertThat(channel.read(buffer)).isEqualTo(1);
      assertThat(buffer.get(0)).isEqualTo((byte) 'a');
    }
  }

  @Test
  void secureDirectoryStream_deletesAndMoves() throws Exception {
    file("from/a");
    file("from/b");
    Files.createDirectories(dir.resolve(text("from/c")));
    Files.createDirectory(dir.resolve("to"));
    try (SecureDirectoryStream<Path> from = secure(dir.resolve("from"));
        SecureDirectoryStream<Path> to = secure(dir.resolve("to"))) {
      from.move(path("a"), to, path("moved"));
      from.deleteFile(path("b"));
      from.deleteDirectory(path("c"));
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> from.deleteFile(path("b")));
    }
    assertThat(dir.resolve("from")).isEmptyDirectory();
    assertThat(dir.resolve(text("to/moved"))).hasContent("a");
  }

  @Test
  void secureDirectoryStream_attributes() throws Exception {
    file("a");
    try (SecureDirectoryStream<Path> stream = secure(dir)) {
      assertThat(view(stream.getFileAttributeView(BasicFileAttributeView.class)).isDirectory())
          .isTrue();
      assertThat(view(stream.getFileAttributeView(path("a"), BasicFileAttributeView.class)).size())
          .isEqualTo(1);
    }
  }

  private static BasicFileAttributes view(@Nullable BasicFileAttributeView view)
      throws IOException {
    assertThat(view).isNotNull();
    return view.readAttributes();
  }
}
