package org.inotify4j.base;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes each complaint on at once, and the same one not again for a minute: then how often it came
 * meanwhile, with the last of them, if it came at all. So what fails for each of many entries fills
 * no log.
 *
 * <p>Nobody may complain any more when the minute is over: so a thread waits for that, which is
 * there only as long as there is something to be said. Where it cannot be started who complains
 * next says it. Safe for use by several threads.
 *
 * <p>The race of who counts one more with the thread that says how many there were: the count is
 * closed when it is taken, and who finds it closed complains anew.
 */
final class Complaints {

  /** So many are known at a time, as a rule: a text that is another one each time is not kept. */
  private static final int MOST = 1000;

  private static final int CLOSED = -1;

  /** Where complaints go. It may be code of the program. */
  interface Sink {
    void log(Level level, String what, @Nullable Throwable cause);
  }

  private final long period;
  private final LongSupplier clock;
  private final Sink sink;
  private final Map<Object, Complaint> known = new ConcurrentHashMap<>();
  private final AtomicBoolean isWaited = new AtomicBoolean();

  /**
   * None so far.
   *
   * @param period for how long the same one is not passed on again, in nanoseconds
   * @param clock the time in nanoseconds
   */
  Complaints(long period, LongSupplier clock, Sink sink) {
    this.period = period;
    this.clock = clock;
    this.sink = sink;
  }

  /**
   * Complains.
   *
   * @param about which complaints are the same: two with equal ones
   * @param what the text
   */
  void add(Object about, Level level, String what, @Nullable Throwable cause) {
    if (known.size() >= MOST) {
      tell(true);
    }
    while (true) {
      Complaint first = new Complaint(clock.getAsLong(), level);
      Complaint same = known.size() < MOST ? known.putIfAbsent(about, first) : null;
      if (same == null) {
        sink.log(level, what, cause);
        return;
      }
      if (same.oneMore(what, cause)) {
        if (clock.getAsLong() - same.since >= period) {
          tell(about, same);
        } else {
          wait(this::tellInTime);
        }
        return;
      }
    }
  }

  /**
   * Tells what was held back, and forgets what was not said for long enough.
   *
   * @param isDue only that for which it is time
   */
  void tell(boolean isDue) {
    long now = clock.getAsLong();
    known.forEach(
        (about, complaint) -> {
          if (!isDue || now - complaint.since >= period) {
            tell(about, complaint);
          }
        });
  }

  /** Tells all that was held back, and knows nothing any more. */
  void forget() {
    tell(false);
    known.clear();
  }

  /** Whether a thread waits until it can tell. */
  boolean isWaited() {
    return isWaited.get();
  }

  private void tell(Object about, Complaint complaint) {
    int times = complaint.count.getAndSet(CLOSED);
    if (times > 0) {
      // It goes on, most likely: a minute begins anew.
      known.replace(about, complaint, new Complaint(clock.getAsLong(), complaint.level));
      String often = times == 1 ? " (once more)" : " (" + times + " times more, this is the last)";
      sink.log(complaint.level, complaint.lastText + often, complaint.lastCause);
    } else if (times == 0) {
      known.remove(about, complaint);
    }
  }

  /** Has a thread tell in time, unless one does. */
  private void wait(Runnable telling) {
    if (!isWaited.compareAndSet(false, true)) {
      return;
    }
    try {
      Daemons.thread(telling, "inotify4j-log").start();
    } catch (Throwable e) {
      isWaited.set(false); // No room for it: who complains next says it.
    }
  }

  private void tellInTime() {
    do {
      while (isHeldBack()) {
        LockSupport.parkNanos(this, Math.max(1, untilDue()));
        tell(true);
      }
      isWaited.set(false);
      // Who was held back just before relies on this thread.
    } while (isHeldBack() && isWaited.compareAndSet(false, true));
  }

  private boolean isHeldBack() {
    return known.values().stream().anyMatch(complaint -> complaint.count.get() > 0);
  }

  /** How long until one is due that was held back. */
  private long untilDue() {
    long now = clock.getAsLong();
    return known.values().stream()
        .filter(complaint -> complaint.count.get() > 0)
        .mapToLong(complaint -> complaint.since + period - now)
        .min()
        .orElse(period);
  }

  /** What was said once, and how often it came since. */
  private static final class Complaint {
    final long since;
    final Level level;

    /** How often it was held back, or that this was told. */
    final AtomicInteger count = new AtomicInteger();

    volatile String lastText = "";
    volatile @Nullable Throwable lastCause;

    Complaint(long since, Level level) {
      this.since = since;
      this.level = level;
    }

    /** Counts one more; false if the count was told already. */
    boolean oneMore(String what, @Nullable Throwable cause) {
      int seen;
      do {
        seen = count.get();
        if (seen == CLOSED) {
          return false;
        }
        lastText = what;
        lastCause = cause;
      } while (!count.compareAndSet(seen, seen == Integer.MAX_VALUE ? seen : seen + 1));
      return true;
    }
  }
}
