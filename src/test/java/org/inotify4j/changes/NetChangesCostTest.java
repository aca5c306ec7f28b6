package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.changes.NetChangeText.bytes;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.inotify4j.follow.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What costs a moment must not cost the square of it: then these would take minutes. */
@Timeout(20)
final class NetChangesCostTest {

  private static final int MANY = 100_000;

  private final NetChanges changes = new NetChanges();

  @Test
  void modifications_areOneForEachFile() {
    for (int i = 0; i < 4 * MANY; i++) {
      changes.modified(bytes("a/directory/file" + i % 10_000), false, Origin.KERNEL);
    }
    assertThat(changes.take()).hasSize(10_000);
  }

  @Test
  void moveOfADirectory_costsTheSameWhateverIsPendingBelow() {
    for (int i = 0; i < MANY; i++) {
      changes.created(bytes("d0/" + i), false, Origin.KERNEL);
    }
    for (int i = 0; i < MANY; i++) {
      changes.moved(bytes("d" + i), bytes("d" + (i + 1)), true, Origin.KERNEL);
    }
    List<NetChange> batch = changes.take();
    assertThat(batch).hasSize(MANY + 1);
    assertThat(NetChangeText.text(batch.get(0))).isEqualTo("MOVED d0 -> d" + MANY + "/");
  }

  @Test
  void whatMovesOutOfADirectoryThatIsDeleted_isGoneThroughOnce() {
    for (int i = 0; i < MANY; i++) {
      changes.moved(bytes("d/" + i), bytes("f/" + i), false, Origin.KERNEL);
    }
    changes.deleted(bytes("d"), true, Origin.KERNEL);
    changes.moved(bytes("e"), bytes("d"), true, Origin.KERNEL);
    List<NetChange> batch = changes.take();
    assertThat(batch).hasSize(MANY + 2);
    assertThat(batch.stream().skip(MANY).map(NetChangeText::text))
        .containsExactly("DELETED d/", "MOVED e -> d/");
  }

  @Test
  void filesThatMoveToTheDirectoryInPlaceOfTheirs_areGoneThroughOnce() {
    for (int i = 0; i < MANY; i++) {
      changes.moved(bytes("d/" + i), bytes("e/" + i), false, Origin.KERNEL);
    }
    changes.deleted(bytes("d"), true, Origin.KERNEL);
    changes.moved(bytes("e"), bytes("d"), true, Origin.KERNEL);
    List<NetChange> batch = changes.take();
    assertThat(batch).hasSize(MANY + 2);
    assertThat(batch.stream().limit(3).map(NetChangeText::text))
        .containsExactly("DELETED d/", "MOVED e -> d/", "CREATED d/0");
  }

  @Test
  void whatIsUndone_isForgotten() {
    for (int i = 0; i < MANY; i++) {
      String name = "d/e/" + i;
      changes.created(bytes(name), false, Origin.KERNEL);
      changes.moved(bytes(name), bytes(name + "x"), false, Origin.KERNEL);
      changes.deleted(bytes(name + "x"), false, Origin.KERNEL);
      changes.moved(bytes("a" + i), bytes("b"), false, Origin.KERNEL);
      changes.moved(bytes("b"), bytes("a" + i), false, Origin.KERNEL);
      assertThat(changes.size()).isZero();
    }
  }

  @Test
  void filesInACircle_areGoneThroughOnce() {
    changes.moved(bytes("0"), bytes("t"), false, Origin.KERNEL);
    for (int i = 1; i < MANY; i++) {
      changes.moved(bytes("" + i), bytes("" + (i - 1)), false, Origin.KERNEL);
    }
    changes.moved(bytes("t"), bytes("" + (MANY - 1)), false, Origin.KERNEL);
    assertThat(changes.take())
        .hasSize(MANY)
        .allSatisfy(change -> assertThat(change.type()).isEqualTo(NetChange.Type.MODIFIED));
  }

  @Test
  void deepDirectories_takeNoStack() {
    String path = IntStream.range(0, 4000).mapToObj(any -> "d").collect(Collectors.joining("/"));
    for (int length = 1; length <= path.length(); length += 2) {
      changes.created(bytes(path.substring(0, length)), true, Origin.KERNEL);
    }
    changes.created(bytes(path + "/a"), false, Origin.KERNEL);
    assertThat(changes.size()).isEqualTo(4002);
    changes.moved(bytes(path), bytes("e"), true, Origin.KERNEL);
    changes.deleted(bytes("d"), true, Origin.KERNEL);
    assertThat(changes.take().stream().map(NetChangeText::text))
        .containsExactly("CREATED e/", "CREATED e/a");
  }
}
