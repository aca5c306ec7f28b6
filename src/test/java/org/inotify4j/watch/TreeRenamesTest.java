package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renames in whole trees, and moves out of them. */
class TreeRenamesTest {

  private static final WatchEvent.Kind<?>[] RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME
  };

  @Nested
  class LargeReads extends WholeTreeTest {

    private static final String BELOW = "1/2/3/4/5/6/7/8/9";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoRenames_andAFileNineLevelsDown_endAtTheNewestPath(boolean held) throws Exception {
      mkdirs("a/" + BELOW);
      WatchKey key = register(RENAMES);
      EventModel model = new EventModel(service, key);
      Gate gate = held ? kernel.holdReads() : new Gate();
      move("a", "b");
      move("b", "c");
      touch("c/" + BELOW + "/f");
      gate.open();
      model.assertExact(hub, "renamed twice");
      assertThat(model.history()).endsWith("ENTRY_CREATE c/" + BELOW + "/f [CREATE]");
      touch("c/" + BELOW + "/g");
      assertThat(told(key)).containsExactly("ENTRY_CREATE c/" + BELOW + "/g");
    }

    @Test
    void renameOfWhatWasRenamedBefore_isARename() throws Exception {
      mkdirs("a/b");
      WatchKey key = register(RENAMES);
      move("a", "b");
      assertThat(told(key)).containsExactly("RENAME a -> b");
      // No half of an exchange: that would have come with the first.
      move("b", "c");
      assertThat(told(key)).containsExactly("RENAME b -> c");
    }

    @Test
    void exchangeOfAFileAndADirectoryThatHasJustCome_leavesTheFileInItsPlace() throws Exception {
      touch("b");
      Files.createDirectories(outside.resolve("a/x"));
      WatchKey key = register(RENAMES);
      try (Gate reading = kernel.holdOpening("x")) {
        move(outside.resolve("a"), root.resolve("a"));
        reading.awaitReached();
        Syscalls.exchange(root.resolve("b"), root.resolve("a"));
      }
      assertThat(told(key))
          .containsExactly(
              "ENTRY_CREATE a",
              "ENTRY_CREATE a/x",
              "ENTRY_DELETE b",
              "RENAME a -> b",
              "ENTRY_CREATE a");
      assertWatchesAreTheDirectories();
    }

    @Test
    void twoRenamesOnDifferentLevels_andAFileNineLevelsDown() throws Exception {
      mkdirs("a/" + BELOW);
      WatchKey key = register(RENAMES);
      Gate gate = kernel.holdReads();
      move("a/1/2/3", "a/1/2/x");
      move("a", "z");
      move("z/1/2/x/4", "top");
      touch("top/5/6/7/8/9/f");
      gate.open();
      assertThat(told(key))
          .containsExactly(
              "RENAME a/1/2/3 -> a/1/2/x",
              "RENAME a -> z",
              "RENAME z/1/2/x/4 -> top",
              "ENTRY_CREATE top/5/6/7/8/9/f");
      assertWatchesAreTheDirectories();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoRenames_forWhoDoesNotKnowOfThem_endAtTheNewestPath(boolean held) throws Exception {
      mkdirs("a/" + BELOW);
      WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
      EventModel model = new EventModel(service, key);
      Gate gate = held ? kernel.holdReads() : new Gate();
      move("a", "b");
      move("b", "c");
      touch("c/" + BELOW + "/f");
      gate.open();
      model.assertExact(hub, "renamed twice");
      assertThat(model.history()).endsWith("ENTRY_CREATE c/" + BELOW + "/f [CREATE]");
      touch("c/" + BELOW + "/g");
      assertThat(told(key)).containsExactly("ENTRY_CREATE c/" + BELOW + "/g");
    }

    @Test
    void eightProcessesThatRename_endAsOnTheDisk() throws Exception {
      for (int i = 0; i < 8; i++) {
        mkdirs("own" + i + "/a/b");
        touch("own" + i + "/a/b/f");
        mkdirs("shared/s" + i + "/t");
      }
      WatchKey key = register(RENAMES);
      EventModel model = new EventModel(service, key);
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        processes.add(
            start(
                ("for j in $(seq 15); do"
                        + " mv -T own$I/a own$I/z; mv -T own$I/z/b own$I/b; mv own$I/b/f own$I/z/g;"
                        + " mv own$I/z/g own$I/b/f; mv -T own$I/b own$I/z/b; mv -T own$I/z own$I/a;"
                        + " mv -T shared/s$I own$I/s; mv -T own$I/s shared/s$I;"
                        + " mv -T shared/s$(((I + j) % 8)) shared/x$j; mv -T shared/x$j shared/s$I;"
                        + " done; true")
                    .replace("((I", "((" + i)
                    .replace("$I", String.valueOf(i))));
      }
      for (Process process : processes) {
        assertThat(process.waitFor()).isZero();
      }
      model.assertExact(hub, "eight processes");
      assertThat(model.history()).anyMatch(event -> event.startsWith("RENAME"));
      assertThat(model.hasOverflowed()).isFalse();
    }

    /** A process may lose the processor in the middle of a rename, which then comes as two ends. */
    @Test
    void eightProcessesThatRenameTheirOwn_noPairIsWrong() throws Exception {
      Set<String> right = new TreeSet<>();
      for (int i = 0; i < 8; i++) {
        mkdirs("own" + i + "/a/b");
        touch("own" + i + "/f");
        String own = "own" + i + "/";
        right.add("RENAME " + own + "a -> " + own + "z");
        right.add("RENAME " + own + "z/b -> " + own + "b");
        right.add("RENAME " + own + "f -> " + own + "b/g");
        right.add("RENAME " + own + "b/g -> " + own + "f");
        right.add("RENAME " + own + "b -> " + own + "z/b");
        right.add("RENAME " + own + "z -> " + own + "a");
      }
      WatchKey key = register(RENAMES);
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        processes.add(
            start(
                "cd own"
                    + i
                    + " && for j in $(seq 20); do mv a z && mv z/b b && mv f b/g && mv b/g f"
                    + " && mv b z/ && mv z a || exit 1; done"));
      }
      for (Process process : processes) {
        assertThat(process.waitFor()).isZero();
      }
      List<String> told = told(key);
      assertThat(told).filteredOn(one -> one.startsWith("RENAME")).isSubsetOf(right);
      assertThat(told).containsAll(right);
      assertWatchesAreTheDirectories();
    }

    @Test
    void tenThousandMovesOut_areToldAll_andNoWatchIsLeft() throws Exception {
      Path from = mkdirs("from");
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        if (i % 2 == 0) {
          Files.createDirectory(from.resolve("e" + i));
        } else {
          Files.createFile(from.resolve("e" + i));
        }
        expected.add("ENTRY_DELETE from/e" + i);
      }
      WatchKey key = register(RENAMES);
      assertThat(hub.watchCount()).isEqualTo(5_002);
      for (int i = 0; i < 10_000; i++) {
        move(from.resolve("e" + i), outside.resolve("e" + i));
      }
      // Files are held for a moment, since their other ends might come.
      assertThat(told(key)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(hub.watchCount()).isEqualTo(2);
      assertWatchesAreTheDirectories();
      // What is in them is heard no more, and a rename is one as before.
      Files.createFile(outside.resolve("e0/f"));
      touch("from/a");
      move("from/a", "b");
      assertThat(told(key)).containsExactly("ENTRY_CREATE from/a", "RENAME from/a -> b");
    }
  }

  /** The poller takes eight short records at most with one read. */
  @Nested
  class SmallReads extends WholeTreeTest {

    @Override
    Hub openHub() throws IOException {
      return kernel.openHub(272);
    }

    static Stream<Integer> before() {
      return IntStream.rangeClosed(0, 9).boxed();
    }

    @ParameterizedTest
    @MethodSource("before")
    void renameOfAFile_whereverAReadEnds_isOne(int before) throws Exception {
      mkdirs("a");
      mkdirs("b");
      touch("a/f");
      WatchKey key = register(RENAMES);
      List<String> expected = new ArrayList<>();
      try (Gate gate = kernel.holdReads()) {
        for (int i = 0; i < before; i++) {
          touch("x" + i);
          expected.add("ENTRY_CREATE x" + i);
        }
        move("a/f", "b/g");
        touch("b/last");
        gate.awaitReached();
      }
      expected.add("RENAME a/f -> b/g");
      expected.add("ENTRY_CREATE b/last");
      assertThat(told(key)).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("before")
    void renameOfADirectory_whereverAReadEnds_isOne(int before) throws Exception {
      mkdirs("a/d/e");
      mkdirs("b");
      WatchKey key = register(RENAMES);
      List<String> expected = new ArrayList<>();
      try (Gate gate = kernel.holdReads()) {
        for (int i = 0; i < before; i++) {
          touch("x" + i);
          expected.add("ENTRY_CREATE x" + i);
        }
        move("a/d", "b/c");
        touch("b/c/e/last");
        gate.awaitReached();
      }
      expected.add("RENAME a/d -> b/c");
      expected.add("ENTRY_CREATE b/c/e/last");
      assertThat(told(key)).containsExactlyElementsOf(expected);
      assertWatchesAreTheDirectories();
    }
  }
}
