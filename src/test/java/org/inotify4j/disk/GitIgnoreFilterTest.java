package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a tree say what is left out, when they are read, and when they are not. */
final class GitIgnoreFilterTest {

  private final LibC libC = SystemLibC.get();
  @TempDir private Path root;
  private GitIgnoreFilter filter = GitIgnoreFilter.of(libC, new byte[] {0}, false);

  @BeforeEach
  void filterTheDirectory() {
    filter = of(libC);
  }

  private GitIgnoreFilter of(LibC kernel) {
    return GitIgnoreFilter.of(kernel, PathBytes.of(root), false);
  }

  // What counts.

  @Test
  void withoutAnyFile_nothingIsLeftOut() {
    assertThat(isOut("a")).isFalse();
    assertThat(isOut("d/e/f")).isFalse();
    assertThat(isOut("")).isFalse();
  }

  @Test
  void aFile_isAboutItsDirectoryAndAllBelow() throws Exception {
    write("d/.gitignore", "*.o", "/top", "x/y");
    assertThat(isOut("a.o")).isFalse();
    assertThat(isOut("d/a.o")).isTrue();
    assertThat(isOut("d/e/a.o")).isTrue();
    assertThat(isOut("d/top")).isTrue();
    assertThat(isOut("d/e/top")).isFalse();
    assertThat(isOut("d/x/y")).isTrue();
    assertThat(isOut("x/y")).isFalse();
  }

  @Test
  void theNearestThatSaysAnything_decides() throws Exception {
    write(".gitignore", "*.o", "!keep.o", "/d/kept");
    write("d/.gitignore", "!a.o", "keep.o", "!kept");
    assertThat(isOut("a.o")).isTrue();
    assertThat(isOut("keep.o")).isFalse();
    assertThat(isOut("d/a.o")).isFalse();
    assertThat(isOut("d/b.o")).isTrue();
    assertThat(isOut("d/keep.o")).isTrue();
    assertThat(isOut("d/kept")).isFalse();
  }

  @Test
  void whatIsBelowADirectoryThatIsOut_isOutWhateverIsSaidThere() throws Exception {
    write(".gitignore", "build/", "!build/kept");
    write("build/.gitignore", "!*");
    assertThat(isOut("build/")).isTrue();
    assertThat(isOut("build/kept")).isTrue();
    assertThat(isOut("build/a/b")).isTrue();
    assertThat(isOut("build")).as("a file").isFalse();
  }

  @Test
  void theFileOfTheRepository_hasTheLeastWeight() throws Exception {
    write(".git/info/exclude", "*.o", "/only");
    write("d/.gitignore", "!a.o");
    assertThat(isOut("a.o")).isTrue();
    assertThat(isOut("d/a.o")).isFalse();
    assertThat(isOut("d/b.o")).isTrue();
    assertThat(isOut("only")).isTrue();
    assertThat(isOut("d/only")).isFalse();
  }

  @Test
  void aRepositoryBelow_hasItsOwnFilesOnly() throws Exception {
    write(".gitignore", "*.o", "out/");
    write("r/.git/info/exclude", "*.tmp");
    write("out/.git/info/exclude", "");
    assertThat(isOut("r/a.o")).isFalse();
    assertThat(isOut("r/d/a.tmp")).isTrue();
    assertThat(isOut("a.tmp")).isFalse();
    assertThat(isOut("out/")).isTrue();
    assertThat(isOut("out/a")).isTrue();
  }

  @Test
  void aWorktree_beginsARepository_too() throws Exception {
    write(".gitignore", "*.o");
    write("w/.git", "gitdir: /elsewhere");
    assertThat(isOut("w/a.o")).isFalse();
    assertThat(isOut("w/.git")).isTrue();
  }

  @Test
  void ofTheRepositorysOwnThings_allIsOut() throws Exception {
    write(".git/info/exclude", "");
    assertThat(isOut(".git/")).isTrue();
    assertThat(isOut(".git/config")).isTrue();
    assertThat(isOut(".git/info/exclude")).isTrue();
    assertThat(isOut("d/.git/index.lock")).isTrue();
    assertThat(isOut(".gitattributes")).isFalse();
    assertThat(isOut("a.git")).isFalse();
  }

  // Which entries have a say.

  @Test
  void theFiles_andTheDirectoriesOnTheWay() throws Exception {
    write(".gitignore", "*", "!d/");
    for (String rule : List.of(".gitignore", "d/.gitignore", ".git", ".git/", "d/.git/")) {
      assertThat(isRule(rule)).as(rule).isTrue();
      assertThat(filter.isNamedAsRule(bytes(rule))).as(rule).isTrue();
    }
    assertThat(isRule(".git/info/")).isTrue();
    assertThat(isRule(".git/info/exclude")).isTrue();
    for (String other : List.of(".gitignore/", "a", "x.gitignore", ".git/config", ".git/info")) {
      assertThat(isRule(other)).as(other).isFalse();
    }
    assertThat(filter.isNamedAsRule(bytes("d/a.git"))).isFalse();
  }

  @Test
  void theFilesOfADirectoryThatIsOut_haveNone() throws Exception {
    write(".gitignore", "out/");
    assertThat(isRule("out/.gitignore")).isFalse();
    assertThat(isRule("out/.git/")).isFalse();
    assertThat(isRule("d/out/e/.gitignore")).isFalse();
  }

  @Test
  void theFilesOfADirectoryThatIsTooDeep_haveNone() {
    assertThat(filter.isRule(bytes(".gitignore"), false, 1)).isTrue();
    assertThat(filter.isRule(bytes(".git/info/exclude"), false, 1)).isTrue();
    assertThat(filter.isRule(bytes("d/.gitignore"), false, 1)).isFalse();
    assertThat(filter.isRule(bytes("names/.gitignore"), false, 2)).isTrue();
    assertThat(filter.isRule(bytes("d/.git/info"), true, 1)).isFalse();
  }

  // What is in a file.

  @Test
  void lines_areReadAsGitReadsThem() throws Exception {
    Files.writeString(
        root.resolve(".gitignore"), "\uFEFFfirst\r\n# no\n\n  \n[a\n\\#yes\nlast\\ \nend\r");
    assertThat(isOut("first")).isTrue();
    assertThat(isOut("# no")).isFalse();
    assertThat(isOut("[a")).isFalse();
    assertThat(isOut("#yes")).isTrue();
    assertThat(isOut("last ")).isTrue();
    assertThat(isOut("end")).isTrue();
  }

  @Test
  void bytesThatAreNoText_areCompared() throws Exception {
    Files.write(root.resolve(".gitignore"), new byte[] {'a', (byte) 0xFF, '*', '\n'});
    assertThat(filter.excludes(new byte[] {'a', (byte) 0xFF, 'x'}, false)).isTrue();
    assertThat(filter.excludes(new byte[] {'a', (byte) 0xFE, 'x'}, false)).isFalse();
  }

  @Test
  void aFileThatIsTooLarge_countsAsEmpty() throws Exception {
    write(".gitignore", "a", "#".repeat(IgnoreFiles.MOST));
    assertThat(isOut("a")).isFalse();
    write("d/.gitignore", "a", "#".repeat(IgnoreFiles.MOST - 3));
    assertThat(isOut("d/a")).isTrue();
  }

  // What is no such file.

  @Test
  void aLink_isNone() throws Exception {
    write("rules", "a");
    Files.createSymbolicLink(root.resolve(".gitignore"), Path.of("rules"));
    assertThat(isOut("a")).isFalse();
  }

  @Test
  void aLinkOnTheWay_isNotFollowed() throws Exception {
    write("d/.gitignore", "a");
    Files.createSymbolicLink(root.resolve("l"), Path.of("d"));
    assertThat(isOut("d/a")).isTrue();
    assertThat(isOut("l/a")).isFalse();
  }

  @Test
  void aDirectoryOrAPipe_isNone() throws Exception {
    Files.createDirectories(root.resolve("d/.gitignore"));
    assertThat(isOut("d/a")).isFalse();
    Files.createDirectory(root.resolve("p"));
    String pipe = root.resolve("p/.gitignore").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThat(isOut("p/a")).isFalse();
  }

  // Changes.

  @Test
  void whatWasRead_countsUntilAChangeIsHeardOf() throws Exception {
    write("d/.gitignore", "a");
    assertThat(isOut("d/e/a")).isTrue();
    write("d/.gitignore", "b");
    assertThat(isOut("d/e/a")).isTrue();
    assertThat(filter.changed(bytes("d/.gitignore"))).isTrue();
    assertThat(isOut("d/e/a")).isFalse();
    assertThat(isOut("d/e/b")).isTrue();
    Files.delete(root.resolve("d/.gitignore"));
    assertThat(filter.changed(bytes("d/.gitignore"))).isTrue();
    assertThat(isOut("d/e/b")).isFalse();
  }

  @Test
  void aFileAboveThatChanges_countsForDirectoriesThatAreKnown() throws Exception {
    assertThat(isOut("d/e/a")).isFalse();
    write(".gitignore", "/d");
    assertThat(filter.changed(bytes(".gitignore"))).isTrue();
    assertThat(isOut("d/e/a")).isTrue();
  }

  @Test
  void theFileOfTheRepository_changes() throws Exception {
    write("r/.git/info/exclude", "a");
    assertThat(isOut("r/a")).isTrue();
    write("r/.git/info/exclude", "b");
    assertThat(filter.changed(bytes("r/.git/info/exclude"))).isTrue();
    assertThat(isOut("r/a")).isFalse();
    assertThat(isOut("r/b")).isTrue();
    Files.delete(root.resolve("r/.git/info/exclude"));
    Files.delete(root.resolve("r/.git/info"));
    assertThat(filter.changed(bytes("r/.git/info"))).isTrue();
    assertThat(isOut("r/b")).isFalse();
    write(".git/info/exclude", "b");
    assertThat(filter.changed(bytes(".git/info/exclude"))).isTrue();
    assertThat(isOut("b")).isTrue();
    assertThat(filter.isPositional()).isTrue();
  }

  @Test
  void otherEvents_changeNothing() throws Exception {
    write(".gitignore", "a");
    assertThat(isOut("a")).isTrue();
    write(".gitignore", "b");
    assertThat(filter.changed(bytes("d/gitignore"))).isFalse();
    assertThat(filter.changed(bytes("d/.gitignore~"))).isFalse();
    assertThat(filter.changed(bytes(".git/index"))).isFalse();
    assertThat(filter.changed(bytes(".git/info/attributes"))).isFalse();
    assertThat(isOut("a")).isTrue();
  }

  @Test
  void aDirectoryThatIsAnother_isReadAgain() throws Exception {
    write("d/e/.gitignore", "a");
    write("other/e/.gitignore", "b");
    write("d0/.gitignore", "a");
    assertThat(isOut("d/e/a")).isTrue();
    assertThat(isOut("d0/a")).isTrue();
    Files.move(root.resolve("d"), root.resolve("old"));
    Files.move(root.resolve("other"), root.resolve("d"));
    Files.delete(root.resolve("d0/.gitignore"));
    assertThat(filter.changed(bytes("d"))).isFalse();
    assertThat(isOut("d/e/a")).isFalse();
    assertThat(isOut("d/e/b")).isTrue();
    assertThat(isOut("d0/a")).as("not below d").isTrue();
  }

  @Test
  void aFileThatIsReadWhileItChanges_isNotKept() throws Exception {
    write(".gitignore", "a");
    AtomicReference<Runnable> behindRead = new AtomicReference<>(() -> {});
    LibC kernel =
        Intercepted.by(
            (method, arguments) -> {
              Object result = Intercepted.pass(libC, method, arguments);
              if (method.getName().equals("read")) {
                behindRead.getAndSet(() -> {}).run();
              }
              return result;
            });
    filter = of(kernel);
    behindRead.set(
        () -> {
          write(".gitignore", "b");
          assertThat(filter.changed(bytes(".gitignore"))).isTrue();
        });
    boolean unused = isOut("a");
    assertThat(isOut("a")).isFalse();
    assertThat(isOut("b")).isTrue();
  }

  @Test
  void whatNobodyHeardOf_isSeen() throws Exception {
    write(".gitignore", "a");
    write(".git/info/exclude", "b");
    Files.createDirectories(root.resolve("d/e"));
    assertThat(isOut("d/e/c")).isFalse();
    assertThat(filter.lookAgain()).isFalse();
    write("d/.gitignore", "c");
    assertThat(filter.lookAgain()).isTrue();
    assertThat(isOut("d/e/c")).isTrue();
    assertThat(filter.lookAgain()).isFalse();
    write(".git/info/exclude", "e");
    assertThat(filter.lookAgain()).isTrue();
    assertThat(isOut("d/e/")).isTrue();
    Files.delete(root.resolve(".gitignore"));
    assertThat(filter.lookAgain()).isTrue();
    assertThat(isOut("a")).isFalse();
    assertThat(isOut("f/c")).isFalse();
    write("f/.git", "gitdir: /elsewhere");
    assertThat(filter.lookAgain()).isTrue();
    assertThat(isOut("f/b/e")).isFalse();
    assertThat(filter.lookAgain()).isFalse();
  }

  // Cost.

  @Test
  @Timeout(10)
  void noPattern_takesForEver() throws Exception {
    String anywhere = "**/a/".repeat(500) + "b";
    String inName = "*a".repeat(100) + "b";
    write(".gitignore", anywhere, inName, "**/*a*/".repeat(500) + "b");
    String path = "a/".repeat(1900) + "a";
    assertThat(isOut(path)).isFalse();
    assertThat(isOut("a".repeat(255))).isFalse();
  }

  @Test
  void aDirectory_isReadOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    LibC kernel =
        Intercepted.by(
            (method, arguments) -> {
              calls.incrementAndGet();
              return Intercepted.pass(libC, method, arguments);
            });
    write("d/.gitignore", "a");
    filter = of(kernel);
    assertThat(isOut("d/a")).isTrue();
    int first = calls.get();
    for (int i = 0; i < 100; i++) {
      assertThat(isOut("d/" + i)).isFalse();
    }
    assertThat(calls.get()).isEqualTo(first);
  }

  /** A directory has a slash at its end. */
  private boolean isOut(String path) {
    boolean isDirectory = path.endsWith("/");
    String name = isDirectory ? path.substring(0, path.length() - 1) : path;
    return filter.excludes(bytes(name), isDirectory);
  }

  /** A directory has a slash at its end. */
  private boolean isRule(String path) {
    boolean isDirectory = path.endsWith("/");
    String name = isDirectory ? path.substring(0, path.length() - 1) : path;
    return filter.isRule(bytes(name), isDirectory, Integer.MAX_VALUE);
  }

  private static byte[] bytes(String path) {
    return path.getBytes(UTF_8);
  }

  private void write(String path, String... lines) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
