package org.inotify4j.base;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock with a rank, that throws an {@link AssertionError} where a thread takes locks in an order
 * in which two threads could wait for each other ({@link Rank}).
 *
 * <p>The order is checked where assertions are enabled, as in all tests, and costs nothing
 * otherwise. It is checked before the lock is waited for, so that a wrong order is found by one
 * thread alone, whether or not another one is there to meet it.
 *
 * <p>Where there is no memory to queue up for the lock this spins until it has it: whoever closes a
 * service for want of memory must not fail for it again.
 */
public final class OrderedLock extends ReentrantLock {

  private static final long serialVersionUID = 1L;

  private final Rank rank;

  /** Who is to be woken when the lock is given back: who holds it changes that. */
  private transient WaitSet.@Nullable WaitingThread signalled;

  /**
   * A lock that nobody holds.
   *
   * @param rank its place in the order
   */
  public OrderedLock(Rank rank) {
    this.rank = rank;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // Nothing else can be done until there is memory.
  public void lock() {
    assert Held.isNext(this);
    try {
      super.lock();
    } catch (OutOfMemoryError e) {
      while (!super.tryLock()) {
        Thread.yield();
      }
    }
    assert Held.push(this);
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    assert Held.isNext(this);
    super.lockInterruptibly();
    assert Held.push(this);
  }

  @Override
  public boolean tryLock() {
    boolean isTaken = super.tryLock();
    assert !isTaken || Held.push(this);
    return isTaken;
  }

  @Override
  public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
    assert Held.isNext(this);
    boolean isTaken = super.tryLock(timeout, unit);
    assert !isTaken || Held.push(this);
    return isTaken;
  }

  @Override
  public void unlock() {
    WaitSet.WaitingThread waiter = null;
    if (signalled != null && getHoldCount() == 1) {
      waiter = signalled;
      signalled = null;
    }
    super.unlock();
    assert Held.pop(this);
    while (waiter != null) {
      waiter = waiter.wake();
    }
  }

  /** Wakes a thread when the lock is given back: it wants the lock at once. It takes no memory. */
  void wakeWhenUnlocked(WaitSet.WaitingThread waiter) {
    waiter.next = signalled;
    signalled = waiter;
  }

  /**
   * None: to signal one may take memory, and lose a thread where there is none ({@link WaitSet}).
   */
  @Override
  public Condition newCondition() {
    throw new UnsupportedOperationException("a WaitSet waits for what this lock guards");
  }

  /** Asserts that the calling thread holds this lock. */
  public void assertHeld() {
    assert isHeldByCurrentThread() : "not held: " + this;
  }

  /**
   * Asserts that the calling thread may look at a disk, wait, or run code of the program: it holds
   * no lock that others need for moments only.
   */
  public static void mayBlock() {
    assert Held.letBlock();
  }

  @Override
  public String toString() {
    return "OrderedLock[" + rank + "]";
  }

  /** The locks that one thread holds, in the order in which it took them. */
  private static final class Held {

    /** Nothing of ours is in it when no lock is held: a thread may outlive our class loader. */
    static final ThreadLocal<List<OrderedLock>> OF_THREAD =
        ThreadLocal.withInitial(() -> new ArrayList<>(8));

    private Held() {}

    static boolean isNext(OrderedLock next) {
      if (!next.isHeldByCurrentThread()) {
        for (OrderedLock lock : OF_THREAD.get()) {
          if (lock.rank.compareTo(next.rank) >= 0) {
            throw new AssertionError(next + " must not be taken while holding " + lock);
          }
        }
      }
      return true;
    }

    static boolean letBlock() {
      for (OrderedLock lock : OF_THREAD.get()) {
        if (!lock.rank.mayBlock()) {
          throw new AssertionError("may block while holding " + lock);
        }
      }
      return true;
    }

    static boolean push(OrderedLock lock) {
      return OF_THREAD.get().add(lock);
    }

    /** The last one of this lock: they need not be given back in the order of taking. */
    @SuppressWarnings("ReferenceEquality") // Locks are equal to themselves alone.
    static boolean pop(OrderedLock lock) {
      List<OrderedLock> locks = OF_THREAD.get();
      for (int i = locks.size() - 1; i >= 0; i--) {
        if (locks.get(i) == lock) {
          locks.remove(i);
          return true;
        }
      }
      return false;
    }
  }
}
