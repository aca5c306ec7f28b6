package org.inotify4j.entries;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.entries.Entries.told;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order what comes, goes and moves is told, so that each can be done in its turn. */
final class DifferencesInOrderTest {

  private final Entries older = new Entries();
  private final Entries newer = new Entries();

  private List<String> differences() {
    return told(Differences.between(older.rows, newer.rows));
  }

  @Test
  void chain_movesFromItsEnd() {
    older.file("a", 2).file("b", 3).file("c", 4);
    newer.file("b", 2).file("c", 3).file("d", 4);
    assertThat(differences()).containsExactly("MOVED c > d", "MOVED b > c", "MOVED a > b");
  }

  @Test
  void swapped_areReplaced() {
    older.file("a", 2).file("b", 3).file("c", 4);
    newer.file("a", 3).file("b", 2).file("d", 4);
    assertThat(differences()).containsExactly("MOVED c > d", "REPLACED a", "REPLACED b");
  }

  @Test
  void circle_andAChainThatEndsInIt() {
    older.file("a", 2).file("b", 3).file("c", 4).file("x", 5);
    newer.file("a", 4).file("b", 2).file("c", 3).file("y", 5);
    assertThat(differences())
        .containsExactly("MOVED x > y", "REPLACED a", "REPLACED b", "REPLACED c");
  }

  @Test
  void swappedDirectories_areReplaced_andWhatIsInThemMoves() {
    older.directory("a", 2).file("a/f", 3).directory("b", 4).file("b/g", 5);
    newer.directory("a", 4).file("a/g", 5).directory("b", 2).file("b/f", 3);
    assertThat(differences()).containsExactly("MOVED b/g > a/g", "MOVED a/f > b/f");
  }

  @Test
  void turnedInsideOut() {
    older.directory("a", 2).directory("a/b", 3);
    newer.directory("b", 3).directory("b/a", 2);
    assertThat(differences()).containsExactly("MOVED a/b > b/", "MOVED a > b/a/");
  }

  @Test
  void movedOver_whatWasThereGoesBefore() {
    older.file("a", 2).file("b", 3);
    newer.file("b", 2);
    assertThat(differences()).containsExactly("DELETED b", "MOVED a > b");
  }

  @Test
  void movedInThePlaceOfADirectory_thatSomethingMovesOutOf() {
    older.directory("d", 2).directory("d/e", 3).file("d/e/f", 4).file("d/g", 5).file("x", 6);
    newer.file("d", 6).file("f", 4).file("g", 5);
    assertThat(differences())
        .containsExactly(
            "MOVED d/g > g", "MOVED d/e/f > f", "DELETED d/e/", "DELETED d/", "MOVED x > d");
  }

  @Test
  void createdInThePlaceOfADirectory_thatSomethingMovesOutOf_isReplaced() {
    older.directory("d", 2).file("d/f", 4).directory("d/e", 3).file("d/e/g", 5);
    newer.file("d", 6).file("f", 4).file("g", 5);
    assertThat(differences())
        .containsExactly("MOVED d/e/g > g", "MOVED d/f > f", "DELETED d/e/", "REPLACED d");
  }

  @Test
  void replacedByAnotherType() {
    older.directory("a", 2).file("b", 3).directory("c", 4).file("c/f", 5);
    newer.file("a", 6).directory("b", 7).file("b/g", 8).file("c", 9);
    assertThat(differences())
        .containsExactly("DELETED c/f", "REPLACED a", "REPLACED b/", "CREATED b/g", "REPLACED c");
  }

  @Test
  void anotherDirectoryOfThatName_isNotTold() {
    older.directory("a", 2).file("a/f", 3);
    newer.directory("a", 4).file("a/g", 5);
    assertThat(differences()).containsExactly("DELETED a/f", "CREATED a/g");
  }

  @Test
  void movedIntoANewDirectory_andOutOfADeletedOne() {
    older.directory("a", 2).file("a/f", 3).file("a/g", 4);
    newer.directory("b", 5).file("b/f", 3);
    assertThat(differences())
        .containsExactly("DELETED a/g", "CREATED b/", "MOVED a/f > b/f", "DELETED a/");
  }

  @Test
  void directoryMovedIntoANewOneOfItsName() {
    older.directory("a", 2).file("a/f", 3);
    newer.directory("a", 4).directory("a/a", 2).file("a/a/f", 3);
    // No plain move can do that: what is in it moves.
    assertThat(differences()).containsExactly("CREATED a/a/", "MOVED a/f > a/a/f");
  }

  @Test
  void longChains_takeRoom() {
    int length = 200;
    for (int i = 0; i < length; i++) {
      older.file("f" + i, 10 + i);
      newer.file("f" + (i + 1), 10 + i);
    }
    assertThat(differences())
        .isEqualTo(
            IntStream.range(0, length)
                .map(i -> length - 1 - i)
                .mapToObj(i -> "MOVED f" + i + " > f" + (i + 1))
                .collect(toList()));
  }

  @Test
  void deepTrees_areToldByWhereTheyAre() {
    StringBuilder path = new StringBuilder("d");
    older.directory("d", 10);
    for (int i = 1; i < 40; i++) {
      path.append("/d");
      older.directory(path.toString(), 10 + i);
    }
    older.file(path + "/f", 2);
    newer.directory("e", 10);
    String end = path.substring(1);
    String at = "e";
    for (int i = 1; i < 40; i++) {
      at += "/d";
      newer.directory(at, 10 + i);
    }
    assertThat(differences()).containsExactly("DELETED d" + end + "/f", "MOVED d > e/");
  }

  @Test
  void whoIsWaitedForAsADirectory_moves_andWhoIsInItsPlaceDoesNot() {
    older.directory("d", 2).file("x", 3);
    newer.directory("x", 2).file("x/y", 3);
    assertThat(differences()).containsExactly("DELETED x", "MOVED d > x/", "CREATED x/y");
  }

  /**
   * A circle at each depth: what is so deep that it would take too many rounds counts as others.
   */
  @Test
  void deepTreesSwapped_endInNames() {
    String a = "a";
    String b = "b";
    for (int depth = 0; depth < 12; depth++) {
      older.directory(a, 10 + depth).directory(b, 30 + depth);
      newer.directory(a, 30 + depth).directory(b, 10 + depth);
      a += "/" + depth;
      b += "/" + depth;
    }
    older.file(a, 2);
    newer.file(b, 2);
    assertThat(differences()).containsExactly("DELETED " + a, "CREATED " + b);
  }
}
