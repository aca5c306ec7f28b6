package org.inotify4j.disk;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.time.Instant;

/**
 * Says of the time of a change whether another change could leave it as it is, since both are of
 * one tick of the clock that stamps them.
 */
public final class ClockTick {

  /** So long is a tick of the kernel's clock at most, in nanoseconds. */
  private static final long FINE = 10_000_000;

  /** What FAT has instead, and others have a second: times that end with a whole one. */
  private static final long COARSE = 2_000_000_000;

  private static final long SECOND = 1_000_000_000;

  private ClockTick() {}

  /** Whether a time is of the tick at hand; one that seems to be in the future is, too. */
  public static boolean isAtHand(Instant time, Instant now) {
    return now.minusNanos(length(time.get(NANO_OF_SECOND))).isBefore(time);
  }

  /** The same, both in nanoseconds since 1970. */
  public static boolean isAtHand(long time, long now) {
    return now - time < length(time % SECOND);
  }

  /** The same of a time that can be set to any: one that is far in the future is not of it. */
  public static boolean isAtHandUnlessSet(long time, long now) {
    return Math.abs(now - time) < length(time % SECOND);
  }

  private static long length(long nanosOfSecond) {
    return nanosOfSecond == 0 ? COARSE : FINE;
  }
}
