package org.inotify4j.base;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits where an interrupt is none of the caller's business: it is kept for whoever it is for. */
public final class Uninterruptibly {

  private Uninterruptibly() {}

  /**
   * Reads or writes files.
   *
   * @param <T> what comes of it
   */
  public interface OfFiles<T> {

    /** Does so. */
    T run() throws IOException;
  }

  /**
   * Reads or writes files, and once more where an interrupt has closed a channel.
   *
   * @param action may be run several times
   */
  public static <T> T run(OfFiles<T> action) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return action.run();
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a latch. */
  public static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      await(latch, Duration.ofDays(1));
    }
  }

  /** Waits for a latch, for some time at most. */
  public static void await(CountDownLatch latch, Duration most) {
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
