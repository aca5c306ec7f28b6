package org.inotify4j.file;

import java.util.concurrent.TimeUnit;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the records of a name itself come to: that a file came, that it went, or that another
 * one is in its place.
 *
 * <p>Where a file went by a move, and one is at its name by the time that this is read, what is
 * there may have come in the same step. So that the file went is held, until the next record of the
 * name says what happened, or a look does, or for a while at most.
 *
 * <p>Confined to the follower's thread.
 */
final class NameRecords {

  private static final int CAME = Mask.of(Flag.CREATE, Flag.MOVED_TO);

  /** How long it is waited for what came to a name that something went from, at most. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

  private final NameResolution lookup;
  private final Whereabouts whereabouts;
  private final KnownWay way;
  private final LookMarks marks;
  private final NameReport report;
  private final Runnable lookAgain;

  /** Whether the last change was that a file came by a move: perhaps it was exchanged. */
  private boolean cameLast;

  /** That the file went by a move, and what is there may have come in the same step. */
  private @Nullable Departure departure;

  /**
   * Those of one name.
   *
   * @param lookAgain follows the path again, and tells what that comes to
   */
  NameRecords(
      NameResolution lookup,
      Whereabouts whereabouts,
      KnownWay way,
      LookMarks marks,
      NameReport report,
      Runnable lookAgain) {
    this.lookup = lookup;
    this.whereabouts = whereabouts;
    this.way = way;
    this.marks = marks;
    this.report = report;
    this.lookAgain = lookAgain;
  }

  /**
   * Takes a record of the name.
   *
   * @return what was told of the content of the file, as bits
   */
  int take(int mask, int cookie) {
    boolean isExchanged = (mask & NameInterests.EXCHANGED) != 0 && departure != null;
    if (isExchanged) {
      departure = null;
    }
    depart();
    InodeWatch file = way.file();
    if ((mask & CAME) != 0) {
      came(mask & ~NameInterests.EXCHANGED, cookie);
      cameLast = Flag.MOVED_TO.isIn(mask) && !isExchanged;
    } else if ((mask & NameInterests.CHANGES) != 0) {
      went(mask, cookie);
      cameLast = false;
    } else if (file != null && file.isToldByName(mask)) {
      report.tell(mask, cookie);
      return mask & InodeWatch.CONTENT;
    }
    return 0;
  }

  private void came(int mask, int cookie) {
    NameResolution.Found found = whereabouts.find();
    if (found.failure() != null || !way.isThatOf(found)) {
      // It is a link.
      lookup.release(found.places());
      lookAgain.run();
      return;
    }
    InodeWatch known = way.file();
    boolean isOther = known == null || !known.isSameAs(found.target());
    way.adopt(found);
    // Where it is gone already the record that says so is queued.
    way.assumeFile();
    if (known == null) {
      report.tell(mask, cookie);
    } else if (marks.isConfirmed() || isOther) {
      report.tellReplacement(mask, cookie);
    }
  }

  private void went(int mask, int cookie) {
    InodeWatch known = way.file();
    if (known == null) {
      return;
    }
    if (Flag.MOVED_FROM.isIn(mask)) {
      NameResolution.Found now = lookup.glance();
      if (cameLast && now.failure() != null) {
        // It is taken to be there.
        lookAgain.run();
        return;
      } else if (cameLast && known.isSameAs(now.target())) {
        return; // It was exchanged: what goes is what was here before.
      } else if (now.target() != null && way.isThatOf(now)) {
        departure = new Departure(mask, cookie, System.nanoTime());
        return;
      }
    }
    leave(mask, cookie);
  }

  private void leave(int mask, int cookie) {
    way.loseFile();
    report.tell(mask, cookie);
  }

  // What is held.

  /** It went, and what is there came later: what is held of that is told. */
  void depart() {
    Departure held = departure;
    if (held != null) {
      departure = null;
      leave(held.mask(), held.cookie());
    }
  }

  /** Whether it is held that the file went. */
  boolean isHeld() {
    return departure != null;
  }

  /** Whether that is held since a time or longer. */
  boolean isHeldSince(long time) {
    Departure held = departure;
    return held != null && held.time() - time <= 0;
  }

  /** Whether it has been held long enough. */
  boolean isDue() {
    return isHeldSince(System.nanoTime() - PATIENCE);
  }

  /** How long until then, in nanoseconds; {@link Long#MAX_VALUE} where nothing is held. */
  long untilDue() {
    Departure held = departure;
    return held == null ? Long.MAX_VALUE : Math.max(1, held.time() + PATIENCE - System.nanoTime());
  }

  /** That the file went by a move, and when that came. */
  private record Departure(int mask, int cookie, long time) {}
}
