package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.changes.NetChangeText.bytes;

import org.inotify4j.follow.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a batch says of directories, of circles, and of what was there. */
final class NetChangesOfTreesTest {

  private final NetChangeScene scene = new NetChangeScene();
  private final NetChanges changes = scene.changes;

  @AfterEach
  void nothingIsLeft() {
    scene.assertEmpty();
  }

  // Directories.

  @Test
  void directoryMade_isToldBeforeWhatIsInIt() {
    scene.createDirectory("d");
    scene.createDirectory("d/e");
    scene.create("d/e/a");
    scene.create("d/b");
    assertThat(scene.take())
        .containsExactly("CREATED d/", "CREATED d/e/", "CREATED d/b", "CREATED d/e/a");
  }

  @Test
  void directoryDeleted_standsForAllBelow() {
    scene.delete("d/a");
    scene.write("d/b");
    scene.create("d/c");
    scene.move("d/e", "d/f");
    scene.deleteDirectory("d");
    assertThat(scene.take()).containsExactly("DELETED d/");
  }

  @Test
  void directoryMadeAndDeleted_isNothing() {
    scene.createDirectory("d");
    scene.createDirectory("d/e");
    scene.create("d/e/a");
    scene.deleteDirectory("d");
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void directoryMoved_takesWhatIsPendingAlong() {
    scene.write("d/a");
    scene.create("d/b");
    scene.delete("d/c");
    scene.moveDirectory("d", "e");
    scene.write("e/x");
    assertThat(scene.take())
        .containsExactly(
            "MOVED d -> e/", "CREATED e/b", "DELETED e/c", "MODIFIED e/a", "MODIFIED e/x");
  }

  @Test
  void movedOutOfADirectoryThatIsDeleted_isMovedBefore() {
    scene.move("d/a", "a");
    scene.moveDirectory("d/e/f", "f");
    scene.deleteDirectory("d");
    assertThat(scene.take()).containsExactly("MOVED d/a -> a", "MOVED d/e/f -> f/", "DELETED d/");
  }

  @Test
  void movedOutOfADirectoryThatIsDeleted_andDeleted_isNotMentioned() {
    scene.move("d/e/a", "a");
    scene.deleteDirectory("d");
    scene.delete("a");
    assertThat(changes.size()).isEqualTo(2); // The root and d.
    assertThat(scene.take()).containsExactly("DELETED d/");
  }

  @Test
  void movedOutOfADirectoryThatMoves_isMovedFromWhereItIsThen() {
    scene.move("d/a", "d/b");
    scene.moveDirectory("d", "e");
    scene.move("e/c", "c");
    assertThat(scene.take()).containsExactly("MOVED d -> e/", "MOVED e/c -> c", "MOVED e/a -> e/b");
  }

  @Test
  void movedIntoADirectoryThatIsDeleted_isDeletedWhereItWas() {
    scene.move("a", "d/a");
    scene.create("d/b");
    scene.deleteDirectory("d");
    assertThat(scene.take()).containsExactlyInAnyOrder("DELETED a", "DELETED d/");
  }

  @Test
  void movedIntoADirectoryThatCame_comesAfterIt() {
    scene.createDirectory("z");
    scene.move("a", "z/a");
    assertThat(scene.take()).containsExactly("CREATED z/", "MOVED a -> z/a");
  }

  @Test
  void directoryMadeAgain_isAnotherOne() {
    scene.delete("d/a");
    scene.deleteDirectory("d");
    scene.createDirectory("d");
    scene.create("d/b");
    assertThat(scene.take()).containsExactly("DELETED d/", "CREATED d/", "CREATED d/b");
  }

  @Test
  void typeThatChanges_isAnEndBefore() {
    scene.delete("a");
    scene.createDirectory("a");
    scene.deleteDirectory("d");
    scene.create("d");
    assertThat(scene.take()).containsExactly("DELETED a", "CREATED a/", "DELETED d/", "CREATED d");
  }

  @Test
  void directoryMovedToThePlaceOfAnother_isAnEndBefore() {
    scene.move("d/a", "a");
    scene.deleteDirectory("d");
    scene.moveDirectory("e", "d");
    assertThat(scene.take()).containsExactly("MOVED d/a -> a", "DELETED d/", "MOVED e -> d/");
  }

  @Test
  void statusOfADirectory_isItsModification() {
    changes.modified(bytes("d"), true, Origin.KERNEL);
    scene.create("d/a");
    assertThat(scene.take()).containsExactly("CREATED d/a", "MODIFIED d/");
  }

  @Test
  void parentsThatChangePlaces() {
    scene.moveDirectory("a/b", "t");
    scene.moveDirectory("a", "t/b");
    scene.moveDirectory("t", "a");
    assertThat(scene.take())
        .containsExactly(
            "MOVED a -> .inotify4j-aside-1/",
            "MOVED .inotify4j-aside-1/b -> a/",
            "MOVED .inotify4j-aside-1 -> a/b/");
  }

  // Circles.

  /** Two entries change places, by way of another name. */
  private void exchange(String one, boolean isDirectory, String other, boolean otherIsDirectory) {
    changes.moved(bytes(one), bytes("t"), isDirectory, Origin.KERNEL);
    changes.moved(bytes(other), bytes(one), otherIsDirectory, Origin.KERNEL);
    changes.moved(bytes("t"), bytes(other), isDirectory, Origin.KERNEL);
  }

  @Test
  void filesThatChangePlaces_areModified() {
    exchange("a", false, "b", false);
    assertThat(scene.take()).containsExactlyInAnyOrder("MODIFIED a", "MODIFIED b");
    exchange("a", false, "d/b", false);
    assertThat(scene.take()).containsExactlyInAnyOrder("MODIFIED a", "MODIFIED d/b");
  }

  @Test
  void filesThatChangePlacesTwice_areNothing() {
    exchange("a", false, "b", false);
    exchange("a", false, "b", false);
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void exchangeOfFiles_heardAsMovesAndAnArrival_isModified() {
    scene.moveOver("a", "b");
    scene.move("b", "a");
    changes.created(bytes("b"), false, Origin.LISTING);
    assertThat(scene.take()).containsExactlyInAnyOrder("MODIFIED a", "MODIFIED b");
  }

  @Test
  void directoriesThatChangePlaces_goByWayOfAnother() {
    scene.create("a/x");
    exchange("b", true, "a", true);
    scene.write("a/y");
    assertThat(scene.take())
        .containsExactly(
            "MOVED b -> .inotify4j-aside-1/",
            "MOVED a -> b/",
            "MOVED .inotify4j-aside-1 -> a/",
            "CREATED b/x",
            "MODIFIED a/y");
  }

  @Test
  void fileAndDirectoryThatChangePlaces_theFileComesAnew() {
    exchange("a", false, "b", true);
    assertThat(scene.take()).containsExactly("DELETED a", "MOVED b -> a/", "CREATED b");
  }

  @Test
  void fileThatTakesThePlaceOfItsDirectory_comesAnew() {
    scene.move("d/a", "t");
    scene.deleteDirectory("d");
    scene.move("t", "d");
    assertThat(scene.take()).containsExactly("DELETED d/", "CREATED d");
  }

  // What was there.

  @Test
  void existing_isTold() {
    scene.exist("d/");
    scene.exist("d/a");
    assertThat(scene.take()).containsExactly("EXISTING d/", "EXISTING d/a");
  }

  @Test
  void existing_thatIsNeverTold() {
    scene.exist("a");
    scene.delete("a");
    scene.exist("d/");
    scene.exist("d/b");
    scene.deleteDirectory("d");
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void existing_thatChangesBeforeItIsTold() {
    scene.exist("a");
    scene.exist("b");
    scene.exist("d/");
    scene.exist("d/c");
    scene.write("a");
    scene.move("b", "d/b");
    scene.moveDirectory("d", "e");
    assertThat(scene.take())
        .containsExactly("EXISTING a", "EXISTING e/", "EXISTING e/c", "EXISTING e/b");
  }

  @Test
  void existing_ofWhatCameMeanwhile_isToldOnce() {
    scene.create("a");
    scene.exist("a");
    assertThat(scene.take()).containsExactly("CREATED a");
  }

  @Test
  void existing_ofWhatWasHeardOfBefore() {
    scene.write("d/a");
    scene.delete("d/b");
    scene.move("d/c", "c");
    scene.exist("d/");
    scene.exist("d/a");
    assertThat(scene.take()).containsExactly("EXISTING d/", "EXISTING c", "EXISTING d/a");
  }

  // The root.

  @Test
  void root_isAnEntryToo() {
    changes.modified(bytes(""), true, Origin.KERNEL);
    assertThat(scene.take()).containsExactly("MODIFIED /");
    scene.write("a");
    changes.deleted(bytes(""), true, Origin.KERNEL);
    assertThat(scene.take()).containsExactly("DELETED /");
    changes.existing(bytes(""), true);
    scene.exist("a");
    assertThat(scene.take()).containsExactly("EXISTING /", "EXISTING a");
    scene.write("a");
    changes.deleted(bytes(""), true, Origin.KERNEL);
    changes.created(bytes(""), true, Origin.LISTING);
    scene.create("b");
    assertThat(scene.take()).containsExactly("DELETED /", "CREATED /", "CREATED b");
  }

  @Test
  void root_thatIsAFile() {
    scene.create("");
    assertThat(scene.take()).containsExactly("CREATED ");
    scene.write("");
    assertThat(scene.take()).containsExactly("MODIFIED ");
    scene.delete("");
    scene.create("");
    assertThat(scene.take()).containsExactly("MODIFIED ");
  }
}
