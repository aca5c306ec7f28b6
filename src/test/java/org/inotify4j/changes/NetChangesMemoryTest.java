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

  @Test
  void anExchangeThatCannotBe_leavesNothing() {
    changes.exchanged(bytes("d"), true, bytes("d/e"), true, Origin.KERNEL);
    assertThat(changes.isEmpty()).isTrue();
    changes.exchanged(bytes("d/e/f"), false, bytes("d"), true, Origin.KERNEL);
    assertThat(changes.isEmpty()).isTrue();
    changes.exchanged(bytes("d"), true, bytes("d"), true, Origin.KERNEL);
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void anExchangeAndTheSameOnceMore_leavesNothing() {
    for (int i = 0; i < 2; i++) {
      changes.exchanged(bytes("d/a"), false, bytes("e/f/b"), true, Origin.KERNEL);
    }
    assertThat(changes.isEmpty()).isTrue();
  }

  @Test
  void filesThatHaveChangedPlaces_areModifiedEachAtItsNewPlace() {
    changes.exchanged(bytes("a"), false, bytes("b"), false, Origin.KERNEL);
    changes.modified(bytes("a"), false, Origin.POLL);
    assertThat(takeOrigins())
        .isEqualTo(Map.of("MODIFIED a", Origin.POLL, "MODIFIED b", Origin.KERNEL));
  }

  @Test
  void anExchangeWithWhatIsNotThere_isOneWithWhatCameUnheardOf() {
    scene.delete("a");
    changes.exchanged(bytes("a"), false, bytes("b"), false, Origin.KERNEL);
    assertThat(scene.take()).containsExactly("MOVED b -> a", "CREATED b");
    scene.delete("a");
    changes.exchanged(bytes("b"), false, bytes("a"), false, Origin.KERNEL);
    assertThat(scene.take()).containsExactly("MOVED b -> a", "CREATED b");
    scene.delete("d");
    scene.deleteDirectory("e");
    changes.exchanged(bytes("d"), false, bytes("e"), true, Origin.KERNEL);
    assertThat(scene.take()).containsExactly("DELETED e/", "CREATED e", "DELETED d", "CREATED d/");
  }
}
