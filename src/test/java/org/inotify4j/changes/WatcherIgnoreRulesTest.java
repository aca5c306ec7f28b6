package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that say what git leaves out, which are left out themselves, or change unheard. */
final class WatcherIgnoreRulesTest extends WatcherScene {

  private RefusingKernel kernel;

  @BeforeEach
  void open() throws IOException {
    kernel = new RefusingKernel();
  }

  @AfterEach
  void close() {
    closeAll();
    kernel.close();
  }

  private PathWatcher startHere(WatcherBuilder builder) throws IOException {
    PathWatcher watcher =
        builder
            .settle(LONG, LONG)
            .start(
                batch -> batches.add(lines(batch)),
                new CountedDemand(Long.MAX_VALUE),
                cause -> {},
                kernel);
    watchers.add(watcher);
    return watcher;
  }

  /** Each directory of a generator is left out at first. */
  private void makeGenerated() throws IOException {
    mkdirs("gen");
    write("gen/A.java", "");
    write(".gitignore", "gen/\n");
  }

  @Test
  void fileOfAWorktree_thatComesLater_beginsARepository() throws Exception {
    write(".gitignore", "*.log\n");
    mkdirs("sub");
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore());
    write("sub/a.log", "");
    assertThat(told(watcher)).isEmpty();
    write("sub/.git", "gitdir: ../elsewhere\n");
    assertThat(told(watcher)).containsExactly("CREATED sub/a.log");
    write("sub/b.log", "");
    write("c.log", "");
    assertThat(told(watcher)).containsExactly("CREATED sub/b.log");
    delete("sub/.git");
    assertThat(told(watcher)).isEmpty();
    write("sub/d.log", "");
    assertThat(told(watcher)).isEmpty();
  }

  /** What is in it is followed of a directory alone, but for the rules. */
  @Test
  void ownRulesOfADirectoryAlone_areHeard_whateverHappensToThem() throws Exception {
    mkdirs(".git/info");
    write(".git/info/exclude", "*.log\n*.tmp\n");
    write("a.log", "");
    write("a.tmp", "");
    PathWatcher watcher = start(PathWatcher.directory(root).gitIgnore());
    write(".git/info/exclude", "*.log\n");
    assertThat(told(watcher)).containsExactly("CREATED a.tmp");
    delete(".git/info/exclude");
    assertThat(told(watcher)).containsExactly("CREATED a.log");
    write(".git/info/new", "*.log\n");
    move(".git/info/new", ".git/info/exclude");
    assertThat(told(watcher)).isEmpty();
    write("b.log", "");
    write("c.txt", "");
    assertThat(told(watcher)).containsExactly("CREATED c.txt");
    move(".git", "repository");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED repository/", "CREATED a.log", "CREATED b.log");
  }

  @Test
  void ownRulesThatCannotBeReached_keepNobodyFromTheRest() throws Exception {
    Files.createSymbolicLink(root.resolve(".git"), Path.of(".git"));
    PathWatcher watcher = start(PathWatcher.directory(root).gitIgnore());
    write("a.log", "");
    assertThat(told(watcher)).containsExactly("CREATED a.log");
  }

  @Test
  void fileThatIsNotIncluded_isHeard() throws Exception {
    makeGenerated();
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore().include("*.java"));
    write(".gitignore", "\n");
    assertThat(told(watcher)).containsExactly("CREATED gen/", "CREATED gen/A.java");
    write("gen/B.java", "");
    assertThat(told(watcher)).containsExactly("CREATED gen/B.java");
  }

  @Test
  void fileThatIsExcluded_isHeard_alsoWhenItIsRenamed() throws Exception {
    makeGenerated();
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore().exclude(".*").existing());
    assertThat(told(watcher)).isEmpty();
    move(".gitignore", "rules");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED rules", "CREATED gen/", "CREATED gen/A.java");
    move("rules", ".gitignore");
    assertThat(told(watcher)).containsExactly("DELETED rules");
    write("gen/B.java", "");
    assertThat(told(watcher)).isEmpty();
  }

  @Test
  void fileThatIsTooDeep_isHeard() throws Exception {
    mkdirs(".git/info");
    write(".git/info/exclude", "*.log\n");
    write("a.log", "");
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore().maxDepth(1));
    write(".git/info/exclude", "\n");
    assertThat(told(watcher)).containsExactly("CREATED a.log");
    write("b.log", "");
    assertThat(told(watcher)).containsExactly("CREATED b.log");
  }

  @Test
  void fileThatLeavesItselfOut_isHeard() throws Exception {
    mkdirs("venv/lib");
    write("venv/lib/f", "");
    write("venv/.gitignore", "*\n");
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore().existing());
    assertThat(told(watcher)).containsExactly("EXISTING venv/");
    write("venv/.gitignore", "*\n\n");
    write("venv/g", "");
    assertThat(told(watcher)).isEmpty();
    write("venv/.gitignore", "g\n");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "CREATED venv/.gitignore", "CREATED venv/lib/", "CREATED venv/lib/f");
    assertThat(watcher.snapshot().size()).isEqualTo(4);
  }

  @Test
  void repositorysOwnThings_areInNoSnapshot() throws Exception {
    mkdirs(".git/info");
    PathWatcher watcher = start(PathWatcher.of(root).gitIgnore());
    write(".git/info/exclude", "*.log\n");
    write("f", "");
    assertThat(told(watcher)).containsExactly("CREATED f");
    assertThat(watcher.snapshot().size()).isEqualTo(1);
  }

  @Test
  void fileThatChangesDuringTheStart_counts() throws Exception {
    makeGenerated();
    mkdirs("late");
    kernel.beforeWatchingOnce("late", () -> write(".gitignore", "late/\n"));
    PathWatcher watcher = startHere(PathWatcher.of(root).gitIgnore());
    write("gen/B.java", "");
    write("late/unheard", "");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED gen/", "CREATED gen/A.java", "CREATED gen/B.java");
  }

  @Test
  void fileThatComesDuringTheStart_counts() throws Exception {
    mkdirs("a/b");
    write("a/b/f.log", "");
    mkdirs("z");
    kernel.beforeWatchingOnce("z", () -> write("a/.gitignore", "*.log\n"));
    PathWatcher watcher = startHere(PathWatcher.of(root).gitIgnore());
    assertThat(told(watcher)).isSubsetOf("CREATED a/.gitignore");
    write("a/b/f.log", "more");
    write("a/b/g", "");
    assertThat(told(watcher)).containsExactly("CREATED a/b/g");
  }

  @Test
  void fileThatChangesBeforeWhatIsThereIsTold_counts() throws Exception {
    makeGenerated();
    mkdirs("late");
    kernel.beforeWatchingOnce("late", () -> write(".gitignore", "*.none\n"));
    PathWatcher watcher = startHere(PathWatcher.of(root).gitIgnore().existing());
    write("gen/B.java", "");
    assertThat(told(watcher))
        .contains("EXISTING .gitignore", "EXISTING late/")
        .anyMatch(line -> line.matches("(EXISTING|CREATED) gen/A.java"))
        .anyMatch(line -> line.matches("(EXISTING|CREATED) gen/B.java"))
        .doesNotHaveDuplicates();
    write("gen/C.java", "");
    assertThat(told(watcher)).containsExactly("CREATED gen/C.java");
  }
}
