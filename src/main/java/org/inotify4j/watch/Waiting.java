package org.inotify4j.watch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.OrderedLock;

/** Waits where an interrupt is none of the caller's business: it is kept for whoever it is for. */
final class Waiting {

  private Waiting() {}

  /** Waits for a latch. */
  static void uninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      uninterruptibly(latch, Duration.ofDays(1));
    }
  }

  /** Waits for a latch, for some time at most. */
  static void uninterruptibly(CountDownLatch latch, Duration most) {
    OrderedLock.mayBlock();
    boolean interrupted = false;
    long end = System.nanoTime() + most.toNanos();
    while (latch.getCount() > 0) {
      try {
        if (!latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
