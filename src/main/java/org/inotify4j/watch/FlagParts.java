package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.inotify4j.pending.KindBits.AS_SYNTHETIC;

import org.inotify4j.Mask;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.pending.PendingLog;

/**
 * What one event of several flags is delivered as: the standard kind, with all of them, and one
 * event for each flag whose own kind was asked for.
 *
 * <p>The kernel has such: truncate(2) by who does not own it modifies a file with the set-user-ID
 * bit, and takes that bit from it.
 */
final class FlagParts {

  /** Gets each part. */
  interface Part {
    /** Whether there was room for it. */
    boolean append(int as, int mask);
  }

  private FlagParts() {}

  /** Whether an event that is delivered as the kind of its flag has one at most. */
  static boolean isOne(int mask) {
    return Integer.bitCount(mask & Mask.ALL_EVENTS) <= 1;
  }

  /**
   * Has each part appended.
   *
   * @param flags those whose own kinds were asked for
   * @return false as soon as there is no room for one
   */
  static boolean each(int as, int mask, int flags, Part part) {
    int whole = as & ~AS_FLAG;
    boolean hasRoom = (whole & ~AS_SYNTHETIC) == 0 || part.append(whole, mask);
    int others = mask & ~Mask.ALL_EVENTS;
    for (int left = mask & Mask.ALL_EVENTS & flags; hasRoom && left != 0; left &= left - 1) {
      int one = Integer.lowestOneBit(left);
      hasRoom = part.append(AS_FLAG | (as & AS_SYNTHETIC), others | one);
    }
    return hasRoom;
  }

  /** Appends a record that is delivered as more than one event. */
  static void append(PendingLog log, int as, int flags, KernelRecord record) {
    boolean unused =
        each(
            as,
            record.mask(),
            flags,
            (part, mask) -> {
              log.append(part, mask, record.cookie(), record.name(), record.nameLength());
              return true;
            });
  }
}
