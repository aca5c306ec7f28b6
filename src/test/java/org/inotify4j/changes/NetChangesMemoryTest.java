package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.changes.NetChangeText.bytes;

import java.util.Map;
import java.util.stream.Collectors;
import org.inotify4j.follow.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered until the batch is taken: what differs, and what leads there. */
final class NetChangesMemoryTest {

  private final NetChangeScene scene = new NetChangeScene();
  private final NetChanges changes = scene.changes;

  @AfterEach
  void nothingIsLeft() {
    scene.assertEmpty();
  }

  /** So many, and the root. */
  private void assertRemembered(int size) {
    assertThat(changes.size()).isEqualTo(size + 1);
  }

  private void assertRemembered(int size, String... batch) {
    assertRemembered(size);
    assertThat(scene.take()).containsExactly(batch);
  }

  private Map<String, Origin> takeOrigins() {
    return changes.take().stream()
        .collect(Collectors.toMap(NetChangeText::text, NetChange::origin));
  }

  @Test
  void whatHadLeftADirectoryThatIsYetToBeTold_isForgotten() {
    scene.delete("d/x");
    assertRemembered(2);
    scene.exist("d/");
    assertRemembered(1, "EXISTING d/");
  }

  @Test
  void theDirectoryThatAFileLeft_isForgotten() {
    scene.create("d/x");
    assertRemembered(2);
    scene.move("d/x", "y");
    assertRemembered(1, "CREATED y");
  }

  @Test
  void whatWasMovedOver_isForgotten_whereItWasNew() {
    scene.create("b");
    scene.move("a", "b");
    assertRemembered(1, "MOVED a -> b");
    scene.createDirectory("d");
    scene.create("d/x");
    scene.moveDirectory("e", "d");
    assertRemembered(1, "MOVED e -> d/");
  }

  @Test
  void whatWasMovedOver_endsInTheSameWay() {
    changes.modified(bytes("d"), true, Origin.KERNEL);
    changes.moved(bytes("e"), bytes("d"), true, Origin.RESCAN);
    assertThat(takeOrigins())
        .isEqualTo(Map.of("DELETED d/", Origin.RESCAN, "MOVED e -> d/", Origin.RESCAN));
  }

  @Test
  void whatWasGoneFromADirectory_isForgottenWithIt() {
    scene.delete("d/x");
    scene.delete("d/y");
    scene.deleteDirectory("d");
    assertRemembered(1, "DELETED d/");
  }

  @Test
  void aFileOnTheWay_makesRoomForTheDirectoryThatMustBeThere() {
    scene.create("a");
    scene.create("a/b");
    assertRemembered(2, "CREATED a/", "CREATED a/b");
    scene.write("a");
    scene.create("a/b");
    assertRemembered(3, "DELETED a", "CREATED a/", "CREATED a/b");
  }

  @Test
  void aDirectoryThatCameUnheardOf_isRemembered() {
    scene.deleteDirectory("d");
    scene.create("d/a");
    assertRemembered(3, "DELETED d/", "CREATED d/", "CREATED d/a");
  }

  @Test
  void whatMovesAsAnotherType_wasAnother() {
    scene.create("a");
    scene.moveDirectory("a", "b");
    assertRemembered(1, "CREATED b/");
  }
}
