package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.EXCLUDE_UNLINKED;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.INotifyModifiers.exclude;

import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is registered anew while events wait that there is no room for. */
final class RegisteredAnewWhileFullTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] BOTH = {ENTRY_CREATE, ENTRY_DELETE};
  private static final WatchEvent.Modifier[] NONE = {};
  private static final int BOUND = 10;
  private static final int FILES = 300;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private INotifyWatchService small;

  @BeforeEach
  void openSmall() throws Exception {
    small = Bound.of(BOUND, hub);
    for (int i = 0; i < FILES; i++) {
      touch("f" + i);
    }
  }

  @AfterEach
  void closeSmall() {
    small.close();
    threads.shutdownNow();
  }

  /** A key whose listing waits for room. */
  private WatchKey registerFull() throws Exception {
    WatchKey key = small.register(root, BOTH, RECURSIVE, RESCAN, INITIAL);
    assertThat(small.poll(10, SECONDS)).isSameAs(key);
    return key;
  }

  /** As fast as the program polls: each time that it has, there is room. */
  @Test
  void whatWaits_isToldAsFastAsThereIsRoom() throws Exception {
    WatchKey key = registerFull();
    small.register(root, BOTH, RECURSIVE, RESCAN, EXCLUDE_UNLINKED);
    long start = System.nanoTime();
    List<String> told = new ArrayList<>(Told.by(key));
    while (!told.contains("READY ")) {
      key.reset();
      assertThat(small.poll(10, SECONDS)).isSameAs(key);
      told.addAll(Told.by(key));
    }
    assertThat(told).hasSize(FILES + 1).endsWith("READY ");
    // A second each time, where it is looked for room now and then.
    assertThat(System.nanoTime() - start).isLessThan(SECONDS.toNanos(FILES / BOUND / 3));
  }

  /** It is the program's one thread that asks, and that would make room. */
  @Test
  void snapshot_isOfWhatWasToldSoFar_andWaitsForNoRoom() throws Exception {
    WatchKey key = registerFull();
    List<String> told = new ArrayList<>(Told.by(key));
    key.reset();
    assertThat(small.poll(10, SECONDS)).isSameAs(key);
    small.register(root, BOTH, RECURSIVE, RESCAN, exclude("f1*"));
    Future<TreeSnapshot> asking = threads.submit(() -> small.snapshot(key));
    TreeSnapshot snapshot = asking.get(10, SECONDS);
    assertThat(snapshot.entries().map(entry -> "EXISTS " + entry.path()))
        .containsExactlyInAnyOrderElementsOf(
            told.stream().filter(event -> !event.startsWith("EXISTS f1")).toList());
    assertThat(snapshot.filter()).isEqualTo(TreeFilter.EVERYTHING.exclude("f1*"));
  }

  @Test
  void snapshot_isGiven_howeverOftenTheKeyIsRegisteredMeanwhile() throws Exception {
    WatchKey key = service.register(root, BOTH, RECURSIVE, RESCAN);
    Future<?> registering =
        threads.submit(
            () -> {
              for (int i = 0; i < 100; i++) {
                service.register(root, BOTH, RECURSIVE, RESCAN, exclude("f1" + i % 2));
              }
              return null;
            });
    while (!registering.isDone()) {
      TreeSnapshot snapshot = service.snapshot(key);
      String filter = snapshot.filter().toString();
      String out = filter.contains("f10") ? "f10" : filter.contains("f11") ? "f11" : "none";
      assertThat(snapshot.entries().map(entry -> entry.path().toString())).doesNotContain(out);
      assertThat(snapshot.size()).isIn(FILES - 1, FILES, FILES - 2);
    }
    registering.get(1, MILLISECONDS);
  }

  /** More wait than may: some of them are dropped, and tell nothing of what they heard. */
  @Test
  void howeverOftenItIsRegistered_allIsTold_andNoOverflow() throws Exception {
    List<String> expected = new ArrayList<>(List.of("ENTRY_CREATE held"));
    try (Gate gate = new Gate()) {
      WatchKey key = service.register(root, BOTH, RECURSIVE, RESCAN, gate.holdingAt("held"));
      touch("held");
      gate.awaitReached();
      for (int i = 0; i < 30; i++) {
        service.register(root, BOTH, RECURSIVE, RESCAN, exclude("x" + i));
        touch("new" + i);
        expected.add("ENTRY_CREATE new" + i);
      }
      gate.open();
      assertThat(told(key)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(service.snapshot(key).size()).isEqualTo(FILES + expected.size());
    }
  }

  /** What those heard who are dropped nobody knows, where they kept nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void whereTheyKeptNothing_itIsAnOverflow(int keptLater) throws Exception {
    try (Gate gate = new Gate()) {
      WatchKey key = service.register(root, BOTH, RECURSIVE, gate.holdingAt("held"));
      touch("held");
      gate.awaitReached();
      for (int i = 0; i < 13; i++) {
        service.register(root, BOTH, RECURSIVE, exclude("x" + i));
        touch("new" + i);
      }
      for (int i = 0; i < keptLater; i++) {
        service.register(root, BOTH, RECURSIVE, RESCAN, exclude("y" + i));
      }
      gate.open();
      // Each that is dropped may be one.
      assertThat(told(key)).singleElement().asString().startsWith("OVERFLOW");
      touch("last");
      assertThat(told(key)).containsExactly("ENTRY_CREATE last");
    }
  }

  /** Who is told by a plain watch from then on is not told what is late, which nobody looks for. */
  @Test
  void whereAPlainRegistrationFollows_whatIsLate_isAnOverflow() throws Exception {
    try (Gate gate = new Gate()) {
      WatchKey key = service.register(root, BOTH, RECURSIVE, RESCAN, gate.holdingAt("held"));
      touch("held");
      gate.awaitReached();
      touch("late");
      assertThat(service.register(root, BOTH)).isSameAs(key);
      // The poller has come by, and the tree is held up still.
      assertThat(service.sync(Duration.ofMillis(200))).isFalse();
      gate.open();
      assertThat(told(key)).containsExactly("OVERFLOW");
      touch("last");
      assertThat(told(key)).containsExactly("ENTRY_CREATE last");
    }
  }

  /** What is owed is told by nobody where the next one does not look. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereWhoComesNextKeepsNothing_whatThereWasNoRoomFor_isAnOverflow(boolean isTree)
      throws Exception {
    WatchKey key = small.register(root, BOTH, RECURSIVE, RESCAN);
    for (int i = 0; i < FILES; i++) {
      touch("new" + i);
    }
    // As much as there is room for is told: what is not waits for the program.
    assertThat(small.sync(Duration.ofMillis(500))).isFalse();
    small.register(root, BOTH, isTree ? new WatchEvent.Modifier[] {RECURSIVE} : NONE);
    Pending.sync(small);
    assertThat(Told.by(key)).containsExactly("OVERFLOW");
    key.reset();
    touch("later");
    Pending.sync(small);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE later");
  }

  /** It begins anew with what is there. */
  @Test
  void whereAllIsToldAnew_thereIsNoOverflow() throws Exception {
    WatchKey key = small.register(root, BOTH, RECURSIVE, RESCAN);
    for (int i = 0; i < 2 * BOUND; i++) {
      touch("new" + i);
    }
    assertThat(small.sync(Duration.ofMillis(200))).isFalse();
    small.register(root, BOTH, RECURSIVE, RESCAN, INITIAL);
    List<String> told = new ArrayList<>();
    await().until(() -> told.addAll(Told.by(key)) && key.reset() && told.contains("READY "));
    assertThat(told).filteredOn(event -> event.startsWith("EXISTS ")).hasSize(FILES + 2 * BOUND);
    assertThat(told).doesNotContain("OVERFLOW");
  }
}
