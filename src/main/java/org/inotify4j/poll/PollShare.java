package org.inotify4j.poll;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much of a processor all that is polled may take together.
 *
 * <p>Where they want more, those that want least get it, and what is left is divided evenly among
 * the others: so a small tree is not polled more seldom because there is a large one. What has had
 * no round for two of its periods counts no more: it is not polled any longer, or waits for a
 * server. Nobody is kept for that long who is gone.
 *
 * <p>It is counted anew now and then only, since there may be many. Safe for use by several
 * threads: who comes amid a count goes by the one before.
 */
final class PollShare {

  /** That of everything that this library polls here. */
  static final PollShare OF_PROCESS = new PollShare(1.0 / 24, System::nanoTime);

  /** How long a count holds, in nanoseconds. */
  private static final long COUNTED = TimeUnit.MILLISECONDS.toNanos(50);

  private final double whole;
  private final LongSupplier time;
  private final Map<WeakReference<?>, Part> parts = new ConcurrentHashMap<>();
  private volatile Count last;

  /**
   * What one wants of the processor.
   *
   * @param until when it counts no more
   */
  private record Part(double wanted, long until) {}

  /** How much each gets at most, and since when that is so. */
  private record Count(double most, long since) {}

  /**
   * A part of a processor.
   *
   * @param time in nanoseconds
   */
  PollShare(double whole, LongSupplier time) {
    this.whole = whole;
    this.time = time;
    this.last = new Count(whole, time.getAsLong() - COUNTED);
  }

  /**
   * One has had a round.
   *
   * @param who always the same reference to it
   * @param cost what that took of a processor, in nanoseconds
   * @param interval how long it wants to wait for the next
   * @return how long it has to wait
   */
  long wait(WeakReference<?> who, long cost, long interval) {
    long now = time.getAsLong();
    double wanted = (double) cost / interval;
    note(who, wanted, now, interval);
    double most = most(now);
    if (wanted <= most) {
      return interval;
    }
    long wait = Math.round(cost / most);
    note(who, wanted, now, wait);
    return wait;
  }

  private void note(WeakReference<?> who, double wanted, long now, long period) {
    parts.put(who, new Part(wanted, now + 2 * period + COUNTED));
  }

  private double most(long now) {
    Count count = last;
    if (now - count.since() >= COUNTED) {
      count = new Count(count(now), now);
      last = count;
    }
    return count.most();
  }

  private double count(long now) {
    parts
        .entrySet()
        .removeIf(part -> part.getValue().until() - now < 0 || part.getKey().get() == null);
    double sum = parts.values().stream().mapToDouble(Part::wanted).sum();
    return sum <= whole ? whole : divided();
  }

  /** What those get that want more than they can have. */
  private double divided() {
    double most = 0;
    double next = whole / Math.max(1, parts.size());
    // Whoever wants no more than that leaves something over, of which the others get more.
    while (next > most) {
      most = next;
      next = left(most);
    }
    return most;
  }

  private double left(double most) {
    double left = whole;
    int others = 0;
    for (Part part : parts.values()) {
      if (part.wanted() <= most) {
        left -= part.wanted();
      } else {
        others++;
      }
    }
    return others == 0 ? whole : left / others;
  }
}
