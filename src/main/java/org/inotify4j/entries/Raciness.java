package org.inotify4j.entries;

import org.inotify4j.disk.EntryStatus;

/** Says whether a change after a look could leave an entry's times as they are. */
final class Raciness {

  /** So long is a tick of the kernel's clock at most, in nanoseconds. */
  private static final long TICK = 10_000_000;

  /** What FAT has instead, and others have a second: times that end with a whole one. */
  private static final long COARSE_TICK = 2_000_000_000;

  private static final long SECOND = 1_000_000_000;

  private Raciness() {}

  /**
   * The mark of an entry that was looked at. The time of a change cannot be set to another one, so
   * one that seems to be in the future counts as new; the time of a modification can.
   *
   * @param now the kernel's clock before the look
   */
  static int marks(long now, EntryStatus status) {
    long changed = status.changed();
    long modified = status.modified();
    boolean isUncertain =
        now - changed < tick(changed) || Math.abs(now - modified) < tick(modified);
    return isUncertain ? EntryColumns.UNCERTAIN : 0;
  }

  private static long tick(long time) {
    return time % SECOND == 0 ? COARSE_TICK : TICK;
  }
}
