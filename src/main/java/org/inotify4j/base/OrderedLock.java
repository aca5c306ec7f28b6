package org.inotify4j.base;

import java.util.Arrays;
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
  private transient WaitSet.@Nullable Waiter signalled;

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
    assert isInOrder();
    try {
      super.lock();
    } catch (OutOfMemoryError e) {
      while (!super.tryLock()) {
        Thread.yield();
      }
    }
    assert Held.OF_THREAD.get().push(this);
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    assert isInOrder();
    super.lockInterruptibly();
    assert Held.OF_THREAD.get().push(this);
  }

  @Override
  public boolean tryLock() {
    boolean isTaken = super.tryLock();
    assert !isTaken || Held.OF_THREAD.get().push(this);
    return isTaken;
  }

  @Override
  public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
    assert isInOrder();
    boolean isTaken = super.tryLock(timeout, unit);
    assert !isTaken || Held.OF_THREAD.get().push(this);
    return isTaken;
  }

  @Override
  public void unlock() {
    WaitSet.Waiter waiter = null;
    if (signalled != null && getHoldCount() == 1) {
      waiter = signalled;
      signalled = null;
    }
    super.unlock();
    assert Held.OF_THREAD.get().pop(this);
    while (waiter != null) {
      waiter = waiter.wake();
    }
  }

  /** Wakes a thread when the lock is given back: it wants the lock at once. It takes no memory. */
  void wakeWhenUnlocked(WaitSet.Waiter waiter) {
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
    assert Held.OF_THREAD.get().letsBlock();
  }

  private boolean isInOrder() {
    Held.OF_THREAD.get().check(this);
    return true;
  }

  @Override
  public String toString() {
    return "OrderedLock[" + rank + "]";
  }

  /** The locks that one thread holds, in the order in which it took them. */
  private static final class Held {

    static final ThreadLocal<Held> OF_THREAD = ThreadLocal.withInitial(Held::new);

    private OrderedLock[] locks = new OrderedLock[8];
    private int count;

    void check(OrderedLock next) {
      if (next.isHeldByCurrentThread()) {
        return;
      }
      for (int i = 0; i < count; i++) {
        if (locks[i].rank.compareTo(next.rank) >= 0) {
          throw new AssertionError(next + " must not be taken while holding " + locks[i]);
        }
      }
    }

    boolean letsBlock() {
      for (int i = 0; i < count; i++) {
        if (!locks[i].rank.mayBlock()) {
          throw new AssertionError("may block while holding " + locks[i]);
        }
      }
      return true;
    }

    boolean push(OrderedLock lock) {
      if (count == locks.length) {
        locks = Arrays.copyOf(locks, 2 * count);
      }
      locks[count++] = lock;
      return true;
    }

    /** The last one of this lock: they need not be given back in the order of taking. */
    boolean pop(OrderedLock lock) {
      for (int i = count - 1; i >= 0; i--) {
        if (locks[i] == lock) {
          count--;
          System.arraycopy(locks, i + 1, locks, i, count - i);
          return true;
        }
      }
      return false;
    }
  }
}
