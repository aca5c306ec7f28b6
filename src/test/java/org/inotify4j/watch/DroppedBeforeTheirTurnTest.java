package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.INotifyModifiers.exclude;

import java.lang.ref.WeakReference;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.inotify4j.follow.Follower;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A key whose follower is held up is registered again and again: of those that wait for it, and are
 * dropped before their turn, nothing is left.
 */
final class DroppedBeforeTheirTurnTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final int TIMES = 40;

  /** Those that may wait, and the last one, which took the place of others. */
  private static final int WAITING = 9;

  private final List<WeakReference<Object>> made = new ArrayList<>();

  static Stream<List<WatchEvent.Modifier>> modifiers() {
    return Stream.of(
        List.of(RECURSIVE, RESCAN), List.of(RECURSIVE), List.of(RECURSIVE, RESCAN, INITIAL));
  }

  @ParameterizedTest
  @MethodSource("modifiers")
  void nothingIsLeftOfThem(List<WatchEvent.Modifier> modifiers) throws Exception {
    try (Gate gate = new Gate()) {
      WatchKey key = service.register(root, CREATED, RECURSIVE, RESCAN, gate.holdingAt("held"));
      touch("held");
      gate.awaitReached();
      for (int i = 0; i < TIMES; i++) {
        List<WatchEvent.Modifier> all = new ArrayList<>(modifiers);
        all.add(exclude("x" + i));
        service.register(root, CREATED, all.toArray(WatchEvent.Modifier[]::new));
        note(key);
      }
      await()
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(made).filteredOn(one -> one.get() != null).hasSize(2 * WAITING);
              });
    }
  }

  /** What follows a key, and what knows what that was told. */
  private void note(WatchKey key) {
    Follower follower = Objects.requireNonNull(((Key) key).follower());
    made.add(new WeakReference<>(follower));
    made.add(new WeakReference<>(follower.model()));
  }

  /** However many there were, the last one has its turn. */
  @Test
  void theLastOneTells() throws Exception {
    List<String> expected = new ArrayList<>(List.of("ENTRY_CREATE held"));
    WatchKey key;
    try (Gate gate = new Gate()) {
      key = service.register(root, CREATED, RECURSIVE, RESCAN, gate.holdingAt("held"));
      touch("held");
      gate.awaitReached();
      for (int i = 0; i < TIMES; i++) {
        service.register(root, CREATED, RECURSIVE, RESCAN, exclude("x" + i));
        touch("new" + i);
        expected.add("ENTRY_CREATE new" + i);
      }
    }
    assertThat(told(key)).containsExactlyInAnyOrderElementsOf(expected);
    touch("last");
    assertThat(told(key)).containsExactly("ENTRY_CREATE last");
    assertThat(service.snapshot(key).size()).isEqualTo(expected.size() + 1);
  }
}
