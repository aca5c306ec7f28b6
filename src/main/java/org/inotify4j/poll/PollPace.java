package org.inotify4j.poll;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.inotify4j.libc.LibC;

/**
 * When the next round of polling is due: an interval after the one before, and later where all that
 * is polled would cost more than a twenty-fourth of a processor. So the threads that poll never
 * take more than 4% of one, and with what the collector does for it that is not more than 5%.
 *
 * <p>What a round costs is the time that its thread has had a processor, not what it waited for a
 * server; where the kernel does not tell it is all the time that went by.
 *
 * <p>For one thread at a time: a round begins and ends in the same one.
 */
public final class PollPace {

  /** Less is taken for this, in which nobody could tell a poll from an event. */
  static final Duration SHORTEST = Duration.ofMillis(10);

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final long interval;
  private final LongSupplier clock;
  private final PollShare share;
  private final WeakReference<PollPace> inShare = new WeakReference<>(this);
  private long begun;

  /** The pace of what is to be polled at an interval. */
  public PollPace(LibC libC, Duration interval) {
    this(interval, ThreadTime.clock(libC), PollShare.OF_PROCESS);
  }

  /**
   * By a clock in nanoseconds.
   *
   * @param share what it may take of a processor, with others
   */
  PollPace(Duration interval, LongSupplier clock, PollShare share) {
    this.interval = clamped(interval).toNanos();
    this.clock = clock;
    this.share = share;
  }

  private static Duration clamped(Duration interval) {
    if (interval.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return interval.compareTo(LONGEST) > 0 ? LONGEST : interval;
  }

  /** How long it is at least from one round to the next, in nanoseconds. */
  public long interval() {
    return interval;
  }

  /** A round begins. */
  public void begin() {
    begun = clock.getAsLong();
  }

  /**
   * The round is over.
   *
   * @return how long from now until the next is due, in nanoseconds
   */
  public long end() {
    return share.wait(inShare, clock.getAsLong() - begun, interval);
  }
}
