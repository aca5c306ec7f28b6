package org.inotify4j.entries;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.base.WaitSet;
import org.jspecify.annotations.Nullable;

/**
 * The directories that wait to be read, for the threads that read one tree. Those found last come
 * first, so that few are open at a time.
 */
final class DirectoryQueue {

  /** So many are kept open for those below, at most. */
  private static final int MOST_OPEN = 128;

  private final OrderedLock lock = new OrderedLock(Rank.WORKERS);
  private final WaitSet changed = new WaitSet(lock);

  @GuardedBy("lock")
  private final Deque<Directory> waiting = new ArrayDeque<>();

  /** How many wait or are being read: with the last one all is done. */
  @GuardedBy("lock")
  private int unfinished;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  private final AtomicInteger found = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  /** The number of the first of so many directories that were found. */
  int number(int directories) {
    return found.getAndAdd(directories);
  }

  /** How many directories were found so far. */
  int found() {
    return found.get();
  }

  /** Whether another directory may be kept open, which counts as kept then. */
  boolean mayKeepOpen() {
    if (open.incrementAndGet() <= MOST_OPEN) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /** One that was kept open is closed. */
  void closed() {
    open.decrementAndGet();
  }

  void add(List<Directory> directories) {
    lock.lock();
    try {
      for (int i = directories.size() - 1; i >= 0; i--) {
        waiting.push(directories.get(i));
      }
      unfinished += directories.size();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next directory, which is to be {@linkplain #done done}, or null when all is over. */
  @Nullable Directory take() {
    boolean interrupted = false;
    lock.lock();
    try {
      while (waiting.isEmpty() && unfinished > 0 && failure == null) {
        try {
          changed.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return failure == null ? waiting.poll() : null;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A directory that was taken was read, and what was found in it was added. */
  void done() {
    lock.lock();
    try {
      unfinished--;
      if (unfinished == 0) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the work of all threads. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why it failed, or null. */
  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** What is left of a work that failed, one by one. */
  @Nullable Directory abandoned() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }
}
