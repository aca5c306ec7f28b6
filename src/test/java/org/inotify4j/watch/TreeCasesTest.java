package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.inotify4j.base.Silenced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs do to whole trees. */
@ExtendWith(Silenced.class)
class TreeCasesTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME
  };

  /** A tree to copy: 500 directories in three levels, and 2,000 files. */
  private void makeSource() throws Exception {
    Path source = Files.createDirectory(outside.resolve("source"));
    for (int i = 0; i < 500; i++) {
      Path directory =
          Files.createDirectories(source.resolve("d" + i % 5 + "/e" + i % 50 + "/f" + i));
      for (int j = 0; j < 4; j++) {
        Files.writeString(directory.resolve("g" + j), "text");
      }
    }
  }

  private static Set<String> prefixed(String prefix, Set<String> paths) {
    return paths.stream().map(prefix::concat).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void copiedTree_isToldExactlyOnce_parentsFirst() throws Exception {
    makeSource();
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    shell("cp -a ../outside/source copy");
    List<String> told = told(key);
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(prefixed("ENTRY_CREATE ", EventModel.list(root)));
    Set<String> seen = new TreeSet<>(Set.of("ENTRY_CREATE"));
    for (String one : told) {
      int slash = one.lastIndexOf('/');
      assertThat(slash < 0 || seen.contains(one.substring(0, slash))).as(one).isTrue();
      seen.add(one);
    }
    assertWatchesAreTheDirectories();
  }

  @Test
  void copiedAndRemovedBackAndForth_endsAsOnTheDisk() throws Exception {
    makeSource();
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    EventModel model = new EventModel(service, key);
    for (int i = 0; i < 2; i++) {
      shell("cp -a ../outside/source copy");
      model.poll();
      shell("rm -r copy/d1 copy/d2/e2 && cp -a ../outside/source/d1 copy/");
      model.assertExact(hub, "copied " + i);
      shell("rm -r copy");
    }
    model.assertExact(hub, "removed");
    assertThat(model.hasOverflowed()).isFalse();
    assertThat(hub.watchCount()).isEqualTo(1);
  }

  @Test
  void removedTree_isDeletionsFromTheBottom_andOneOfTheSameShapeIsTheSameAnew() throws Exception {
    shell("mkdir -p a/b a/c && touch a/b/f a/c/g");
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    for (int i = 0; i < 20; i++) {
      shell("rm a/b/f && rmdir a/b && rm -r a");
      assertThat(told(key))
          .containsExactly(
              "ENTRY_DELETE a/b/f",
              "ENTRY_DELETE a/b",
              "ENTRY_DELETE a/c/g",
              "ENTRY_DELETE a/c",
              "ENTRY_DELETE a");
      assertThat(hub.watchCount()).isEqualTo(1);
      shell("mkdir -p a/b a/c && touch a/b/f a/c/g");
      assertThat(told(key))
          .containsExactlyInAnyOrder(
              "ENTRY_CREATE a",
              "ENTRY_CREATE a/b",
              "ENTRY_CREATE a/b/f",
              "ENTRY_CREATE a/c",
              "ENTRY_CREATE a/c/g");
      assertWatchesAreTheDirectories();
    }
  }

  @Test
  void removedAndMadeAgainAtOnce_endsAsOnTheDisk() throws Exception {
    makeSource();
    shell("cp -a ../outside/source copy");
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    EventModel model = new EventModel(service, key);
    for (int i = 0; i < 2; i++) {
      shell("rm -r copy && cp -a ../outside/source copy");
    }
    model.assertExact(hub, "made again");
    assertThat(model.hasOverflowed()).isFalse();
  }

  @Test
  void nestedDirectoriesByEightProcesses_areToldExactlyOnce() throws Exception {
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // All make the same ones, and each some of its own.
      processes.add(
          start("for j in $(seq 25); do mkdir -p all/$j/a/b all/$j/own" + i + "/c; done"));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(told(key))
        .containsExactlyInAnyOrderElementsOf(prefixed("ENTRY_CREATE ", EventModel.list(root)))
        .hasSize(1 + 25 * (3 + 8 * 2));
    assertWatchesAreTheDirectories();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void movedOut_edited_andMovedIn_isToldAnew(boolean renames) throws Exception {
    shell("mkdir -p a/b a/c && touch a/f a/b/g");
    WatchKey key = renames ? register(RENAMES) : register(ENTRY_CREATE, ENTRY_DELETE);
    shell("mv a ../outside/");
    assertThat(told(key)).containsExactly("ENTRY_DELETE a");
    assertThat(hub.watchCount()).isEqualTo(1);
    shell("cd ../outside/a && rm f && rmdir c && touch b/h && mkdir -p d/e");
    assertThat(told(key)).isEmpty();
    shell("mv ../outside/a .");
    assertThat(told(key))
        .startsWith("ENTRY_CREATE a")
        .containsExactlyInAnyOrder(
            "ENTRY_CREATE a",
            "ENTRY_CREATE a/b",
            "ENTRY_CREATE a/b/g",
            "ENTRY_CREATE a/b/h",
            "ENTRY_CREATE a/d",
            "ENTRY_CREATE a/d/e");
    assertWatchesAreTheDirectories();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void movedOut_edited_andMovedInBeforeItIsRead_isAsOnTheDisk(boolean renames) throws Exception {
    shell("mkdir -p a/b a/c && touch a/f a/b/g");
    WatchKey key = renames ? register(RENAMES) : register(ENTRY_CREATE, ENTRY_DELETE);
    EventModel model = new EventModel(service, key);
    try (Gate gate = kernel.holdReads()) {
      shell(
          "mv a ../outside/ && (cd ../outside/a && rm f && rmdir c && mkdir -p d/e)"
              + " && mv ../outside/a . && touch a/d/e/last");
      gate.awaitReached();
    }
    model.assertExact(hub, "in again");
    assertThat(model.history())
        .containsExactlyInAnyOrder(
            "ENTRY_DELETE a [MOVED_FROM|ISDIR]",
            "ENTRY_CREATE a [MOVED_TO|ISDIR]",
            "ENTRY_CREATE a/b [CREATE|ISDIR]",
            "ENTRY_CREATE a/b/g [CREATE]",
            "ENTRY_CREATE a/d [CREATE|ISDIR]",
            "ENTRY_CREATE a/d/e [CREATE|ISDIR]",
            "ENTRY_CREATE a/d/e/last [CREATE]");
  }

  @Test
  void onlyCloseWrite_pathsFollowRenames_andNothingElseIsTold() throws Exception {
    mkdirs("a/b/c");
    touch("a/b/c/f");
    WatchKey key = register(INotifyEventKinds.CLOSE_WRITE);
    move("a", "z");
    Files.writeString(root.resolve("z/b/c/f"), "text");
    mkdirs("n/m");
    Pending.sync(service);
    move("z/b", "n/m/b");
    Files.writeString(root.resolve("n/m/b/c/g"), "text");
    assertThat(told(key)).containsExactly("CLOSE_WRITE z/b/c/f", "CLOSE_WRITE n/m/b/c/g");
    assertWatchesAreTheDirectories();
  }

  @Test
  void onlyModify_pathsFollowRenames_alsoOfAnExcludedName() throws Exception {
    mkdirs("a/b");
    touch("a/b/f");
    WatchKey key =
        service.register(
            root,
            new WatchEvent.Kind<?>[] {ENTRY_MODIFY},
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.exclude("skip"));
    move("a", "skip");
    Files.writeString(root.resolve("skip/b/f"), "text");
    assertThat(told(key)).isEmpty();
    assertThat(hub.watchCount()).isEqualTo(1);
    move("skip", "z");
    Pending.sync(service);
    Files.writeString(root.resolve("z/b/f"), "more text");
    assertThat(told(key)).hasSize(1).allMatch(one -> one.startsWith("ENTRY_MODIFY z/b/f"));
    assertWatchesAreTheDirectories();
  }

  @Test
  void excludedByAGlobWithASlash_isOneOfTheWholePath() throws Exception {
    mkdirs("a/skip1");
    mkdirs("b/a/skip1");
    mkdirs("c/skip2/x");
    WatchKey key =
        service.register(
            root, RENAMES, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude("a/skip*"));
    assertThat(hub.watchCount()).isEqualTo(8);
    touch("a/skip1/no");
    touch("a/skip3");
    touch("b/a/skip1/yes");
    assertThat(told(key)).containsExactly("ENTRY_CREATE b/a/skip1/yes");
    // With its directory's name an entry becomes one that is left out, and one that is not.
    move("a", "d");
    assertThat(told(key))
        .startsWith("ENTRY_DELETE a", "ENTRY_CREATE d")
        .containsExactlyInAnyOrder(
            "ENTRY_DELETE a",
            "ENTRY_CREATE d",
            "ENTRY_CREATE d/skip1",
            "ENTRY_CREATE d/skip1/no",
            "ENTRY_CREATE d/skip3");
    touch("c/keep");
    told(key);
    move("c", "a");
    assertThat(told(key))
        .containsExactly("ENTRY_DELETE c", "ENTRY_CREATE a", "ENTRY_CREATE a/keep");
    assertThat(hub.watchCount()).isEqualTo(8 + 1 - 2);
  }

  @Test
  void matcherThatThrows_excludesNothing() throws Exception {
    mkdirs("a/b");
    WatchKey key =
        service.register(
            root,
            RENAMES,
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.exclude(
                path -> {
                  throw new IllegalStateException("a matcher fails on purpose");
                }),
            INotifyModifiers.exclude("skip"));
    touch("a/b/f");
    mkdirs("a/c/d");
    mkdirs("skip/e");
    assertThat(told(key))
        .containsExactly("ENTRY_CREATE a/b/f", "ENTRY_CREATE a/c", "ENTRY_CREATE a/c/d");
  }

  @Test
  void matcherThatThrowsAnError_excludesNothing() throws Exception {
    mkdirs("a/b");
    WatchKey key =
        service.register(
            root,
            RENAMES,
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.exclude(
                path -> {
                  if (path.endsWith("deep")) {
                    throw new StackOverflowError("a matcher fails on purpose");
                  }
                  return false;
                }));
    touch("a/b/f");
    mkdirs("a/deep/d");
    assertThat(service.sync(Duration.ofSeconds(5))).as("the tree's thread goes on").isTrue();
    assertThat(Told.by(key))
        .containsExactly("ENTRY_CREATE a/b/f", "ENTRY_CREATE a/deep", "ENTRY_CREATE a/deep/d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/sys/fs/inotify", "/proc/self/net", "/sys/fs", "/sys/class/mem"})
  void directoriesOfTheKernelItself_canBeRegistered(String path) throws Exception {
    Path directory = Path.of(path);
    assumeTrue(Files.isDirectory(directory), path + " is not here");
    WatchKey key =
        service.register(
            directory, new WatchEvent.Kind<?>[] {ENTRY_CREATE}, INotifyModifiers.RECURSIVE);
    assertThat(hub.watchCount()).isPositive();
    assertThat(key.isValid()).isTrue();
    assertThat(told(key)).isEmpty();
    key.cancel();
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
  }
}
