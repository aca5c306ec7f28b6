package org.inotify4j.snapshot;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inotify4j.snapshot.TreeFilter.EVERYTHING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.inotify4j.libc.LibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of what was done to a tree. */
final class ChangesTest {

  private static final long SECOND = 1_000_000_000;

  @TempDir private Path root;

  /** A kernel whose clock is an hour ahead: nothing was changed just now. */
  private final AlteredKernel kernel = new AlteredKernel();

  private TreeSnapshot before;

  @BeforeEach
  void begin() throws Exception {
    setClock(3600 * SECOND);
    before = TreeSnapshot.take(root);
  }

  private void setClock(long ahead) {
    kernel.alter(
        "clockGettime",
        (arguments, result) -> {
          var time = AlteredKernel.filled(arguments);
          time.putLong(0, time.getLong(0) + Math.floorDiv(time.getLong(8) + ahead, SECOND));
          time.putLong(8, Math.floorMod(time.getLong(8) + ahead, SECOND));
          return result;
        });
  }

  /** The kernel's clock stands still, so long after a file was modified. */
  private void stopClock(Path file, long after) throws IOException {
    long stopped = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) + after;
    kernel.alter(
        "clockGettime",
        (arguments, result) -> {
          var time = AlteredKernel.filled(arguments);
          time.putLong(0, Math.floorDiv(stopped, SECOND));
          time.putLong(8, Math.floorMod(stopped, SECOND));
          return result;
        });
  }

  private TreeSnapshot take() throws Exception {
    return take(kernel.libC);
  }

  private TreeSnapshot take(LibC libC) throws Exception {
    return TreeSnapshot.take(libC, root, EVERYTHING, 1);
  }

  private void shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-e", "-c", script).directory(root.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }

  /** Else what got the number of an inode that is gone is taken for that one. */
  private void assumeThatBirthsAreKnown() throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%W", root.toString()).start();
    String born = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assumeTrue(born.strip().matches("[1-9][0-9]*"), "the file system knows no time of birth");
  }

  /** What is told after one script that another one was the beginning of. */
  private List<String> told(String first, String then) throws Exception {
    shell(first);
    TreeSnapshot older = take();
    shell(then);
    return take().changesSince(older).stream().map(SnapshotChange::toString).toList();
  }

  @Test
  void nothing() throws Exception {
    assertThat(told("mkdir -p d/e; touch d/f; ln d/f g; ln -s d l", "cat d/f; ls d")).isEmpty();
  }

  @Test
  void createdAndDeleted_directoriesAroundWhatIsInThem() throws Exception {
    assumeThatBirthsAreKnown();
    assertThat(told("mkdir -p a/b; touch a/b/c", "rm -r a; mkdir -p d/e; touch d/e/f"))
        .containsExactly(
            "DELETED a/b/c",
            "DELETED a/b",
            "DELETED a",
            "CREATED d",
            "CREATED d/e",
            "CREATED d/e/f");
  }

  @Test
  void modified_butDirectoriesAreNot() throws Exception {
    assertThat(told("mkdir d; echo 1 > d/f; touch d/g", "echo 2 > d/f; touch d/h"))
        .containsExactly("CREATED d/h", "MODIFIED d/f");
  }

  @Test
  void modified_whereTheTimeIsSetBack() throws Exception {
    assertThat(told("echo 1 > f; touch -d 2020-01-01 f", "echo 2 > f; touch -d 2020-01-01 f"))
        .containsExactly("MODIFIED f");
  }

  @Test
  void moved_aDirectoryIsOne() throws Exception {
    assertThat(told("mkdir -p d/e; touch d/e/f d/g x", "mv d n; mv x n/e/y"))
        .containsExactly("MOVED d -> n", "MOVED x -> n/e/y");
  }

  @Test
  void movedAndModified() throws Exception {
    assertThat(told("echo 1 > f", "mv f g; echo 2 >> g"))
        .containsExactly("MOVED f -> g", "MODIFIED g");
  }

  @Test
  void movedIntoANewDirectory_andOutOfADeletedOne() throws Exception {
    assertThat(told("mkdir -p old/sub; touch old/sub/f", "mkdir new; mv old/sub/f new; rm -r old"))
        .containsExactly(
            "CREATED new", "MOVED old/sub/f -> new/f", "DELETED old/sub", "DELETED old");
  }

  @Test
  void replaced_andMovedOver() throws Exception {
    // The first one is kept elsewhere: else its inode's number might come again.
    assertThat(told("mkdir s; touch f; ln f s/f", "touch new; mv new f"))
        .containsExactly("REPLACED f", "MODIFIED s/f");
    assertThat(told("touch a b", "mv a b")).containsExactly("DELETED b", "MOVED a -> b");
  }

  @Test
  void replacedByAnotherType() throws Exception {
    assumeThatBirthsAreKnown();
    assertThat(told("touch f; mkdir d; touch d/x", "rm f; mkdir f; mv d/x f/y; rmdir d; touch d"))
        .containsExactlyInAnyOrder("REPLACED f", "MOVED d/x -> f/y", "REPLACED d");
  }

  @Test
  void swappedFiles_areReplaced() throws Exception {
    assertThat(told("touch a b", "mv a t; mv b a; mv t b"))
        .containsExactlyInAnyOrder("REPLACED a", "REPLACED b");
  }

  @Test
  void circleOfThree_isReplaced() throws Exception {
    assertThat(told("touch a b c", "mv a t; mv c a; mv b c; mv t b"))
        .containsExactlyInAnyOrder("REPLACED a", "REPLACED b", "REPLACED c");
  }

  @Test
  void chain_isThreeMoves() throws Exception {
    assertThat(told("touch a b c", "mv c d; mv b c; mv a b"))
        .containsExactly("MOVED c -> d", "MOVED b -> c", "MOVED a -> b");
  }

  @Test
  void swappedDirectories_areReplaced_andWhatIsInThemMoves() throws Exception {
    assertThat(told("mkdir a b; mkdir a/sub; touch a/sub/f a/x b/y", "mv a t; mv b a; mv t b"))
        .containsExactlyInAnyOrder(
            "MOVED a/sub -> b/sub",
            "MOVED a/x -> b/x",
            "MOVED b/y -> a/y",
            "REPLACED a",
            "REPLACED b");
  }

  @Test
  void directoryMovedIntoANewOneOfItsName() throws Exception {
    assertThat(told("mkdir a; touch a/f", "mv a t; mkdir a; mv t a/a"))
        .containsExactly("CREATED a/a", "MOVED a/f -> a/a/f", "REPLACED a");
  }

  @Test
  void directoriesTurnedInsideOut() throws Exception {
    assertThat(told("mkdir -p a/b; touch a/f a/b/g", "mv a/b b; mv a b/a"))
        .containsExactly("MOVED a/b -> b", "MOVED a -> b/a");
  }

  @Test
  void deepTreesSwapped_endInNames() throws Exception {
    String deep = "a/1/2/3/4/5/6/7/8/9/10/11/12";
    assertThat(
            told(
                "mkdir -p " + deep + " " + deep.replace('a', 'b') + "; touch " + deep + "/f",
                "mv a t; mv b a; mv t b"))
        .contains("DELETED " + deep + "/f", "CREATED " + deep.replace('a', 'b') + "/f")
        .hasSize(2 * 13 + 2);
  }

  @Test
  void hardLinks_comeAndGo() throws Exception {
    assertThat(told("touch a", "ln a b")).containsExactly("CREATED b", "MODIFIED a");
    assertThat(told("true", "rm a")).containsExactly("DELETED a", "MODIFIED b");
    // Which of them is which nobody can tell.
    assertThat(told("ln b c", "mv b d; mv c e")).hasSize(2).allMatch(it -> it.startsWith("MOVED"));
  }

  @Test
  void inodeThatComesAgain_isNoMove() throws Exception {
    assumeThatBirthsAreKnown();
    shell("echo 1 > a; touch -d 2020-01-01 a");
    TreeSnapshot older = take();
    shell("rm a; echo 2 > b; touch -d 2020-01-01 b");
    TreeSnapshot newer = take();
    assertThat(newer.changesSince(older).toString()).isEqualTo("[DELETED a, CREATED b]");
  }

  @Test
  void mode_isToldOfDirectoriesWhereItIsWanted() throws Exception {
    shell("mkdir d; touch f; chmod 755 d f");
    TreeSnapshot plain = take();
    TreeSnapshot older = TreeSnapshot.take(kernel.libC, root, EVERYTHING.withMode(), 1);
    shell("chmod 700 d f; mv f g");
    assertThat(take().changesSince(plain).toString()).isEqualTo("[MOVED f -> g]");
    TreeSnapshot newer = TreeSnapshot.take(kernel.libC, root, EVERYTHING.withMode(), 1);
    assertThat(newer.changesSince(older).stream().map(SnapshotChange::toString))
        .containsExactlyInAnyOrder("MOVED f -> g", "MODIFIED d", "MODIFIED g");
  }

  @Test
  void changedWithinATick_isModifiedOnce() throws Exception {
    shell("mkdir d; touch f");
    // Stamped with the time of this kernel: as if no time had passed, almost a tick, or less than
    // none.
    for (long after : new long[] {0, 9_000_000, -3600 * SECOND}) {
      stopClock(Files.createFile(root.resolve("now" + after)), after);
      TreeSnapshot uncertain = take();
      setClock(3600 * SECOND);
      TreeSnapshot certain = take();
      assertThat(certain.changesSince(uncertain).stream().map(SnapshotChange::toString))
          .contains("MODIFIED now" + after);
      assertThat(take().changesSince(certain)).isEmpty();
    }
  }

  @Test
  void timesOfWholeSeconds_areUncertainForTwo() throws Exception {
    Path file = Files.createFile(root.resolve("f"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().truncatedTo(SECONDS)));
    kernel.alter(
        "statx",
        (arguments, result) -> {
          AlteredKernel.filled(arguments).putInt(96 + 8, 0).putInt(112 + 8, 0);
          return result;
        });
    stopClock(file, 2 * SECOND - 1);
    assertThat(take().entry(Path.of("f")).orElseThrow().isUncertain()).isTrue();
    // When it was changed is the kernel's to say: a moment later, or more on a busy machine.
    stopClock(file, 60 * SECOND);
    assertThat(take().entry(Path.of("f")).orElseThrow().isUncertain()).isFalse();
  }

  @Test
  void modificationInTheFuture_isCertain() throws Exception {
    shell("touch -d 2040-01-01 f");
    assertThat(take().entry(Path.of("f")).orElseThrow().isUncertain()).isFalse();
  }

  @Test
  void directoryThatCannotBeReadForAWhile() throws Exception {
    shell("mkdir -p d/e s; touch d/f d/e/g; touch s/h");
    TreeSnapshot first = take();
    kernel.alter(
        "openat", (arguments, result) -> TreeSnapshotTest.isName(arguments[1], "d") ? -13 : result);
    shell("mv d/f x; rm s/h");
    TreeSnapshot second = take();
    assertThat(second.unreadable()).containsExactly(Path.of("d"));
    assertThat(second.entry(Path.of("d")).orElseThrow().isUnreadable()).isTrue();
    // Whether the file has its old name, too, nobody knows.
    assertThat(second.changesSince(first).toString())
        .isEqualTo("[DELETED s/h, CREATED x, MODIFIED d]");
    assertThat(take().changesSince(second)).isEmpty();
    kernel.alter("openat", result -> result);
    assertThat(take().changesSince(second).toString())
        .isEqualTo("[DELETED d, CREATED d, CREATED d/e, CREATED d/e/g]");
  }

  @Test
  void entryThatCannotBeAskedFor() throws Exception {
    shell("touch f g; mkdir d");
    TreeSnapshot first = take();
    kernel.alter(
        "statx", (arguments, result) -> arguments.length == 6 && isEntry(arguments) ? -13 : result);
    TreeSnapshot second = take();
    assertThat(second.unreadable()).hasSize(3);
    assertThat(second.entry(Path.of("d")).orElseThrow().isDirectory()).isTrue();
    assertThat(second.changesSince(first)).hasSize(3);
    assertThat(take().changesSince(second)).isEmpty();
    kernel.alter("statx", result -> result);
    assertThat(take().changesSince(second).stream().map(SnapshotChange::toString))
        .containsExactlyInAnyOrder("DELETED d", "CREATED d", "MODIFIED f", "MODIFIED g");
  }

  /** Whether it is asked for by a name. */
  private static boolean isEntry(Object[] arguments) {
    return ((int) arguments[3] & LibC.AT_EMPTY_PATH) == 0;
  }

  @Test
  void devicesOfOtherNumbers_asAfterARestart() throws Exception {
    shell("mkdir d; touch d/f");
    TreeSnapshot older = take();
    kernel.alter(
        "statx",
        (arguments, result) -> {
          var statx = AlteredKernel.filled(arguments);
          statx.putLong(136, statx.getLong(136) + 5);
          return result;
        });
    shell("mv d/f g");
    assertThat(take().changesSince(older).toString()).isEqualTo("[MOVED d/f -> g]");
  }

  @Test
  void otherRootsAndFilters_areRefused() throws Exception {
    Path other = Files.createDirectory(root.resolve("other"));
    assertThatThrownBy(() -> TreeSnapshot.take(other).changesSince(before))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different roots");
    TreeSnapshot filtered = TreeSnapshot.take(root, EVERYTHING.exclude("x"));
    assertThatThrownBy(() -> filtered.changesSince(before))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different filters");
    assertThat(TreeSnapshot.take(root.resolve(".").resolve("")).root()).isEqualTo(root);
  }

  @Test
  void change_hasBothEntries() throws Exception {
    shell("echo 1 > a");
    TreeSnapshot older = take();
    shell("mkdir d; mv a d/b; echo 2 >> d/b");
    List<SnapshotChange> changes = take().changesSince(older);
    assertThat(changes.toString()).isEqualTo("[CREATED d, MOVED a -> d/b, MODIFIED d/b]");
    SnapshotChange moved = changes.get(1);
    assertThat(moved.path()).isEqualTo(Path.of("d/b"));
    assertThat(moved.from()).contains(Path.of("a"));
    assertThat(moved.fromBytes().orElseThrow()).containsExactly('a');
    assertThat(moved.pathBytes()).containsExactly('d', '/', 'b');
    assertThat(moved.before().orElseThrow().size()).isEqualTo(2);
    assertThat(moved.after().orElseThrow().size()).isEqualTo(4);
    assertThat(moved.isDirectory()).isFalse();
    assertThat(changes.get(0).isDirectory()).isTrue();
    assertThat(changes.get(0).before()).isEmpty();
    assertThat(changes.get(0).from()).isEmpty();
    assertThat(changes.get(0).fromBytes()).isEmpty();
  }
}
