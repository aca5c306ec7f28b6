package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits is woken, once and in order, and without memory. */
@SuppressWarnings("LockNotBeforeTry") // Nobody else is held up where a test fails.
final class WaitSetTest {

  private static final long LONG = TimeUnit.SECONDS.toNanos(30);

  private final OrderedLock lock = new OrderedLock(Rank.SIGNAL_QUEUE);
  private final WaitSet set = new WaitSet(lock);
  private final Queue<String> woken = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void endThreads() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  private void signal() {
    lock.lock();
    set.signal();
    lock.unlock();
  }

  @Test
  void aSignalWakesWhoWaitsLongest_andEverySignalOne() throws InterruptedException {
    waiting("first", false);
    waiting("second", true);
    waiting("third", false);
    lock.lock();
    set.signal();
    set.signal();
    lock.unlock();
    await().until(() -> woken.size() == 2);
    assertThat(woken).containsExactlyInAnyOrder("first", "second");
    assertThat(threads.get(2).getState()).isEqualTo(Thread.State.WAITING);
    lock.lock();
    set.signalAll();
    set.signal();
    lock.unlock();
    await().until(() -> woken.size() == 3);
  }

  @Test
  void whoseTimeIsOverLeavesTheOthersInOrder() throws InterruptedException {
    waiting("first", false);
    lock.lock();
    assertThat(set.awaitNanos(1)).isNotPositive();
    assertThat(set.awaitNanos(-1)).isEqualTo(-1);
    assertThat(lock.getHoldCount()).isEqualTo(1);
    lock.unlock();
    waiting("last", true);
    signal();
    await().until(() -> woken.contains("first"));
    signal();
    await().until(() -> woken.contains("last"));
  }

  @Test
  void whoIsSignalledInTime_isToldHowMuchIsLeft() throws InterruptedException {
    AtomicLong left = new AtomicLong();
    Thread waiter =
        start(
            "waiter",
            () -> {
              lock.lock();
              try {
                left.set(set.awaitNanos(LONG));
              } finally {
                lock.unlock();
              }
            });
    // Whatever else ends a park is no signal.
    LockSupport.unpark(waiter);
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    signal();
    waiter.join();
    assertThat(left.get()).isPositive().isLessThan(LONG);
  }

  @Test
  void anInterruptEndsTheWait_andIsThrown() throws InterruptedException {
    waiting("first", false);
    waiting("second", true);
    threads.get(0).interrupt();
    await().until(() -> woken.contains("first interrupted"));
    signal();
    await().until(() -> woken.contains("second"));
    lock.lock();
    Thread.currentThread().interrupt();
    assertThatThrownBy(set::await).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> set.awaitNanos(LONG)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(lock.getHoldCount()).isEqualTo(1);
    lock.unlock();
  }

  @Test
  void whoIsSignalledAndInterrupted_wasSignalled() throws InterruptedException {
    AtomicBoolean isInterrupted = new AtomicBoolean();
    Thread waiter =
        start(
            "waiter",
            () -> {
              lock.lock();
              try {
                set.await();
                isInterrupted.set(Thread.currentThread().isInterrupted());
              } finally {
                lock.unlock();
              }
            });
    lock.lock();
    set.signal();
    waiter.interrupt();
    lock.unlock();
    await().untilTrue(isInterrupted);
    waiter.join();
  }

  @Test
  void everyHoldIsLetGo_andTakenBack() throws InterruptedException {
    AtomicBoolean isDone = new AtomicBoolean();
    start(
        "twice",
        () -> {
          lock.lock();
          lock.lock();
          set.await();
          isDone.set(lock.getHoldCount() == 2);
          lock.unlock();
          lock.unlock();
        });
    signal();
    await().untilTrue(isDone);
  }

  @Test
  void wakingTakesNoMemory() throws InterruptedException {
    ThreadMXBean threadBean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    long after = 0;
    // The first round loads classes.
    for (int round = 1; round <= 2; round++) {
      waiting("one", false);
      waiting("two", true);
      lock.lock();
      before = threadBean.getCurrentThreadAllocatedBytes();
      set.signalAll();
      after = threadBean.getCurrentThreadAllocatedBytes();
      lock.unlock();
      int all = 2 * round;
      await().until(() -> woken.size() == all);
    }
    assertThat(after - before).isZero();
  }

  @Test
  void theLockMustBeHeld_andHasNoOtherConditions() {
    assertThatThrownBy(set::signal).isInstanceOf(AssertionError.class);
    assertThatThrownBy(set::await).isInstanceOf(AssertionError.class);
    assertThatThrownBy(lock::newCondition).isInstanceOf(UnsupportedOperationException.class);
  }

  /** A thread that waits until it is signalled, behind those that wait already. */
  private void waiting(String name, boolean isTimed) throws InterruptedException {
    start(
        name,
        () -> {
          lock.lock();
          try {
            if (isTimed) {
              long unused = set.awaitNanos(LONG);
            } else {
              set.await();
            }
            woken.add(name);
          } catch (InterruptedException e) {
            woken.add(name + " interrupted");
          } finally {
            lock.unlock();
          }
        });
  }

  private Thread start(String name, Interruptible action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (InterruptedException e) {
                woken.add(name + " interrupted");
              }
            },
            name);
    threads.add(thread);
    thread.start();
    await().until(() -> set.equals(LockSupport.getBlocker(thread)));
    return thread;
  }

  /** What a thread does, until it is interrupted. */
  private interface Interruptible {
    void run() throws InterruptedException;
  }
}
