package org.inotify4j.recovery;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.inotify4j.entries.KnownEntries;

/**
 * Keeps what is known current: entries that changed are looked at again when nothing was told for a
 * while, so no event costs a look of its own.
 *
 * <p>A look may see more than was told: what happened just before it, whose record is still queued.
 * Should that record be lost, nobody would miss it any more. So what was seen counts from when the
 * mark behind the look has come by, with no record lost before it.
 *
 * <p>One thread at a time uses it, that of the follower.
 */
final class QuietLooks {

  /** How long nothing was told, in nanoseconds. */
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(100);

  /** What cannot be seen as it was told, for whatever reason, is looked for ever more rarely. */
  private static final long RAREST = TimeUnit.SECONDS.toNanos(64);

  /** How many are looked at in a row, before others come in between. */
  private static final int MOST = 1000;

  private final Disk disk;
  private final Predicate<Runnable> marks;

  /** Whether it is polled: what was told lately is doubted in the next round. */
  private final BooleanSupplier isPolled;

  /** When the next look is due, in {@link System#nanoTime}. */
  private long due;

  private long wait = QUIET;
  private boolean isMarked;

  /** Counts the losses: a mark from before one says nothing. */
  private int losses;

  QuietLooks(Disk disk, Predicate<Runnable> marks, BooleanSupplier isPolled) {
    this.disk = disk;
    this.marks = marks;
    this.isPolled = isPolled;
  }

  /** Something was told, which may have changed an entry. */
  void told() {
    wait = QUIET;
    due = System.nanoTime() + QUIET;
  }

  /** Records were lost: what was seen since the last mark may not have been told. */
  void lost(KnownEntries known) {
    losses++;
    isMarked = false;
    known.forgetLooks();
    told();
  }

  /** Looks, if it is time. */
  void look(KnownEntries known) {
    if (untilDue(known) > 0) {
      return;
    }
    boolean isMore = known.hasUncertain() && disk.look(known, MOST);
    int number = losses;
    isMarked = true;
    if (!marks.test(() -> confirm(known, number, isMore))) {
      // Where no mark can be placed they stay as they are, and are looked at later.
      isMarked = false;
      known.forgetLooks();
      postpone();
    }
  }

  private void confirm(KnownEntries known, int number, boolean isMore) {
    if (number != losses) {
      return;
    }
    isMarked = false;
    if (!isPolled.getAsBoolean()) {
      known.isLookedAt();
    }
    if (known.confirm() > 0) {
      due = System.nanoTime();
      wait = QUIET;
    } else if (isMore) {
      due = System.nanoTime();
    } else {
      postpone();
    }
  }

  private void postpone() {
    due = System.nanoTime() + wait;
    wait = Math.min(RAREST, 2 * wait);
  }

  /** How long until a look is due, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilDue(KnownEntries known) {
    boolean isWanted = known.hasUncertain() || (known.hasFresh() && !isPolled.getAsBoolean());
    return isMarked || !isWanted ? Long.MAX_VALUE : Math.max(0, due - System.nanoTime());
  }
}
