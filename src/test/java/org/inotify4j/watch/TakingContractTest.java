package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract: the close of a service, and waiting for its keys. */
@ParameterizedClass
@MethodSource("org.inotify4j.watch.Implementation#all")
final class TakingContractTest extends WatchServiceContract {

  TakingContractTest(Implementation implementation) {
    super(implementation);
  }

  // Closing.

  @Test
  void close_makesEveryKeyInvalid() throws Exception {
    WatchKey one = register(mkdir("one"), ENTRY_CREATE);
    WatchKey two = register(mkdir("two"), ENTRY_CREATE);
    service.close();
    assertThat(one.isValid()).isFalse();
    assertThat(two.isValid()).isFalse();
  }

  @Test
  void close_throwsInEveryWaitingTakeAndPoll() throws Exception {
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    List<Thread> waiting = new ArrayList<>();
    List<Callable<WatchKey>> waits =
        List.of(service::take, service::take, () -> service.poll(1, HOURS));
    for (Callable<WatchKey> wait : waits) {
      waiting.add(start(wait, thrown));
    }
    await().until(() -> waiting.stream().allMatch(TakingContractTest::isWaiting));
    service.close();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertThat(thrown)
        .hasSize(3)
        .allSatisfy(e -> assertThat(e).isInstanceOf(ClosedWatchServiceException.class));
  }

  @Test
  void afterClose_takePollAndRegisterThrow() throws Exception {
    register(root, ENTRY_CREATE);
    touch("x");
    sync();
    service.close();
    for (Callable<WatchKey> later :
        List.<Callable<WatchKey>>of(
            service::take,
            service::poll,
            () -> service.poll(1, HOURS),
            () -> service.poll(0, SECONDS),
            () -> register(root, ENTRY_CREATE))) {
      assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(later::call);
    }
  }

  @Test
  void afterClose_resetPollEventsAndCancelWork() throws Exception {
    WatchKey queued = register(mkdir("queued"), ENTRY_CREATE);
    WatchKey taken = register(mkdir("taken"), ENTRY_CREATE);
    touch("taken/x");
    assertThat(taken()).isSameAs(taken);
    touch("queued/x");
    sync();
    service.close();
    for (WatchKey key : List.of(queued, taken)) {
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
      assertThat(key.reset()).isFalse();
      key.cancel();
      assertThat(key.pollEvents()).isEmpty();
      assertThat(key.isValid()).isFalse();
    }
  }

  @Test
  void close_isIdempotent() throws Exception {
    service.close();
    service.close();
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(service::poll);
  }

  // Waiting.

  @Test
  void takeAndTimedPoll_areInterruptible_andTheFlagIsCleared() throws Exception {
    for (Callable<WatchKey> wait :
        List.<Callable<WatchKey>>of(service::take, () -> service.poll(1, HOURS))) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(wait::call);
      assertThat(Thread.interrupted()).isFalse();

      Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
      Thread waiting = start(wait, thrown);
      await().until(() -> isWaiting(waiting));
      waiting.interrupt();
      waiting.join();
      assertThat(thrown)
          .singleElement()
          .satisfies(e -> assertThat(e).isInstanceOf(InterruptedException.class));
    }
  }

  @Test
  void interruptedTake_losesNoKey() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    sync();
    Thread.currentThread().interrupt();
    if (isJdk()) {
      // Where a key is there, the JDK's take (not its timed poll) gives it and keeps the flag.
      assertThat(service.take()).isSameAs(key);
      assertThat(Thread.interrupted()).isTrue();
    } else {
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(service::take);
      assertThat(service.take()).isSameAs(key);
    }
  }

  @Test
  void closed_isCheckedBeforeInterrupted() throws Exception {
    service.close();
    for (Callable<WatchKey> wait :
        List.<Callable<WatchKey>>of(service::take, () -> service.poll(1, HOURS))) {
      Thread.currentThread().interrupt();
      try {
        assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(wait::call);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void poll_doesNotBlock_andIgnoresAnInterrupt() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    assertThat(service.poll()).isNull();
    touch("x");
    sync();
    Thread.currentThread().interrupt();
    try {
      assertThat(service.poll()).isSameAs(key);
      assertThat(service.poll()).isNull();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void negativeTimeout_isZero() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThat(service.poll(timeout, SECONDS)).isNull();
    }
    touch("x");
    sync();
    assertThat(service.poll(-1, SECONDS)).isSameAs(key);
  }

  @Test
  void timedPoll_waitsItsTime_andReturnsAtOnceWithAKey() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    long start = System.nanoTime();
    assertThat(service.poll(30, MILLISECONDS)).isNull();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(30));
    touch("x");
    assertThat(service.poll(1, HOURS)).isSameAs(key);
  }

  @Test
  void severalThreadsTake_aKeyIsHandedToOne() throws Exception {
    int directories = 50;
    Queue<WatchKey> handedOut = new ConcurrentLinkedQueue<>();
    CountDownLatch all = new CountDownLatch(directories);
    List<Thread> takers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      takers.add(
          start(
              () -> {
                while (true) {
                  handedOut.add(service.take());
                  all.countDown();
                }
              },
              new ConcurrentLinkedQueue<>()));
    }
    List<WatchKey> keys = new ArrayList<>();
    for (int i = 0; i < directories; i++) {
      keys.add(register(mkdir("d" + i), ENTRY_CREATE));
      touch("d" + i + "/x");
    }
    all.await();
    sync();
    service.close();
    for (Thread taker : takers) {
      taker.join();
    }
    assertThat(handedOut).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static Thread start(Callable<WatchKey> wait, Queue<Throwable> thrown) {
    Thread thread =
        new Thread(
            () -> {
              try {
                wait.call();
              } catch (Exception e) {
                thrown.add(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
