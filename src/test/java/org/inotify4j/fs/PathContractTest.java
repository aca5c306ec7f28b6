package org.inotify4j.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Paths: their parts, their arithmetic, their ways into other forms. */
final class PathContractTest extends FileSystemContract {

  PathContractTest(Subject subject) {
    super(subject);
  }

  private void same(@Nullable Path actual, String unix) {
    assertThat(ours(Objects.requireNonNull(actual))).isEqualTo(path(unix)).hasToString(text(unix));
  }

  @Test
  void parts_ofAnAbsolutePath() {
    Path path = path("/a/b/c");
    assertThat(path.isAbsolute()).isTrue();
    same(path.getRoot(), "/");
    same(path.getParent(), "/a/b");
    same(path.getFileName(), "c");
    assertThat(path.getNameCount()).isEqualTo(3);
    same(path.getName(0), "a");
    same(path.getName(2), "c");
    same(path.subpath(0, 2), "a/b");
    same(path.subpath(1, 3), "b/c");
  }

  @Test
  void parts_ofARelativePath() {
    Path path = path("a/b");
    assertThat(path.isAbsolute()).isFalse();
    assertThat(path.getRoot()).isNull();
    same(path.getParent(), "a");
    assertThat(path("a").getParent()).isNull();
    same(path.subpath(0, 2), "a/b");
  }

  @Test
  void parts_ofARoot() {
    Path root = path("/");
    assertThat(root.getFileName()).isNull();
    assertThat(root.getParent()).isNull();
    assertThat(root.getNameCount()).isZero();
    assertThat(root.iterator().hasNext()).isFalse();
    same(root.getRoot(), "/");
  }

  @Test
  void parts_ofTheEmptyPath() {
    Path empty = path("");
    assertThat(empty.getNameCount()).isEqualTo(1);
    same(empty.getFileName(), "");
    assertThat(empty.getParent()).isNull();
    assertThat(empty.getRoot()).isNull();
    same(empty.resolve("a"), "a");
    same(path("a").resolve(empty), "a");
  }

  @Test
  void parts_outOfRange() {
    Path path = path("a/b");
    assertThatIllegalArgumentException().isThrownBy(() -> path.getName(2));
    assertThatIllegalArgumentException().isThrownBy(() -> path.getName(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> path.subpath(1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> path.subpath(0, 3));
  }

  @Test
  void getPath_joins() {
    same(fs.getPath("a", "b", "c"), "a/b/c");
    same(fs.getPath("", "a", "", "b"), "a/b");
    same(fs.getPath(text("/"), "a"), "/a");
  }

  @Test
  void getPath_invalid() {
    assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> fs.getPath("a\0b"));
    assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> dir.resolve("a\0b"));
  }

  @Test
  void iterator_names() {
    List<String> names = new ArrayList<>();
    for (Path name : path("/a/b/c")) {
      names.add(ours(name).toString());
    }
    assertThat(names).containsExactly("a", "b", "c");
    assertThat(path("/a/b").spliterator().estimateSize()).isPositive();
  }

  @Test
  void normalize_dots() {
    same(path("a/./b/../c").normalize(), "a/c");
    same(path("../a").normalize(), "../a");
    same(path("/../a").normalize(), "/a");
    same(path("a/..").normalize(), "");
    same(path("a/b").normalize(), "a/b");
  }

  @Test
  void resolve_paths() {
    same(path("a").resolve(path("b/c")), "a/b/c");
    same(path("a").resolve("b/c"), "a/b/c");
    same(path("a").resolve(path("/b")), "/b");
    same(path("a").resolve(text("/b")), "/b");
    same(path("/a").resolve(""), "/a");
  }

  @Test
  void resolveSibling_paths() {
    same(path("/a/b").resolveSibling(path("c")), "/a/c");
    same(path("/a/b").resolveSibling("c"), "/a/c");
    same(path("b").resolveSibling(path("c")), "c");
    same(path("b").resolveSibling("c"), "c");
    same(path("/a").resolveSibling(path("/c")), "/c");
    same(path("/a/b").resolveSibling(""), "/a");
  }

  @Test
  void relativize_paths() {
    same(path("/a/b").relativize(path("/a/c/d")), "../c/d");
    same(path("a").relativize(path("a/b")), "b");
    same(path("a").relativize(path("a")), "");
    same(path("").relativize(path("a")), "a");
    assertThatIllegalArgumentException().isThrownBy(() -> path("a").relativize(path("/a")));
  }

  @Test
  void startsWith_wholeNames() {
    Path path = path("/a/bc/d");
    assertThat(path.startsWith(path("/a"))).isTrue();
    assertThat(path.startsWith(text("/a/bc"))).isTrue();
    assertThat(path.startsWith(path("/"))).isTrue();
    assertThat(path.startsWith(path("/a/b"))).isFalse();
    assertThat(path.startsWith(text("/a/b"))).isFalse();
    assertThat(path.startsWith(path("a"))).isFalse();
    assertThat(path.startsWith("")).isFalse();
  }

  @Test
  void endsWith_wholeNames() {
    Path path = path("/a/bc/d");
    assertThat(path.endsWith(path("bc/d"))).isTrue();
    assertThat(path.endsWith("bc/d")).isTrue();
    assertThat(path.endsWith(path("/a/bc/d"))).isTrue();
    assertThat(path.endsWith(path("c/d"))).isFalse();
    assertThat(path.endsWith("c/d")).isFalse();
    assertThat(path.endsWith("")).isFalse();
  }

  @Test
  void equality_byFileSystemAndNames() {
    Path path = path("/a/b");
    assertThat(path)
        .isEqualTo(fs.getPath(text("/a"), "b"))
        .hasSameHashCodeAs(path("/a/b"))
        .isNotEqualTo(path("/a/c"))
        .isNotEqualTo(path("a/b"))
        .isNotEqualTo(text("/a/b"))
        .isNotEqualTo(null);
  }

  @Test
  void compareTo_order() {
    assertThat(path("a")).isEqualByComparingTo(path("a")).isLessThan(path("b"));
    assertThat(path("b")).isGreaterThan(path("a"));
    List<Path> paths = new ArrayList<>(List.of(path("c"), path("a/b"), path("a"), path("b")));
    paths.sort(null);
    assertThat(paths).containsExactly(path("a"), path("a/b"), path("b"), path("c"));
  }

  @Test
  void toUri_andBack() {
    for (String name : List.of("plain", "with space", "100%", "a#b")) {
      checkUri(name);
    }
  }

  @Test
  void toUri_andBack_beyondAscii() {
    String locale = System.getProperty("sun.jnu.encoding", "");
    assumeTrue(
        Charset.forName(locale).newEncoder().canEncode("caf\u00e9"),
        "the locale's encoding has no such name: " + locale);
    checkUri("caf\u00e9");
  }

  private void checkUri(String name) {
    Path path = dir.resolve(name);
    URI uri = path.toUri();
    assertThat(uri.getScheme()).isEqualTo(fs.provider().getScheme());
    assertThat(uri.getPath()).endsWith("/" + name);
    if (subject.isNative()) {
      assertThat(fs.provider().getPath(uri)).isEqualTo(path);
    } else {
      assertThat(Path.of(uri)).hasToString(path.toString());
    }
  }

  @Test
  void toUri_ofADirectoryEndsWithASlash() {
    assertThat(dir.toUri().getPath()).endsWith("/");
    assertThat(dir.resolve("missing").toUri().getPath()).endsWith("/missing");
  }

  @Test
  void toAbsolutePath_fromTheWorkingDirectory() {
    assertThat(ours(dir.toAbsolutePath())).isSameAs(dir);
    Path absolute = ours(path("a").toAbsolutePath());
    assertThat(absolute.isAbsolute()).isTrue();
    assertThat(absolute.endsWith("a")).isTrue();
    assertThat(absolute.getParent()).isEqualTo(path("").toAbsolutePath());
  }

  @Test
  void toRealPath_exists() throws Exception {
    Path file = file("a");
    assertThat(ours(dir.resolve(text("./x/../a")).normalize().toRealPath()))
        .isEqualTo(file.toRealPath());
    assertThat(ours(file.toRealPath(NOFOLLOW_LINKS)).endsWith("a")).isTrue();
  }

  @Test
  void toRealPath_missing() {
    Path missing = dir.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(missing::toRealPath)
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(missing.toString()));
  }

  @Test
  void toFile_nativeOnly() {
    if (subject.isNative()) {
      assertThat(path("/a/b").toFile()).isEqualTo(new File("/a/b"));
      assertThat(path("a").toFile()).isEqualTo(new File("a"));
    } else {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> path("a").toFile());
    }
  }

  @Test
  void getRootDirectories_ofTheFileSystem() {
    List<Path> roots = new ArrayList<>();
    fs.getRootDirectories().forEach(root -> roots.add(ours(root)));
    assertThat(roots).containsExactly(path("/"));
    Iterator<Path> iterator = fs.getRootDirectories().iterator();
    assertThat(iterator.next()).isNotNull();
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
  }

  @Test
  void getPathMatcher_globAndRegex() {
    PathMatcher glob = fs.getPathMatcher("glob:*.{java,class}");
    assertThat(glob.matches(path("A.java"))).isTrue();
    assertThat(glob.matches(path("A.jar"))).isFalse();
    assertThat(glob.matches(path("a/A.java"))).isFalse();
    assertThat(fs.getPathMatcher("glob:**.java").matches(path("a/b/A.java"))).isTrue();
    PathMatcher regex = fs.getPathMatcher("regex:a+.b");
    assertThat(regex.matches(path("aa/b"))).isTrue();
    assertThat(regex.matches(path("b"))).isFalse();
  }

  @Test
  void getPathMatcher_wrongSyntax() {
    assertThatIllegalArgumentException().isThrownBy(() -> fs.getPathMatcher("a"));
    assertThatIllegalArgumentException().isThrownBy(() -> fs.getPathMatcher("glob:{a"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> fs.getPathMatcher("sql:a"));
  }

  @Test
  void fileSystem_properties() {
    assertThat(fs.isOpen()).isTrue();
    assertThat(fs.isReadOnly()).isFalse();
    assertThat(fs.getSeparator()).isEqualTo(subject.isWindows() ? "\\" : "/");
    assertThat(fs.supportedFileAttributeViews()).contains("basic", "owner");
    assertThat(dir.getFileSystem()).isSameAs(fs);
    assertThat(fs.provider()).isSameAs(dir.getFileSystem().provider());
  }
}
