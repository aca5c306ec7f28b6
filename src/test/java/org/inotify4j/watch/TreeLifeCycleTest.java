package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trees that are registered, cancelled and closed, while other threads do as they like. */
class TreeLifeCycleTest extends WholeTreeTest {

  private static final long SOME_SECONDS = 4;
  private static final int PATIENCE_SECONDS = 30;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void watchCount_growsWhileTheTreeIsRegistered_andIsZeroWhenItIsClosed() throws Exception {
    mkdirs("a/b/c/d");
    Future<WatchKey> registering;
    try (Gate gate = kernel.holdOpening("c")) {
      registering = threads.submit(() -> register(ENTRY_CREATE));
      gate.awaitReached();
      assertThat(service.watchCount()).isEqualTo(3);
      // Nobody waits for one that registers.
      assertThat(service.sync(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
      assertThat(service.poll()).isNull();
    }
    WatchKey key = registering.get(PATIENCE_SECONDS, SECONDS);
    assertThat(service.watchCount()).isEqualTo(5);
    service.register(outside, ENTRY_CREATE);
    assertThat(service.watchCount()).isEqualTo(6);
    key.cancel();
    assertThat(service.watchCount()).isEqualTo(1);
    service.close();
    assertThat(service.watchCount()).isZero();
  }

  @Test
  void sync_afterClose_throws() throws Exception {
    register(ENTRY_CREATE);
    service.close();
    assertThatThrownBy(() -> service.sync(Duration.ofSeconds(1)))
        .isInstanceOf(ClosedWatchServiceException.class);
    assertThatThrownBy(() -> register(ENTRY_CREATE))
        .isInstanceOf(ClosedWatchServiceException.class);
  }

  @Test
  void sync_isEndedByClose() throws Exception {
    register(ENTRY_CREATE);
    Gate gate = kernel.holdReads();
    touch("f");
    gate.awaitReached();
    Future<Boolean> syncing =
        threads.submit(() -> service.sync(Duration.ofSeconds(PATIENCE_SECONDS)));
    Future<?> closing = threads.submit(service::close);
    gate.open();
    closing.get(PATIENCE_SECONDS, SECONDS);
    try {
      assertThat(syncing.get(PATIENCE_SECONDS, SECONDS)).isTrue();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(ClosedWatchServiceException.class);
    }
  }

  @Test
  void closedWhileADirectoryIsOpened_theRegistrationThrows() throws Exception {
    mkdirs("a/b/c/d");
    try (INotifyWatchService other = INotifyWatchService.open(hub)) {
      Gate gate = kernel.holdOpening("c");
      Future<WatchKey> registering = threads.submit(() -> register(ENTRY_CREATE));
      gate.awaitReached();
      service.close();
      assertThat(hub.watchCount()).isZero();
      gate.open();
      assertThatThrownBy(() -> registering.get(PATIENCE_SECONDS, SECONDS))
          .hasCauseInstanceOf(ClosedWatchServiceException.class);
      assertThat(other.isOpen()).isTrue();
      assertThat(hub.watchCount()).isZero();
      KernelView.awaitNoLeak(hub);
    }
  }

  @Test
  void closedWhileAWatchIsPlaced_theRegistrationThrows() throws Exception {
    mkdirs("a/b/c/d");
    try (INotifyWatchService other = INotifyWatchService.open(hub)) {
      Gate gate = kernel.holdPlacing("c");
      Future<WatchKey> registering = threads.submit(() -> register(ENTRY_CREATE));
      gate.awaitReached();
      Future<?> closing = threads.submit(service::close);
      gate.open();
      closing.get(PATIENCE_SECONDS, SECONDS);
      try {
        assertThat(registering.get(PATIENCE_SECONDS, SECONDS).isValid()).isFalse();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(ClosedWatchServiceException.class);
      }
      assertThat(other.isOpen()).isTrue();
      assertThat(hub.watchCount()).isZero();
      KernelView.awaitNoLeak(hub);
    }
  }

  @Test
  void closedAsTheLastOne_whileADirectoryIsOpened_theRegistrationThrows() throws Exception {
    mkdirs("a/b/c/d");
    Gate gate = kernel.holdOpening("c");
    Future<WatchKey> registering = threads.submit(() -> register(ENTRY_CREATE));
    gate.awaitReached();
    service.close();
    gate.open();
    assertThatThrownBy(() -> registering.get(PATIENCE_SECONDS, SECONDS))
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
  }

  @Test
  void registeredCancelledAndClosed_whileTheTreeDisappears_leavesNoWatch() throws Exception {
    Path tree = root.resolve("tree");
    AtomicInteger met = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      all.add(repeat(over, met, () -> registerAndCancel(tree)));
      all.add(repeat(over, met, () -> registerAndClose(tree)));
    }
    all.add(
        repeat(
            over,
            new AtomicInteger(),
            () -> {
              Files.createDirectories(tree.resolve("a/b"));
              Files.createDirectories(tree.resolve("c/d"));
              Files.createFile(tree.resolve("a/f"));
              TreeChanges.removeAll(tree);
              return null;
            }));
    long start = System.nanoTime();
    while (System.nanoTime() - start < SECONDS.toNanos(SOME_SECONDS)
        && all.stream().noneMatch(Future::isDone)) {
      Pending.sync(service);
    }
    over.set(true);
    for (Future<?> one : all) {
      one.get(PATIENCE_SECONDS, SECONDS);
    }
    System.out.println(met + " registrations of a tree that came and went");
    TreeChanges.removeAll(tree);
    Pending.sync(service);
    assertThat(met.get()).isPositive();
    // A tree of a service that is closed may have had a directory open: its watch ends later.
    await().untilAsserted(() -> assertThat(hub.watchCount()).isZero());
    assertThat(service.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
  }

  private Future<?> repeat(AtomicBoolean over, AtomicInteger met, Callable<?> step) {
    return threads.submit(
        () -> {
          while (!over.get()) {
            try {
              step.call();
              met.incrementAndGet();
            } catch (NoSuchFileException | NotDirectoryException e) {
              // As it may be.
            } catch (FileSystemException e) {
              assertThat(e).hasMessageContaining("tree");
            }
          }
          return null;
        });
  }

  private Object registerAndCancel(Path tree) throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME};
    WatchKey key =
        ThreadLocalRandom.current().nextInt(4) == 0
            ? service.register(tree, ENTRY_CREATE)
            : service.register(tree, kinds, INotifyModifiers.RECURSIVE);
    if (ThreadLocalRandom.current().nextBoolean()) {
      key.cancel();
    }
    key.pollEvents();
    key.reset();
    return key;
  }

  private Object registerAndClose(Path tree) throws Exception {
    try (INotifyWatchService own = INotifyWatchService.open(hub)) {
      Future<?> closing =
          ThreadLocalRandom.current().nextInt(4) == 0 ? threads.submit(own::close) : null;
      try {
        return own.register(
            tree, new WatchEvent.Kind<?>[] {ENTRY_CREATE}, INotifyModifiers.RECURSIVE);
      } catch (ClosedWatchServiceException e) {
        assertThat(closing).isNotNull();
        return own;
      }
    }
  }
}
