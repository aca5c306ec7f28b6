package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.changes.NetChangeText.bytes;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.follow.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a batch says of what happened to files. */
final class NetChangesTest {

  private final NetChangeScene scene = new NetChangeScene();
  private final NetChanges changes = scene.changes;

  @AfterEach
  void nothingIsLeft() {
    scene.assertEmpty();
  }

  // One entry.

  @Test
  void oneThing_isTold() {
    scene.create("a");
    assertThat(changes.isEmpty()).isFalse();
    assertThat(scene.take()).containsExactly("CREATED a");
    scene.write("a");
    assertThat(scene.take()).containsExactly("MODIFIED a");
    scene.move("a", "b");
    assertThat(scene.take()).containsExactly("MOVED a -> b");
    scene.delete("b");
    assertThat(scene.take()).containsExactly("DELETED b");
  }

  @Test
  void madeAndDeleted_isNothing() {
    scene.create("d/a");
    scene.write("d/a");
    scene.delete("d/a");
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void madeAndWritten_isCreated() {
    scene.create("a");
    scene.write("a");
    assertThat(scene.take()).containsExactly("CREATED a");
  }

  @Test
  void writtenTwice_isOneModification() {
    scene.write("a");
    scene.write("a");
    assertThat(scene.take()).containsExactly("MODIFIED a");
  }

  @Test
  void deletedAndMadeAgain_isModified() {
    scene.delete("a");
    scene.create("a");
    assertThat(scene.take()).containsExactly("MODIFIED a");
    scene.delete("a");
    scene.create("a");
    scene.delete("a");
    assertThat(scene.take()).containsExactly("DELETED a");
  }

  @Test
  void writtenAndDeleted_isDeleted() {
    scene.write("a");
    scene.delete("a");
    assertThat(scene.take()).containsExactly("DELETED a");
  }

  // Moves.

  @Test
  void movedTwice_isOneMove() {
    scene.move("a", "b");
    scene.move("b", "d/c");
    assertThat(scene.take()).containsExactly("MOVED a -> d/c");
  }

  @Test
  void movedThereAndBack_isNothing() {
    scene.move("a", "b");
    scene.move("b", "a");
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void movedThereAndBack_writtenMeanwhile_isModified() {
    scene.move("a", "b");
    scene.write("b");
    scene.move("b", "a");
    assertThat(scene.take()).containsExactly("MODIFIED a");
  }

  @Test
  void movedAndWritten_isMovedAndSaysSo() {
    scene.write("a");
    scene.move("a", "b");
    assertThat(scene.take()).containsExactly("MOVED a -> b *");
    scene.move("a", "b");
    scene.write("b");
    assertThat(scene.take()).containsExactly("MOVED a -> b *");
  }

  @Test
  void movedAndDeleted_isTheEndOfTheOldPath() {
    scene.move("a", "b");
    scene.delete("b");
    assertThat(scene.take()).containsExactly("DELETED a");
  }

  @Test
  void madeAndMoved_isCreatedAtTheEnd() {
    scene.create("a");
    scene.move("a", "b");
    scene.move("b", "c");
    assertThat(scene.take()).containsExactly("CREATED c");
  }

  @Test
  void movedOverAnother_isMoved() {
    scene.moveOver("a", "b");
    assertThat(scene.take()).containsExactly("MOVED a -> b");
    scene.moveOver("a", "b");
    scene.delete("b");
    assertThat(scene.take()).containsExactly("DELETED b", "DELETED a");
  }

  @Test
  void movedOverAnotherAndAway_endsTheOther() {
    scene.moveOver("a", "b");
    scene.move("b", "c");
    assertThat(scene.take()).containsExactly("MOVED a -> c", "DELETED b");
  }

  @Test
  void whatTakesThePlaceOfWhatMoved_comesAfterIt() {
    scene.create("log");
    changes.take();
    scene.move("log", "log.1");
    scene.create("log");
    assertThat(scene.take()).containsExactly("MOVED log -> log.1", "CREATED log");
  }

  @Test
  void aRow_movesFromItsEnd() {
    scene.delete("log.3");
    scene.move("log.2", "log.3");
    scene.move("log.1", "log.2");
    scene.move("log", "log.1");
    scene.create("log");
    assertThat(scene.take())
        .containsExactly(
            "MOVED log.2 -> log.3", "MOVED log.1 -> log.2", "MOVED log -> log.1", "CREATED log");
  }

  // Saving.

  @Test
  void safeSave_isModified() {
    scene.create("t");
    scene.write("t");
    scene.moveOver("t", "f");
    assertThat(scene.take()).containsExactly("MODIFIED f");
  }

  @Test
  void safeSave_asDeletionBefore_isModified() {
    scene.create("t");
    scene.delete("f");
    scene.move("t", "f");
    assertThat(scene.take()).containsExactly("MODIFIED f");
  }

  @Test
  void safeSave_ofANewFile_isCreated() {
    scene.create("t");
    scene.move("t", "f");
    assertThat(scene.take()).containsExactly("CREATED f");
  }

  @Test
  void safeSave_withABackup_isAMoveAndAFileThatCame() {
    scene.create("t");
    scene.move("f", "f~");
    scene.move("t", "f");
    assertThat(scene.take()).containsExactly("MOVED f -> f~", "CREATED f");
  }

  @Test
  void safeSave_withABackupThatIsDeleted_isModified() {
    for (int i = 0; i < 3; i++) {
      scene.create("t");
      scene.move("f", "f~");
      scene.move("t", "f");
      scene.delete("f~");
    }
    assertThat(scene.take()).containsExactly("MODIFIED f");
  }

  // What does not fit.

  @Test
  void whatIsNotThere_isNeitherModifiedNorDeleted() {
    scene.delete("a");
    scene.write("a");
    scene.delete("a");
    scene.createDirectory("d");
    scene.write("d/a");
    scene.delete("d/a");
    assertThat(scene.take()).containsExactly("CREATED d/", "DELETED a");
  }

  @Test
  void whatIsNotThere_comesByAMove() {
    scene.delete("a");
    scene.move("a", "b");
    assertThat(scene.take()).containsExactly("CREATED b", "DELETED a");
  }

  @Test
  void whatComesToADirectoryThatIsGone_bringsItBack() {
    scene.deleteDirectory("d");
    scene.create("d/a");
    assertThat(scene.take()).containsExactly("DELETED d/", "CREATED d/", "CREATED d/a");
  }

  @Test
  void moveIntoItself_isPassedOver() {
    scene.moveDirectory("d", "d/e/f");
    scene.moveDirectory("d", "d");
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void anyBytes_areAName() {
    byte[] path = {'d', '/', (byte) 0xFF, (byte) 0x80, '\n'};
    changes.created(path, false, Origin.KERNEL);
    assertThat(changes.take()).singleElement().extracting(NetChange::path).isEqualTo(path);
  }

  @Test
  void origin_isThatOfTheLast() {
    changes.created(bytes("a"), false, Origin.LISTING);
    changes.modified(bytes("a"), false, Origin.POLL);
    changes.deleted(bytes("b"), false, Origin.RESCAN);
    List<Origin> origins = new ArrayList<>();
    changes.take().forEach(change -> origins.add(change.origin()));
    assertThat(origins).containsExactly(Origin.POLL, Origin.RESCAN);
  }
}
