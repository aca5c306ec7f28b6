package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** When, where and how often a watcher's listener is called. */
final class WatcherListenerTest extends WatcherScene {
  @Test
  void listenerThatThrows_isAProblem_andTheWatcherGoesOn() throws Exception {
    AtomicBoolean throwsNow = new AtomicBoolean(true);
    AtomicReference<Problem> problem = new AtomicReference<>();
    PathWatcher watcher =
        PathWatcher.of(root)
            .onError(problem::set)
            .start(
                batch -> {
                  if (throwsNow.getAndSet(false)) {
                    throw new java.io.IOException("disk full");
                  }
                  batches.add(lines(batch));
                });
    watchers.add(watcher);
    write("a", "");
    assertThat(watcher.sync(PATIENCE)).isTrue();
    write("b", "");
    assertThat(told(watcher)).containsExactly("CREATED b");
    assertThat(problem.get().kind()).isEqualTo(Problem.Kind.LISTENER_FAILED);
    assertThat(problem.get().cause()).get().hasToString("java.io.IOException: disk full");
    assertThat(watcher.statistics().listenerFailures()).isEqualTo(1);
  }

  @Test
  void whatTheListenerThrew_isToldEvenWhereItCannotSayWhatItIs() throws Exception {
    AtomicReference<Problem> problem = new AtomicReference<>();
    PathWatcher watcher =
        PathWatcher.of(root)
            .onError(problem::set)
            .start(
                batch -> {
                  throw new Mute();
                });
    watchers.add(watcher);
    write("a", "");
    assertThat(watcher.sync(PATIENCE)).isTrue();
    assertThat(problem.get().kind()).isEqualTo(Problem.Kind.LISTENER_FAILED);
    assertThat(problem.get().reason()).isEqualTo("the listener failed: " + Mute.class.getName());
    assertThat(problem.get().cause()).get().isInstanceOf(Mute.class);
  }

  /** Has no text. */
  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    @SuppressWarnings("OverrideThrowableToString") // It is that which fails.
    public String toString() {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void whatTheListenerThrew_isToldInTheSameCall_soNoCloseOutrunsIt() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    PathWatcher watcher =
        PathWatcher.of(root)
            .executor(
                call -> {
                  if (calls.getAndIncrement() == 0) {
                    new Thread(call).start();
                  }
                })
            .onError(problem -> problems.add(problem.reason()))
            .start(
                batch -> {
                  throw new IllegalStateException("disk full");
                });
    watchers.add(watcher);
    write("a", "");
    assertThat(watcher.sync(PATIENCE)).isTrue();
    watcher.close();
    assertThat(takeProblems())
        .containsExactly("the listener failed: java.lang.IllegalStateException: disk full");
    assertThat(calls).hasValue(1);
  }

  @Test
  void whatTheListenerThrew_saysWhatItIsUnderNoLock() throws Exception {
    AtomicReference<PathWatcher> watcher = new AtomicReference<>();
    Exception asking =
        new Exception() {
          @Override
          public String getMessage() {
            CompletableFuture<WatcherStatistics> other =
                CompletableFuture.supplyAsync(() -> watcher.get().statistics());
            return "asked in batch " + other.orTimeout(5, TimeUnit.SECONDS).join().batches();
          }
        };
    watcher.set(
        PathWatcher.of(root)
            .onError(problem -> problems.add(problem.reason()))
            .start(
                batch -> {
                  throw asking;
                }));
    watchers.add(watcher.get());
    write("a", "");
    assertThat(watcher.get().sync(PATIENCE)).isTrue();
    assertThat(takeProblems())
        .containsExactly(
            "the listener failed: " + asking.getClass().getName() + ": asked in batch 0");
  }

  @Test
  void whileTheListenerRuns_changesMerge_andNothingIsLost() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    PathWatcher watcher =
        PathWatcher.of(root)
            .settle(Duration.ZERO, Duration.ZERO)
            .start(
                batch -> {
                  batches.add(lines(batch));
                  entered.countDown();
                  assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
                });
    watchers.add(watcher);
    mkdirs("first");
    entered.await();
    for (int i = 0; i < 100; i++) {
      write("f", "text " + i);
      write("t" + i, "");
      delete("t" + i);
    }
    mkdirs("last");
    mkdirs("veryLast");
    // Never so many before.
    await().until(() -> watcher.statistics().waiting() == 4);
    release.countDown();
    assertThat(watcher.sync(PATIENCE)).isTrue();
    assertThat(batches)
        .containsExactly(
            List.of("CREATED first/"), List.of("CREATED f", "CREATED last/", "CREATED veryLast/"));
    assertThat(watcher.statistics())
        .isEqualTo(new WatcherStatistics(2, 4, 0, 0, 0, 0, 0, watcher.statistics().watches()));
  }

  @Test
  void executorThatRejects_isAProblem_andIsAskedAgain() throws Exception {
    AtomicBoolean rejects = new AtomicBoolean(true);
    PathWatcher watcher =
        startAsIs(
            PathWatcher.of(root)
                .settle(Duration.ZERO, Duration.ZERO)
                .executor(
                    call -> {
                      if (rejects.getAndSet(false)) {
                        throw new RejectedExecutionException("full");
                      }
                      new Thread(call).start();
                    }));
    write("a", "");
    await().until(() -> !batches.isEmpty());
    assertThat(told(watcher)).containsExactly("CREATED a");
    assertThat(takeProblems()).containsExactly("LISTENER_FAILED ");
  }

  @Test
  void close_waitsForTheListener_butNotForItself() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean isOver = new AtomicBoolean();
    PathWatcher slow =
        PathWatcher.of(root)
            .settle(Duration.ZERO, Duration.ZERO)
            .start(
                batch -> {
                  entered.countDown();
                  assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
                  isOver.set(true);
                });
    write("a", "");
    entered.await();
    Thread closing = new Thread(slow::close);
    closing.start();
    await().until(() -> !slow.isOpen());
    assertThat(closing.isAlive()).isTrue();
    release.countDown();
    closing.join();
    assertThat(isOver).isTrue();

    AtomicReference<PathWatcher> own = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    own.set(start(PathWatcher.of(root).executor(call -> new Thread(call).start())));
    PathWatcher closesItself =
        PathWatcher.of(root)
            .settle(Duration.ZERO, Duration.ZERO)
            .start(
                batch -> {
                  own.get().close();
                  closed.countDown();
                });
    own.set(closesItself);
    write("b", "");
    closed.await();
    assertThat(closesItself.isOpen()).isFalse();
  }

  /** It runs in a thread of the library then, whose own work is interrupted. */
  @Test
  void close_doesNotInterruptTheListener_whoseExecutorCallsItAtOnce() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<String> end = new AtomicReference<>("none");
    try (RefusingKernel kernel = new RefusingKernel()) {
      WatcherBuilder builder =
          PathWatcher.of(root).settle(Duration.ZERO, Duration.ZERO).executor(Runnable::run);
      PathWatcher watcher =
          builder.start(
              batch -> {
                entered.countDown();
                try {
                  assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
                  end.set("finished");
                } catch (InterruptedException e) {
                  end.set("interrupted");
                }
              },
              new CountedDemand(Long.MAX_VALUE),
              cause -> {},
              kernel);
      write("a", "");
      entered.await();
      Thread closing = new Thread(watcher::close);
      closing.start();
      await().until(() -> closing.getState() == Thread.State.WAITING);
      release.countDown();
      closing.join();
    }
    assertThat(end).hasValue("finished");
  }

  @Test
  void listener_hasTheContextClassLoaderOfWhoStarted() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    AtomicReference<ClassLoader> loader = new AtomicReference<>();
    try (URLClassLoader own = new URLClassLoader(new URL[0])) {
      thread.setContextClassLoader(own);
      PathWatcher watcher =
          PathWatcher.of(root)
              .start(batch -> loader.set(Thread.currentThread().getContextClassLoader()));
      watchers.add(watcher);
      write("a", "");
      assertThat(watcher.sync(PATIENCE)).isTrue();
      assertThat(loader).hasValue(own);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void afterClose_nothingIsTold() throws Exception {
    PathWatcher watcher = start(PathWatcher.of(root));
    write("a", "");
    watcher.close();
    watcher.close();
    assertThat(batches).isEmpty();
    assertThat(watcher.isOpen()).isFalse();
    assertThatThrownBy(() -> watcher.sync(PATIENCE))
        .isInstanceOf(ClosedWatchServiceException.class);
    assertThatThrownBy(watcher::snapshot).isInstanceOf(ClosedWatchServiceException.class);
    assertThat(watcher.statistics().watches()).isZero();
  }

  @Test
  void syncOfTheListenerItself_isRefused() throws Exception {
    AtomicReference<PathWatcher> own = new AtomicReference<>();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    PathWatcher watcher =
        PathWatcher.of(root)
            .start(
                batch -> {
                  try {
                    boolean unused = own.get().sync(PATIENCE);
                  } catch (IllegalStateException e) {
                    thrown.set(e);
                  }
                });
    watchers.add(watcher);
    own.set(watcher);
    write("a", "");
    assertThat(watcher.sync(PATIENCE)).isTrue();
    assertThat(thrown.get()).hasMessageContaining("another thread");
  }

  @Test
  void settling_endsWhenNothingCame_orWhenItHasWaitedLongEnough() throws Exception {
    PathWatcher watcher =
        startAsIs(PathWatcher.of(root).settle(Duration.ofMillis(20), Duration.ofSeconds(30)));
    write("a", "");
    await().until(() -> !batches.isEmpty());
    assertThat(batches).containsExactly(List.of("CREATED a"));
    watcher.close();
    batches.clear();
    PathWatcher impatient =
        startAsIs(PathWatcher.of(root).settle(Duration.ofMillis(500), Duration.ofMillis(500)));
    await()
        .until(
            () -> {
              write("b", "more");
              return !batches.isEmpty();
            });
    assertThat(impatient.isOpen()).isTrue();
  }

  @Test
  void batch_isInAFlightRecording() throws Exception {
    Path file = directory.resolve("r.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      PathWatcher watcher = start(PathWatcher.of(root));
      write("a", "");
      write("b", "");
      assertThat(told(watcher)).hasSize(2);
      recording.stop();
      recording.dump(file);
    }
    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().equals("org.inotify4j.Batch"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("watcher")).isEqualTo(root.toString());
              assertThat(event.getLong("changes")).isEqualTo(2);
            });
  }
}
