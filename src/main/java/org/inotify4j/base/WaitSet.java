package org.inotify4j.base;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait until something changes that a lock guards.
 *
 * <p>It is what a {@link java.util.concurrent.locks.Condition} is, but that waking takes no memory:
 * on some JDKs a condition takes a thread off its list before it finds that there is none for the
 * queue of the lock, and nobody can wake that thread any more. Here who waits brings all that is
 * needed, and fails before it waits.
 *
 * <p>Whoever waits lets go of the lock between entering the list and parking, so a signal in
 * between is seen by the mark on the entry. One that is signalled and interrupted at once was
 * signalled: the interrupt stays for whatever it waits for next, and no signal is lost.
 */
public final class WaitSet {

  private final OrderedLock lock;

  /** Who waits longest, and the others behind. The lock guards the list. */
  private @Nullable WaitingThread first;

  private @Nullable WaitingThread last;

  /**
   * A set in which nobody waits.
   *
   * @param lock what the thread must hold that calls any of the methods
   */
  public WaitSet(OrderedLock lock) {
    this.lock = lock;
  }

  /**
   * Waits until it is signalled, without the lock meanwhile. Nothing else ends it, but the caller
   * looks in a loop all the same: what was changed may be changed back before it has the lock.
   *
   * @throws InterruptedException if the thread is interrupted before it is signalled
   */
  public void await() throws InterruptedException {
    WaitingThread self = enter();
    int holds = letGo();
    boolean isInterrupted = false;
    try {
      while (!self.isSignalled && !isInterrupted) {
        LockSupport.park(this);
        isInterrupted = Thread.interrupted();
      }
    } finally {
      takeBack(holds);
    }
    leave(self, isInterrupted);
  }

  /**
   * Waits until it is signalled or the time is over, without the lock meanwhile.
   *
   * @param nanos how long at most, in nanoseconds
   * @return what is left of it; not positive if the time is over
   * @throws InterruptedException if the thread is interrupted before it is signalled
   */
  public long awaitNanos(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    WaitingThread self = enter();
    int holds = letGo();
    boolean isInterrupted = false;
    long left = nanos;
    try {
      while (!self.isSignalled && !isInterrupted && left > 0) {
        LockSupport.parkNanos(this, left);
        isInterrupted = Thread.interrupted();
        left = deadline - System.nanoTime();
      }
    } finally {
      takeBack(holds);
    }
    leave(self, isInterrupted);
    return left;
  }

  /** Wakes who waits longest, if anybody does, when the lock is given back. It takes no memory. */
  public void signal() {
    lock.assertHeld();
    WaitingThread waiter = first;
    if (waiter != null) {
      remove(waiter);
      waiter.isSignalled = true;
      lock.wakeWhenUnlocked(waiter);
    }
  }

  /** Wakes all who wait, when the lock is given back. It takes no memory. */
  public void signalAll() {
    while (first != null) {
      signal();
    }
  }

  private WaitingThread enter() throws InterruptedException {
    lock.assertHeld();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    WaitingThread self = new WaitingThread();
    self.previous = last;
    if (last == null) {
      first = self;
    } else {
      last.next = self;
    }
    last = self;
    return self;
  }

  private void leave(WaitingThread self, boolean isInterrupted) throws InterruptedException {
    if (!self.isSignalled) {
      remove(self);
      if (isInterrupted) {
        throw new InterruptedException();
      }
    } else if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove(WaitingThread waiter) {
    if (waiter.previous == null) {
      first = waiter.next;
    } else {
      waiter.previous.next = waiter.next;
    }
    if (waiter.next == null) {
      last = waiter.previous;
    } else {
      waiter.next.previous = waiter.previous;
    }
    waiter.previous = null;
    waiter.next = null;
  }

  private int letGo() {
    int holds = lock.getHoldCount();
    for (int i = 0; i < holds; i++) {
      lock.unlock();
    }
    return holds;
  }

  private void takeBack(int holds) {
    for (int i = 0; i < holds; i++) {
      lock.lock();
    }
  }

  /** A thread that waits, in a list. */
  static final class WaitingThread {
    final Thread thread = Thread.currentThread();
    @Nullable WaitingThread previous;
    @Nullable WaitingThread next;

    /** Read without the lock by its thread, which may be on its way to park. */
    volatile boolean isSignalled;

    /** Wakes the thread; returns who is to be woken after it. */
    @Nullable WaitingThread wake() {
      WaitingThread after = next;
      next = null;
      LockSupport.unpark(thread);
      return after;
    }
  }
}
