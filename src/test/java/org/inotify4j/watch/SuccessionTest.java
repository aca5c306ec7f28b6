package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Who registers a tree anew waits for nobody else's work, and nothing is told twice or not at all.
 */
class SuccessionTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final WatchEvent.Kind<?>[] BOTH = {ENTRY_CREATE, ENTRY_DELETE};

  /** What ends at all ends within so many seconds, on a loaded machine too. */
  private static final int LONG = 30;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** A matcher that excludes nothing, and waits where it comes to a name. */
  private static PathMatcher waitingAt(String name, Gate gate) {
    return path -> {
      if (path.endsWith(name)) {
        gate.pass();
      }
      return false;
    };
  }

  private WatchKey registerHeld(Path directory, Gate gate) throws Exception {
    return service.register(
        directory,
        CREATED,
        INotifyModifiers.RECURSIVE,
        INotifyModifiers.exclude(waitingAt("held", gate)));
  }

  @Test
  void whileTheWorkerIsHeldUp_othersAreRegistered_andTheOrderIsKept() throws Exception {
    Path other = Files.createDirectory(outside.resolve("other"));
    try (Gate gate = new Gate()) {
      WatchKey key = registerHeld(root, gate);
      touch("held");
      gate.awaitReached();
      touch("before");
      Future<WatchKey> again =
          threads.submit(() -> service.register(root, BOTH, INotifyModifiers.RECURSIVE));
      Future<WatchKey> another =
          threads.submit(() -> service.register(other, BOTH, INotifyModifiers.RECURSIVE));
      assertThat(again.get(5, SECONDS)).isSameAs(key);
      WatchKey others = another.get(5, SECONDS);
      touch("after");
      Files.delete(root.resolve("before"));
      Files.createFile(other.resolve("x"));
      assertThat(service.sync(Duration.ofMillis(100))).isFalse();
      gate.open();
      assertThat(told(key))
          .containsExactly(
              "ENTRY_CREATE held",
              "ENTRY_CREATE before",
              "ENTRY_CREATE after",
              "ENTRY_DELETE before");
      assertThat(Told.by(others)).containsExactly("ENTRY_CREATE x");
    }
    assertWatchesOf(root, other);
  }

  @Test
  void manyThatWaitForOneThatIsHeldUp_areReplaced_andTheKeyIsToldSo() throws Exception {
    try (Gate gate = new Gate()) {
      WatchKey key = registerHeld(root, gate);
      touch("held");
      gate.awaitReached();
      for (int i = 0; i < 30; i++) {
        service.register(root, i % 2 == 0 ? BOTH : CREATED, INotifyModifiers.RECURSIVE);
        touch("f" + i);
      }
      gate.open();
      List<String> told = told(key);
      assertThat(told).hasSize(1).allMatch(text -> text.startsWith("OVERFLOW"));
      touch("last");
      assertThat(told(key)).containsExactly("ENTRY_CREATE last");
    }
    assertWatchesAreTheDirectories();
  }

  @Test
  void plainInPlaceOfATreeThatIsHeldUp_tellsOfAnOverflow_andGoesOn() throws Exception {
    mkdirs("d");
    try (Gate gate = new Gate()) {
      WatchKey key = registerHeld(root, gate);
      touch("held");
      gate.awaitReached();
      service.register(root, BOTH);
      touch("f");
      // The poller has come by, and the tree is held up still.
      assertThat(service.sync(Duration.ofMillis(200))).isFalse();
      gate.open();
      assertThat(told(key)).anyMatch(text -> text.startsWith("OVERFLOW"));
      touch("d/unheard");
      touch("g");
      assertThat(told(key)).containsExactly("ENTRY_CREATE g");
    }
  }

  @Test
  void plainInPlaceOfSeveralThatWait_nothingLateIsToldBehindTheOverflow() throws Exception {
    try (Gate gate = new Gate()) {
      WatchKey key = registerHeld(root, gate);
      touch("held");
      gate.awaitReached();
      for (int i = 0; i < 3; i++) {
        touch("late" + i);
        service.register(root, i % 2 == 0 ? BOTH : CREATED, INotifyModifiers.RECURSIVE);
      }
      service.register(root, BOTH);
      touch("f");
      assertThat(service.sync(Duration.ofMillis(200))).isFalse();
      assertThat(key.pollEvents()).first().extracting(WatchEvent::kind).isEqualTo(OVERFLOW);
      key.reset();
      gate.open();
      // The one that was being told is the last.
      assertThat(told(key)).isSubsetOf("ENTRY_CREATE held");
      touch("g");
      assertThat(told(key)).containsExactly("ENTRY_CREATE g");
    }
  }

  @Test
  void aFaultLosesNoMark() throws Exception {
    AtomicInteger faults = new AtomicInteger();
    PathMatcher faulty =
        path -> {
          if (path.endsWith("faulty") && faults.getAndIncrement() == 0) {
            throw new InternalError("on purpose");
          }
          return false;
        };
    WatchKey key =
        service.register(root, BOTH, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude(faulty));
    try (Gate gate = kernel.holdReads()) {
      touch("faulty");
      touch("f");
      Future<Boolean> syncing = threads.submit(() -> service.sync(Duration.ofSeconds(20)));
      gate.open();
      assertThat(syncing.get(25, SECONDS)).isTrue();
    }
    assertThat(told(key)).anyMatch(text -> text.startsWith("OVERFLOW"));
    assertThat(faults).hasPositiveValue();
    touch("g");
    assertThat(told(key)).containsExactly("ENTRY_CREATE g");
  }

  @Test
  void underFourWriters_registeringGoesOn_andAllIsExactInTheEnd() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TreeChanges changes = new TreeChanges(i, root, outside);
      writers.add(
          threads.submit(
              () -> {
                while (!isOver.get()) {
                  changes.make(20);
                }
                return null;
              }));
    }
    WatchKey key = register(BOTH);
    for (int i = 0; i < 30; i++) {
      WatchEvent.Kind<?>[] kinds = i % 2 == 0 ? CREATED : BOTH;
      Future<WatchKey> registering =
          threads.submit(() -> service.register(root, kinds, INotifyModifiers.RECURSIVE));
      assertThat(registering.get(LONG, SECONDS)).isSameAs(key);
      key.pollEvents();
    }
    assertThat(service.sync(Duration.ofSeconds(LONG))).as("delivered under load").isTrue();
    isOver.set(true);
    for (Future<?> writer : writers) {
      writer.get(LONG, SECONDS);
    }
    service.register(root, BOTH, INotifyModifiers.RECURSIVE);
    told(key);
    EventModel model = new EventModel(service, key);
    new TreeChanges(5, root, outside).make(50);
    model.assertExact(hub, "after the load");
  }

  /** The tree and the other directory are watched, and nothing else is. */
  private void assertWatchesOf(Path tree, Path other) throws Exception {
    Pending.sync(service);
    List<String> directories = new ArrayList<>(EventModel.inodes(tree));
    directories.addAll(EventModel.inodes(other));
    assertThat(EventModel.watchedInodes(hub)).containsExactlyInAnyOrderElementsOf(directories);
  }
}
