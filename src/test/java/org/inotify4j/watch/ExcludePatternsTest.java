package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.ChildJvm;
import org.inotify4j.Syscalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree without {@code target/}, {@code node_modules} and the like, as people write it. */
final class ExcludePatternsTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};

  private WatchKey without(String... patterns) throws Exception {
    List<WatchEvent.Modifier> modifiers = new ArrayList<>(List.of(INotifyModifiers.RECURSIVE));
    for (String pattern : patterns) {
      modifiers.add(INotifyModifiers.exclude(pattern));
    }
    return service.register(root, KINDS, modifiers.toArray(WatchEvent.Modifier[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"target/", "**/target", "target", "/target", "target/**", "t[a-b]rget"})
  void atTheTop_isNotWatchedNorTold(String pattern) throws Exception {
    mkdirs("target/classes");
    WatchKey key = without(pattern);
    assertThat(hub.watchCount()).isEqualTo(pattern.endsWith("**") ? 2 : 1);
    touch("target/classes/A.class");
    touch("seen");
    assertThat(told(key)).containsExactly("ENTRY_CREATE seen");
  }

  @Test
  void ofDirectoriesOnly_aFileOfThatNameIsTold() throws Exception {
    WatchKey key = without("build/");
    touch("build");
    mkdirs("a/build/c");
    assertThat(told(key)).containsExactly("ENTRY_CREATE build", "ENTRY_CREATE a");
    assertThat(hub.watchCount()).isEqualTo(2);
    shell("rm build && mkdir build && touch build/x && rm -r build && touch build");
    assertThat(told(key)).containsExactly("ENTRY_DELETE build", "ENTRY_CREATE build");
  }

  @Test
  void ofDirectoriesOnly_whereAFileSystemDoesNotListWhatIsADirectory() throws Exception {
    mkdirs("build/x");
    mkdirs("a");
    touch("a/build");
    kernel.hideTypes();
    WatchKey key = without("build/");
    assertThat(hub.watchCount()).isEqualTo(2);
    shell("touch build/x/f && rm a/build && mkdir -p b/build/c && touch b/f");
    assertThat(told(key))
        .containsExactly("ENTRY_DELETE a/build", "ENTRY_CREATE b", "ENTRY_CREATE b/f");
    assertThat(hub.watchCount()).isEqualTo(3);
  }

  @Test
  void ofDirectoriesOnly_movedInFromOutside() throws Exception {
    WatchKey key = without("build/");
    shell("mkdir -p ../outside/build/x && mv ../outside/build . && touch build/y && rm -r build");
    assertThat(told(key)).isEmpty();
    assertThat(hub.watchCount()).isEqualTo(1);
  }

  @Test
  void ofDirectoriesOnly_exchangedWithAFile() throws Exception {
    mkdirs("build/x");
    touch("file");
    WatchKey key = without("build/");
    Syscalls.exchange(root.resolve("build"), root.resolve("file"));
    Pending.sync(service);
    touch("file/y");
    assertThat(told(key)).contains("ENTRY_CREATE file", "ENTRY_CREATE file/x");
    assertThat(hub.watchCount()).isEqualTo(3);
  }

  /** Directories, and of files just some. */
  private WatchKey ofSheets() throws Exception {
    return without("*", "!*/", "!*.csv");
  }

  @Test
  void ofFilesOnly_directoriesThatAreExchanged() throws Exception {
    mkdirs("a/d/e");
    mkdirs("b/d");
    WatchKey key = ofSheets();
    Syscalls.exchange(root.resolve("a/d"), root.resolve("b/d"));
    assertThat(told(key)).contains("ENTRY_CREATE a/d", "ENTRY_CREATE b/d", "ENTRY_CREATE b/d/e");
    assertWatchesAreTheDirectories();
    shell("touch a/d/f.csv b/d/e/g.csv b/d/e/g.txt");
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/d/f.csv", "ENTRY_CREATE b/d/e/g.csv");
  }

  @Test
  void ofFilesOnly_wherePlaceOfAnExchangedDirectoryIsTakenByAFile() throws Exception {
    mkdirs("a/d");
    mkdirs("b/d");
    WatchKey key = ofSheets();
    Gate gate = kernel.holdReads();
    // One read may be under way.
    await()
        .until(
            () -> {
              shell("touch a/d/left.out && rm a/d/left.out");
              return gate.isReached();
            });
    Syscalls.exchange(root.resolve("a/d"), root.resolve("b/d"));
    shell("rmdir b/d && touch b/d");
    gate.open();
    // That it was a directory for a moment is told unless the tree has just been looked at.
    assertThat(told(key))
        .isIn(
            List.of("ENTRY_DELETE a/d", "ENTRY_DELETE b/d", "ENTRY_CREATE a/d"),
            List.of(
                "ENTRY_DELETE a/d",
                "ENTRY_DELETE b/d",
                "ENTRY_CREATE b/d",
                "ENTRY_DELETE b/d",
                "ENTRY_CREATE a/d"));
    assertThat(hub.watchCount()).isEqualTo(4);
  }

  @Test
  void ofFilesOnly_whereAFileSystemDoesNotListWhatIsADirectory() throws Exception {
    mkdirs("a/d");
    touch("a/f.txt");
    kernel.hideTypes();
    WatchKey key = ofSheets();
    assertWatchesAreTheDirectories();
    shell("mkdir -p ../outside/n/e && touch ../outside/n/f.csv ../outside/n/f.txt");
    move(outside.resolve("n"), root.resolve("n"));
    assertThat(told(key))
        .containsExactlyInAnyOrder("ENTRY_CREATE n", "ENTRY_CREATE n/e", "ENTRY_CREATE n/f.csv");
    assertWatchesAreTheDirectories();
  }

  @Test
  void takenBackByALaterPattern() throws Exception {
    WatchKey key = without("*.log", "!keep.log");
    shell("touch a.log keep.log b");
    assertThat(told(key)).containsExactly("ENTRY_CREATE keep.log", "ENTRY_CREATE b");
  }

  @Test
  void takenBackByAnEarlierPattern_isRefused() {
    assertThatThrownBy(() -> without("!keep.log", "*.log"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the pattern '!keep.log' takes back what others exclude: it must come after one of"
                + " these");
    assertThat(hub.watchCount()).isZero();
  }

  @Test
  void ofAWholePath_isDecidedAnewWhereADirectoryMoves() throws Exception {
    mkdirs("a/gen");
    mkdirs("b");
    WatchKey key = without("/a/gen");
    assertThat(hub.watchCount()).isEqualTo(3);
    move("a/gen", "b/gen");
    Pending.sync(service);
    touch("b/gen/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE b/gen", "ENTRY_CREATE b/gen/f");
  }

  @Test
  void thatCannotMatchAnything_isRefused() {
    assertThatThrownBy(() -> INotifyModifiers.exclude("./target"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the pattern './target' cannot match anything: no path has '.' in it: begin with a slash"
                + " for the directory itself");
  }

  @Test
  void namesThatAreNotAscii_alsoInThePosixLocale(@TempDir Path directory) throws Exception {
    assertThat(
            ChildJvm.of(Posix.class)
                .after("export LC_ALL=POSIX; mkdir \"$(printf '" + directory + "/gr\\303\\266e')\"")
                .run(directory.toString())
                .output()
                .trim())
        .isEqualTo("1 2 1");
  }

  /** Prints how many directories are watched. */
  static final class Posix {
    private Posix() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      WatchEvent.Modifier[] exclusions = {
        INotifyModifiers.exclude("gr\u00f6*"),
        INotifyModifiers.exclude("gru*"),
        INotifyModifiers.exclude(new byte[] {'g', 'r', (byte) 0xc3, (byte) 0xb6, '*'})
      };
      for (WatchEvent.Modifier exclusion : exclusions) {
        try (INotifyWatchService service = INotifyWatchService.open()) {
          service.register(directory, KINDS, INotifyModifiers.RECURSIVE, exclusion);
          System.out.print(service.watchCount() + " ");
        }
      }
    }
  }
}
