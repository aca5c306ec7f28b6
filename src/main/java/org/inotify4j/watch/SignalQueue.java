package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.ClosedWatchServiceException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.base.WaitSet;
import org.inotify4j.follow.Waiter;
import org.inotify4j.pending.PendingLog;
import org.jspecify.annotations.Nullable;

/**
 * The signalled keys of one service, and the threads that wait for them.
 *
 * <p>Its lock is the service's: it guards the queue and the state of every key, so that a key's
 * state and its place in the queue change together. It is held for moments only, never while user
 * code runs or a system call is made.
 *
 * <p>What holds, in every order in which threads meet: a key is in the queue once or not at all;
 * one that has something pending is in it, or with a consumer, until the queue is closed.
 */
final class SignalQueue {

  /** Whose keys they are. */
  interface Owner {

    /** The key has had its one event. The caller has the hub's lock. */
    void finished(Key key);

    /** The program is through with the key. */
    void cancel(Key key);

    /** What events are pending in. */
    PendingLog newLog();
  }

  final OrderedLock lock = new OrderedLock(Rank.SIGNAL_QUEUE);

  /** What the service counts. */
  final ServiceCounters counters = new ServiceCounters();

  @GuardedBy("lock")
  private final Queue<Key> keys = new ArrayDeque<>();

  private final Owner owner;

  private final WaitSet changed = new WaitSet(lock);

  /** Signalled when somebody's {@link SyncPoint} is reached. */
  private final WaitSet reached = new WaitSet(lock);

  private volatile boolean closed;

  @GuardedBy("lock")
  private @Nullable Throwable cause;

  /** The queue of a service without keys. */
  SignalQueue(Owner owner) {
    this.owner = owner;
  }

  Owner owner() {
    return owner;
  }

  boolean isClosed() {
    return closed;
  }

  /** Queues a key. */
  void add(Key key) {
    lock.lock();
    try {
      keys.add(key);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The first key, or null. */
  @Nullable Key poll() {
    lock.lock();
    try {
      checkOpen();
      return next();
    } finally {
      lock.unlock();
    }
  }

  /** The first key that there is within a time, or null. */
  @Nullable Key poll(long nanos) throws InterruptedException {
    long left = nanos;
    checkOpenNow();
    lock.lockInterruptibly();
    try {
      while (true) {
        checkOpen();
        Key key = next();
        if (key != null || left <= 0) {
          return key;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The first key, once there is one. */
  Key take() throws InterruptedException {
    checkOpenNow();
    lock.lockInterruptibly();
    try {
      while (true) {
        checkOpen();
        Key key = next();
        if (key != null) {
          return key;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the queue: every later call throws, with the cause if there is one. It takes no memory;
   * whoever waits is woken by {@link #wake}.
   */
  void close(@Nullable Throwable why) {
    lock.lock();
    try {
      if (!closed) {
        cause = why;
        closed = true;
        keys.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes whoever waits, so that they see that the queue is closed. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
      reached.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A point in what happens, for one thread to wait for. */
  SyncPoint syncPoint() {
    return new SyncPoint();
  }

  /** Throws if the queue is closed. */
  void checkOpenNow() {
    lock.lock();
    try {
      checkOpen();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private @Nullable Key next() {
    Key key = keys.poll();
    if (key != null) {
      key.taken();
    }
    return key;
  }

  /** A point in what happens, for which one thread waits. */
  final class SyncPoint implements Waiter {

    @GuardedBy("lock")
    private boolean isReached;

    private volatile boolean isGivenUp;

    private SyncPoint() {}

    /** All that came before is in its key. */
    @Override
    public void settled() {
      lock.lock();
      try {
        isReached = true;
        reached.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean isWaiting() {
      return !isGivenUp;
    }

    /** Waits until it is reached; false if the time was over before. */
    boolean await(long nanos) throws InterruptedException {
      long left = nanos;
      try {
        lock.lockInterruptibly();
        try {
          while (true) {
            checkOpen();
            if (isReached || left <= 0) {
              return isReached;
            }
            left = reached.awaitNanos(left);
          }
        } finally {
          lock.unlock();
        }
      } finally {
        isGivenUp = true;
      }
    }
  }

  @GuardedBy("lock")
  private void checkOpen() {
    if (closed) {
      ClosedWatchServiceException e = new ClosedWatchServiceException();
      if (cause != null) {
        e.initCause(cause);
      }
      throw e;
    }
  }
}
