package org.inotify4j.work;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.base.Uninterruptibly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who works when: no task twice at once, and none is held up by one that does not end. */
class WorkersTest {

  private static final int WIDTH = 2;

  private final Workers workers = new Workers(WIDTH);

  @AfterEach
  void close() {
    workers.close();
  }

  @Test
  void roundsOfOneTaskNeverOverlap_andEachRequestIsSeenByOne() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    Task task =
        new Task(
            "counting",
            () -> {
              overlapped.compareAndSet(false, inside.getAndIncrement() != 0);
              seen.set(requests.get());
              inside.getAndDecrement();
            });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 20_000; n++) {
                    requests.getAndIncrement();
                    workers.submit(task);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get(30, SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    await().until(() -> seen.get() == 80_000);
    assertThat(overlapped).isFalse();
  }

  @Test
  void tenThatDoNotEnd_holdUpNoOther_andNotOneOfThemIsRunTwice() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    List<Task> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Task task =
            new Task(
                "stalled " + i,
                () -> {
                  running.getAndIncrement();
                  Uninterruptibly.await(end);
                });
        stalled.add(task);
        workers.submit(task);
      }
      CountDownLatch done = new CountDownLatch(1);
      workers.submit(new Task("other", done::countDown));
      assertThat(done.await(5, SECONDS)).isTrue();
      await().until(() -> running.get() == 10);
      stalled.forEach(workers::submit);
      CountDownLatch again = new CountDownLatch(1);
      workers.submit(new Task("another", again::countDown));
      assertThat(again.await(5, SECONDS)).isTrue();
      assertThat(running).hasValue(10);
    } finally {
      end.countDown();
    }
    // Each was asked for once more meanwhile.
    await().until(() -> running.get() == 20);
    await().until(() -> workers.threads() == 1);
  }

  @Test
  void whatDoesNotStall_runsInSoManyThreadsOnly() throws Exception {
    CountDownLatch done = new CountDownLatch(1000);
    for (int i = 0; i < 1000; i++) {
      workers.submit(new Task("quick", done::countDown));
    }
    assertThat(done.await(10, SECONDS)).isTrue();
    assertThat(workers.threads()).isBetween(1, WIDTH);
  }

  @Test
  void ofTwoDeadlinesTheEarlierOneHolds() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Task task = new Task("due", done::countDown);
    long now = System.nanoTime();
    workers.submitAt(task, now + SECONDS.toNanos(3600));
    workers.submitAt(task, now + MILLISECONDS.toNanos(20));
    workers.submitAt(task, now + SECONDS.toNanos(1800));
    assertThat(done.await(5, SECONDS)).isTrue();
    assertThat(System.nanoTime() - now).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(20));
  }

  @Test
  void aDeadlineKeepsNoTask() {
    WeakReference<Object> forgotten = submitAtOnceForgotten();
    await()
        .until(
            () -> {
              System.gc();
              return forgotten.get() == null;
            });
  }

  private WeakReference<Object> submitAtOnceForgotten() {
    Object kept = new Object();
    workers.submitAt(
        new Task(kept, () -> assertThat(kept).isNotNull()),
        System.nanoTime() + SECONDS.toNanos(3600));
    return new WeakReference<>(kept);
  }

  @Test
  void deadlinesOfForgottenTasks_doNotPileUp() {
    long far = System.nanoTime() + SECONDS.toNanos(3600);
    for (int round = 0; round < 10; round++) {
      WeakReference<Task> last = submitForgotten(10_000, far);
      await()
          .until(
              () -> {
                System.gc();
                return last.get() == null;
              });
    }
    assertThat(deadlines()).isBetween(1, 20_000);
  }

  private WeakReference<Task> submitForgotten(int count, long time) {
    Task task = new Task("forgotten", () -> {});
    for (int i = 0; i < count; i++) {
      task = new Task("forgotten", () -> {});
      workers.submitAt(task, time);
    }
    return new WeakReference<>(task);
  }

  @Test
  void deadlinesThatAnEarlierOneCameBefore_doNotPileUp() {
    long far = System.nanoTime() + SECONDS.toNanos(3600);
    Task task = new Task("due", () -> {});
    for (int i = 0; i < 10_000; i++) {
      workers.submitAt(task, far - i);
    }
    assertThat(deadlines()).isBetween(1, 64);
  }

  private int deadlines() {
    workers.lock.lock();
    try {
      return workers.timer.size();
    } finally {
      workers.lock.unlock();
    }
  }

  @Test
  void aRoundThatThrows_endsNoThread() throws Exception {
    Task failing =
        new Task(
            "failing",
            () -> {
              throw new IllegalStateException("on purpose");
            });
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < 5; i++) {
      workers.submit(failing);
    }
    workers.submit(new Task("other", done::countDown));
    assertThat(done.await(5, SECONDS)).isTrue();
    assertThat(workers.threads()).isBetween(1, WIDTH);
  }

  @Test
  void onceClosed_nothingIsRun_andAllThreadsEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    workers.submit(
        new Task(
            "interrupted",
            () -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                runs.getAndIncrement();
              }
            }));
    assertThat(begun.await(5, SECONDS)).isTrue();
    workers.close();
    workers.submit(new Task("late", () -> runs.getAndAdd(100)));
    workers.submitAt(new Task("later", () -> runs.getAndAdd(100)), System.nanoTime());
    await().until(() -> workers.threads() == 0);
    assertThat(runs).hasValue(1);
  }
}
