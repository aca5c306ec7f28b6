package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Syscalls;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.Test;

/** What a watcher's listener is told. */
final class PathWatcherTest extends WatcherScene {
  @Test
  void batch_isTheNetChange() throws Exception {
    mkdirs("d");
    write("d/f", "old");
    write("a", "");
    PathWatcher watcher = start(PathWatcher.of(root));
    write("made", "1");
    write("made", "2");
    write("gone", "");
    delete("gone");
    write("d/f", "new");
    move("a", "b");
    move("b", "c");
    mkdirs("e/g");
    write("e/g/h", "");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "CREATED made",
            "MODIFIED d/f",
            "MOVED a -> c",
            "CREATED e/",
            "CREATED e/g/",
            "CREATED e/g/h");
    assertThat(told(watcher)).isEmpty();
    delete("d/f");
    delete("d");
    assertThat(told(watcher)).containsExactly("DELETED d/");
  }

  @Test
  void safeSave_isAModification_andTheTemporaryIsNeverSeen() throws Exception {
    write("f", "old");
    PathWatcher watcher = start(PathWatcher.of(root));
    write("f.tmp", "new");
    move("f.tmp", "f");
    assertThat(told(watcher)).containsExactly("MODIFIED f");
    move("f", "f~");
    write("f", "newer");
    delete("f~");
    assertThat(told(watcher)).containsExactly("MODIFIED f");
  }

  @Test
  void existing_isToldFirst_parentsFirst() throws Exception {
    mkdirs("a/b");
    write("a/b/f", "");
    PathWatcher watcher = start(PathWatcher.of(root).existing());
    assertThat(told(watcher)).containsExactly("EXISTING a/", "EXISTING a/b/", "EXISTING a/b/f");
    write("a/g", "");
    assertThat(told(watcher)).containsExactly("CREATED a/g");
  }

  @Test
  void directory_isToldWithoutWhatIsBelow() throws Exception {
    mkdirs("d");
    PathWatcher watcher = start(PathWatcher.directory(root).existing());
    assertThat(told(watcher)).containsExactly("EXISTING d/");
    write("d/unheard", "");
    write("f", "");
    assertThat(told(watcher)).containsExactly("CREATED f");
  }

  @Test
  void directory_isToldWhatIsExchangedWithTheOutside() throws Exception {
    mkdirs("r/d");
    mkdirs("o/d/e");
    mkdirs("o/e/f");
    write("r/f", "1");
    write("r/g", "1");
    write("o/y", "22");
    PathWatcher watcher = start(PathWatcher.directory(root.resolve("r")).exclude("g/"));
    Syscalls.exchange(root.resolve("o/y"), root.resolve("r/f"));
    assertThat(told(watcher)).containsExactly("MODIFIED r/f");
    Syscalls.exchange(root.resolve("r/f"), root.resolve("o/y"));
    assertThat(told(watcher)).containsExactly("MODIFIED r/f");
    Syscalls.exchange(root.resolve("o/d"), root.resolve("r/d"));
    assertThat(told(watcher)).containsExactly("DELETED r/d/", "CREATED r/d/");
    Syscalls.exchange(root.resolve("o/e"), root.resolve("r/f"));
    assertThat(told(watcher)).hasSize(2).endsWith("CREATED r/f/");
    Syscalls.exchange(root.resolve("o/d"), root.resolve("r/g"));
    assertThat(told(watcher)).containsExactly("DELETED r/g");
    mkdirs("r/d/unheard");
    assertThat(told(watcher)).isEmpty();
  }

  @Test
  void include_knowsDirectoriesThatAreExchanged() throws Exception {
    mkdirs("a/d/e");
    mkdirs("b/d");
    PathWatcher watcher = start(PathWatcher.of(root).include("*.csv").include("/none/*.txt"));
    Syscalls.exchange(root.resolve("a/d"), root.resolve("b/d"));
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "DELETED a/d/", "CREATED a/d/", "DELETED b/d/", "CREATED b/d/", "CREATED b/d/e/");
    write("a/d/f.csv", "");
    write("b/d/e/g.csv", "");
    assertThat(told(watcher)).containsExactlyInAnyOrder("CREATED a/d/f.csv", "CREATED b/d/e/g.csv");
  }

  @Test
  void file_isToldByItsName_whateverFileItIs() throws Exception {
    Path file = root.resolve("app.conf");
    PathWatcher watcher = start(PathWatcher.file(file));
    write("app.conf", "1");
    write("other", "");
    assertThat(told(watcher)).containsExactly("CREATED app.conf");
    write("app.conf.new", "2");
    move("app.conf.new", "app.conf");
    assertThat(told(watcher)).containsExactly("MODIFIED app.conf");
    delete("app.conf");
    assertThat(told(watcher)).containsExactly("DELETED app.conf");
  }

  @Test
  void globs_andDepth_leaveOut() throws Exception {
    mkdirs("target");
    PathWatcher watcher =
        start(PathWatcher.of(root).include("*.csv").exclude("target/").maxDepth(2));
    write("a.csv", "");
    write("a.txt", "");
    write("target/b.csv", "");
    mkdirs("d/e");
    write("d/c.csv", "");
    write("d/e/d.csv", "");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "CREATED a.csv", "CREATED d/", "CREATED d/e/", "CREATED d/c.csv");
  }

  @Test
  void gitIgnore_leavesOutWhatGitDoes_andFollowsItsFiles() throws Exception {
    mkdirs("target/classes");
    mkdirs("sub");
    mkdirs(".git/info");
    write(".gitignore", "target/\n*.log\n");
    write("sub/.gitignore", "!keep.log\n");
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore());
    write("target/classes/A.class", "");
    write("a.log", "");
    write("sub/keep.log", "");
    write("sub/other.log", "");
    write("b.txt", "");
    write(".git/HEAD", "");
    assertThat(told(watcher)).containsExactlyInAnyOrder("CREATED sub/keep.log", "CREATED b.txt");
    write(".gitignore", "*.log\n");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "MODIFIED .gitignore",
            "CREATED target/",
            "CREATED target/classes/",
            "CREATED target/classes/A.class");
    write("target/classes/B.class", "");
    assertThat(told(watcher)).containsExactly("CREATED target/classes/B.class");
    write(".git/info/exclude", "*.class\n");
    assertThat(told(watcher)).isEmpty();
    write("target/classes/C.class", "");
    write("target/d.txt", "");
    assertThat(told(watcher)).containsExactly("CREATED target/d.txt");
  }

  @Test
  void otherIgnoreRules_tellNothingTwice() throws Exception {
    mkdirs("target");
    write("target/f", "");
    write(".gitignore", "target/\n");
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore());
    for (int round = 0; round < 4; round++) {
      write("a" + round, "");
      mkdirs("d" + round);
      write("d" + round + "/b", "");
      assertThat(told(watcher))
          .containsExactlyInAnyOrder(
              "CREATED a" + round, "CREATED d" + round + "/", "CREATED d" + round + "/b");
      write(".gitignore", round % 2 == 0 ? "\n" : "target/\n");
      List<String> expected = new ArrayList<>(List.of("MODIFIED .gitignore"));
      if (round % 2 == 0) {
        expected.addAll(List.of("CREATED target/", "CREATED target/f"));
      }
      assertThat(told(watcher)).containsExactlyInAnyOrderElementsOf(expected);
    }
    // Nothing of what happens meanwhile is lost, and the next rules are those of now.
    write(".gitignore", "*.log\n");
    write("a0", "more");
    write("e.log", "");
    delete("a1");
    move("a2", "a4");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "MODIFIED .gitignore",
            "CREATED target/",
            "CREATED target/f",
            "MODIFIED a0",
            "DELETED a1",
            "MOVED a2 -> a4");
  }

  @Test
  void since_tellsWhatChangedMeanwhile() throws Exception {
    mkdirs("d");
    write("d/f", "1");
    write("a", "");
    PathWatcher first = start(PathWatcher.of(root));
    write("d/g", "");
    assertThat(told(first)).containsExactly("CREATED d/g");
    write("notTold", "");
    TreeSnapshot known = first.snapshot();
    first.close();
    write("d/f", "22");
    move("a", "b");
    PathWatcher second = start(PathWatcher.of(root).since(known));
    write("later", "");
    assertThat(told(second))
        // These came so late that they may have been written to since, for all that can be seen.
        .filteredOn(line -> !line.equals("MODIFIED d/g"))
        .map(line -> line.replace(" *", ""))
        .containsExactlyInAnyOrder(
            "CREATED notTold", "MODIFIED d/f", "MOVED a -> b", "CREATED later");
  }

  @Test
  void since_whatWasReplacedAndNotTold_isToldAsWhatItWas() throws Exception {
    mkdirs("d");
    write("d/f", "");
    PathWatcher first = start(PathWatcher.of(root));
    delete("d/f");
    delete("d");
    write("d", "a file now");
    await().until(() -> first.statistics().waiting() > 0);
    TreeSnapshot known = first.snapshot();
    first.close();
    PathWatcher second = start(PathWatcher.of(root).since(known));
    assertThat(told(second)).containsExactly("DELETED d/", "CREATED d");
  }

  @Test
  void since_ofAnotherRoot_isRefused() throws Exception {
    mkdirs("d");
    TreeSnapshot other = TreeSnapshot.take(root.resolve("d"));
    assertThatThrownBy(() -> start(PathWatcher.of(root).since(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(root.resolve("d").toString());
  }

  @Test
  void snapshot_ofOneOfSeveral_orOfWhatIsNone_isRefused() throws Exception {
    mkdirs("d");
    Path file = root.resolve("d/f");
    PathWatcher watcher =
        start(PathWatcher.directory(root).andDirectory(root.resolve("d")).andFile(file));
    String roots = "[" + root + ", " + root.resolve("d") + "]";
    assertThatThrownBy(watcher::snapshot)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a snapshot is of one directory: say which of " + roots);
    assertThatThrownBy(() -> watcher.snapshot(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no directory that this watcher has: " + file + "; it has " + roots);
    assertThat(watcher.snapshot(root.resolve("d")).size()).isZero();
  }
}
