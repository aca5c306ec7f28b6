package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.Test;

/** Roots that come and go, lie in one another, and lead elsewhere. */
final class WatcherRootsTest extends WatcherScene {
  @Test
  void nestedAndRepeatedRoots_tellEachChangeOnce() throws Exception {
    mkdirs("d");
    PathWatcher watcher =
        start(
            PathWatcher.of(root)
                .and(root.resolve("d"))
                .and(root)
                .andDirectory(root.resolve("d"))
                .andFile(root.resolve("d/f")));
    write("d/f", "");
    assertThat(told(watcher)).containsExactly("CREATED d/f");
  }

  @Test
  void rootThatIsNoDirectory_isRefused() throws Exception {
    write("f", "");
    assertThatThrownBy(() -> start(PathWatcher.of(root.resolve("f"))))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessageContaining("f");
  }

  @Test
  void rootThatIsNotThereYet_isWaitedFor() throws Exception {
    Path later = root.resolve("later/inbox");
    PathWatcher watcher = start(PathWatcher.of(later));
    assertThat(told(watcher)).isEmpty();
    assertThat(takeProblems()).containsExactly("ROOT_GONE later/inbox");
    mkdirs("later/inbox/d");
    write("later/inbox/f", "");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED later/inbox/d/", "CREATED later/inbox/f");
    assertThat(takeProblems()).containsExactly("ROOT_BACK later/inbox");
  }

  @Test
  void rootThatVanishes_andComesAgain() throws Exception {
    mkdirs("r/d");
    write("r/d/f", "");
    write("r/g", "");
    PathWatcher watcher = start(PathWatcher.of(root.resolve("r")));
    move("r", "elsewhere");
    assertThat(told(watcher)).containsExactlyInAnyOrder("DELETED r/d/", "DELETED r/g");
    assertThat(takeProblems()).containsExactly("ROOT_GONE r");
    write("elsewhere/unheard", "");
    assertThat(told(watcher)).isEmpty();
    mkdirs("r");
    write("r/h", "");
    assertThat(told(watcher)).containsExactly("CREATED r/h");
    assertThat(takeProblems()).containsExactly("ROOT_BACK r");
  }

  @Test
  void snapshotOfARootThatIsGone_isWhatWasTold() throws Exception {
    Path r = root.resolve("r");
    mkdirs("r/d");
    write("r/d/f", "");
    write("r/g", "");
    PathWatcher watcher = start(PathWatcher.of(r));
    delete("r/g");
    delete("r/d/f");
    delete("r/d");
    delete("r");
    await().until(() -> !problems.isEmpty());
    TreeSnapshot untold = watcher.snapshot();
    assertThat(told(watcher)).containsExactlyInAnyOrder("DELETED r/d/", "DELETED r/g");
    assertThat(watcher.snapshot().size()).isZero();
    watcher.close();
    mkdirs("r");
    PathWatcher second = start(PathWatcher.of(r).since(untold));
    assertThat(told(second)).containsExactlyInAnyOrder("DELETED r/d/", "DELETED r/g");
  }

  @Test
  void since_ofARootThatIsGone_tellsNothingThatIsLeftOut() throws Exception {
    mkdirs("r/.git");
    write("r/a.csv", "");
    write("r/a.txt", "");
    TreeSnapshot before = TreeSnapshot.take(root.resolve("r"));
    move("r", "elsewhere");
    PathWatcher watcher =
        start(PathWatcher.of(root.resolve("r")).exclude(".git").include("*.csv").since(before));
    assertThat(told(watcher)).containsExactly("DELETED r/a.csv");
  }

  @Test
  void rootThatIsALink_isFollowedWhenItIsSwapped() throws Exception {
    mkdirs("v1");
    mkdirs("v2");
    write("v1/same", "1");
    write("v1/old", "");
    write("v2/same", "22");
    write("v2/new", "");
    Files.createSymbolicLink(root.resolve("current"), Path.of("v1"));
    PathWatcher watcher = start(PathWatcher.of(root.resolve("current")));
    Files.createSymbolicLink(root.resolve("next"), Path.of("v2"));
    move("next", "current");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "MODIFIED current/same", "DELETED current/old", "CREATED current/new");
    write("v1/unheard", "");
    write("v2/heard", "");
    assertThat(told(watcher)).containsExactly("CREATED current/heard");
    assertThat(takeProblems()).isEmpty();
  }

  @Test
  void rootThatAnotherOneExcludes_isTold() throws Exception {
    mkdirs(".git");
    mkdirs("build/out");
    PathWatcher watcher =
        start(
            PathWatcher.of(root)
                .andFile(root.resolve(".git/HEAD"))
                .and(root.resolve("build/out"))
                .exclude(".git")
                .exclude("build"));
    write(".git/HEAD", "");
    write(".git/config", "");
    write("build/unheard", "");
    write("build/out/f", "");
    write("g", "");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED .git/HEAD", "CREATED build/out/f", "CREATED g");
  }

  @Test
  void fileThatAnotherRootDoesNotInclude_isTold() throws Exception {
    PathWatcher watcher =
        start(
            PathWatcher.of(root)
                .andFile(root.resolve("pom.xml"))
                .andFile(root.resolve("A.java"))
                .include("*.java"));
    write("pom.xml", "");
    write("A.java", "");
    assertThat(told(watcher)).containsExactlyInAnyOrder("CREATED pom.xml", "CREATED A.java");
  }

  @Test
  void rootsThatAreDeeperThanAsked_areTold() throws Exception {
    mkdirs("a/b");
    PathWatcher watcher =
        start(
            PathWatcher.of(root)
                .and(root.resolve("a/b"))
                .andFile(root.resolve("a/b/c/f"))
                .andFile(root.resolve("g"))
                .maxDepth(1));
    write("a/b/f", "");
    mkdirs("a/b/c");
    write("a/b/c/f", "");
    write("g", "");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder(
            "CREATED a/b/f", "CREATED a/b/c/", "CREATED a/b/c/f", "CREATED g");
  }

  @Test
  void fileBehindALink_isTold_whereAnotherRootHasTheLink() throws Exception {
    Path real = Files.createFile(directory.resolve("real"));
    Files.createSymbolicLink(root.resolve("conf"), real);
    PathWatcher watcher = start(PathWatcher.of(root).andFile(root.resolve("conf")));
    Files.writeString(real, "text");
    assertThat(told(watcher)).containsExactly("MODIFIED conf");
  }

  @Test
  void patternsForEachRoot_letBothTell() throws Exception {
    mkdirs("a");
    PathWatcher watcher = start(PathWatcher.of(root).and(root.resolve("a")).include("/*.csv"));
    write("f.csv", "");
    write("a/f.csv", "");
    write("a/f", "");
    assertThat(told(watcher)).containsExactlyInAnyOrder("CREATED f.csv", "CREATED a/f.csv");
  }

  @Test
  void gitIgnoreForEachRoot_letsBothTell() throws Exception {
    mkdirs("a");
    write(".gitignore", "*.log\n");
    PathWatcher watcher = start(PathWatcher.of(root).and(root.resolve("a")).gitIgnore());
    write("f.log", "");
    write("a/f.log", "");
    write("a/g", "");
    assertThat(told(watcher))
        .containsExactlyInAnyOrder("CREATED a/f.log", "CREATED a/g", "CREATED a/g");
  }

  @Test
  void rootWithNamesThatLeadNowhere_isTheSame() throws Exception {
    PathWatcher watcher =
        start(
            PathWatcher.of(root)
                .and(root.resolve("."))
                .andFile(directory.resolve("./root/././f"))
                .and(root.resolve("../root/d")));
    mkdirs("d");
    write("f", "");
    assertThat(told(watcher)).containsExactlyInAnyOrder("CREATED d/", "CREATED f");
    assertThat(takeProblems()).containsExactly("ROOT_GONE d", "ROOT_BACK d");
  }

  @Test
  void rootThatLeadsOutOfAnother_isTold() throws Exception {
    mkdirs("in/side");
    mkdirs("out");
    PathWatcher watcher =
        start(PathWatcher.of(root.resolve("in")).and(root.resolve("in/side/../../out")));
    write("out/f", "");
    write("in/side/g", "");
    assertThat(told(watcher)).containsExactlyInAnyOrder("CREATED out/f", "CREATED in/side/g");
  }
}
