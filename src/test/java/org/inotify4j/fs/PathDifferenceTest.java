package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation on many paths, and pairs of them, gives with a wrapper what it gives without. */
final class PathDifferenceTest {

  private static final List<String> SAMPLES =
      List.of(
          "",
          "/",
          "a",
          "b",
          "a/b",
          "a/b/c",
          "/a",
          "/a/b",
          "/b/a",
          ".",
          "..",
          "../a",
          "./a",
          "a/.",
          "a/..",
          "a/../b",
          "/..",
          "/../a",
          "a//b",
          "a/b/",
          "//a",
          "a b",
          ".a",
          "a.txt",
          "A",
          "\u00e9",
          "a\\b",
          "C:",
          "C:\\",
          "C:\\a",
          "C:\\a\\b",
          "\\\\host\\share\\",
          "a\0b",
          "*",
          "100%");

  private static final Map<String, Function<Path, Object>> UNARY = new LinkedHashMap<>();
  private static final Map<String, BiFunction<Path, Path, Object>> BINARY = new LinkedHashMap<>();
  private static final Map<String, BiFunction<Path, String, Object>> WITH_TEXT =
      new LinkedHashMap<>();

  static {
    UNARY.put("toString", Path::toString);
    UNARY.put("isAbsolute", Path::isAbsolute);
    UNARY.put("getRoot", path -> text(path.getRoot()));
    UNARY.put("getFileName", path -> text(path.getFileName()));
    UNARY.put("getParent", path -> text(path.getParent()));
    UNARY.put("getNameCount", Path::getNameCount);
    UNARY.put("getName(0)", path -> path.getName(0).toString());
    UNARY.put("getName(1)", path -> path.getName(1).toString());
    UNARY.put("subpath(0,1)", path -> path.subpath(0, 1).toString());
    UNARY.put("subpath(1,2)", path -> path.subpath(1, 2).toString());
    UNARY.put("normalize", path -> path.normalize().toString());
    UNARY.put("toAbsolutePath", path -> path.toAbsolutePath().toString());
    UNARY.put("toUri", path -> path.toUri().getRawPath());
    UNARY.put("hashCode", Path::hashCode);
    UNARY.put("names", PathDifferenceTest::names);
    UNARY.put("is its own normal form", path -> path.normalize() == path);
    UNARY.put("is its own absolute form", path -> path.toAbsolutePath() == path);
    UNARY.put("is its own only name", path -> path.getFileName() == path);
    UNARY.put("glob", path -> path.getFileSystem().getPathMatcher("glob:**a*").matches(path));
    BINARY.put("resolve", (path, other) -> path.resolve(other).toString());
    BINARY.put(
        "resolves to one of both",
        (path, other) -> {
          Path resolved = path.resolve(other);
          return resolved == path || resolved == other;
        });
    BINARY.put("resolveSibling", (path, other) -> path.resolveSibling(other).toString());
    BINARY.put("relativize", (path, other) -> path.relativize(other).toString());
    BINARY.put("startsWith", Path::startsWith);
    BINARY.put("endsWith", Path::endsWith);
    BINARY.put("equals", Path::equals);
    BINARY.put("compareTo", (path, other) -> Integer.signum(path.compareTo(other)));
    WITH_TEXT.put("resolve", (path, other) -> path.resolve(other).toString());
    WITH_TEXT.put("resolveSibling", (path, other) -> path.resolveSibling(other).toString());
    WITH_TEXT.put("startsWith", Path::startsWith);
    WITH_TEXT.put("endsWith", Path::endsWith);
    WITH_TEXT.put("getPath", (path, other) -> path(path.getFileSystem(), path.toString(), other));
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "UNIX", "WINDOWS"})
  void wrapped_asPlain(Subject judge) throws Exception {
    FileSystem plain = judge.open();
    try {
      assertSame(results(INotifyFileSystemProvider.wrap(plain)), results(plain));
    } finally {
      judge.close(plain);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NATIVE_SCHEME")
  void scheme_asPlain(Subject scheme) {
    assertSame(results(scheme.open()), results(FileSystems.getDefault()));
  }

  private static void assertSame(List<String> actual, List<String> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < actual.size(); i++) {
      if (!actual.get(i).equals(expected.get(i))) {
        differences.add(actual.get(i) + ", not: " + expected.get(i));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static List<String> results(FileSystem fileSystem) {
    List<String> results = new ArrayList<>();
    for (String first : SAMPLES) {
      results.add(first + " is " + outcome(() -> path(fileSystem, first)));
      if (isValid(fileSystem, first)) {
        Path path = fileSystem.getPath(first);
        UNARY.forEach(
            (name, operation) ->
                results.add(name + " of " + first + " is " + outcome(() -> operation.apply(path))));
        for (String second : SAMPLES) {
          WITH_TEXT.forEach(
              (name, operation) ->
                  results.add(
                      "%s of %s with text %s is %s"
                          .formatted(
                              name, first, second, outcome(() -> operation.apply(path, second)))));
          if (isValid(fileSystem, second)) {
            Path other = fileSystem.getPath(second);
            BINARY.forEach(
                (name, operation) ->
                    results.add(
                        "%s of %s with %s is %s"
                            .formatted(
                                name, first, second, outcome(() -> operation.apply(path, other)))));
          }
        }
      }
    }
    return results;
  }

  private static boolean isValid(FileSystem fileSystem, String text) {
    return !outcome(() -> path(fileSystem, text)).startsWith("java.");
  }

  private static String path(FileSystem fileSystem, String first, String... more) {
    return fileSystem.getPath(first, more).toString();
  }

  private static String text(@Nullable Path path) {
    return path == null ? "none" : path.toString();
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return names;
  }

  private interface Operation {
    Object apply();
  }

  /** What an operation gave, or what it threw. */
  private static String outcome(Operation operation) {
    try {
      return operation.apply().toString();
    } catch (RuntimeException e) {
      return e.getClass().getName() + ": " + e.getMessage();
    }
  }
}
