package org.inotify4j.entries;

import org.inotify4j.disk.ClockTick;
import org.inotify4j.disk.EntryStatus;

/** Says whether a change after a look could leave an entry's times as they are. */
final class Raciness {

  private Raciness() {}

  /**
   * The mark of an entry that was looked at. The time of a change cannot be set to another one, so
   * one that seems to be in the future counts as new; the time of a modification can.
   *
   * @param now the kernel's clock before the look
   */
  static int marks(long now, EntryStatus status) {
    boolean isUncertain =
        ClockTick.isAtHand(status.changed(), now)
            || ClockTick.isAtHandUnlessSet(status.modified(), now);
    return isUncertain ? EntryColumns.UNCERTAIN : 0;
  }
}
