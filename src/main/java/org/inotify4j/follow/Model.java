package org.inotify4j.follow;

import java.io.IOException;
import org.inotify4j.hub.KernelRecord;

/**
 * What a follower knows of the disk, kept in step with records.
 *
 * <p>One thread at a time calls it, but where it says otherwise. It tells its audience itself.
 */
public interface Model {

  /**
   * Looks at the disk for the first time, and watches what there is.
   *
   * @return false if the path leads elsewhere by now
   * @throws IOException if that is not possible
   */
  boolean build() throws IOException;

  /** Looks at the disk again, and trusts nothing else. */
  void look();

  /** Takes a record. */
  void take(KernelRecord record);

  /** Whether this record is the end of what is followed. */
  boolean isEnd(KernelRecord record);

  /** Whether the record that is the end is in the inbox, or was. Any thread may ask. */
  boolean isOver();

  /** Counts what was looked at. Any thread may ask. */
  int looks();

  /** Does what is to be done when all has been taken that was there. */
  void endRound();

  /** Tells what is owed: nothing comes any more. */
  void settle();

  /** Whether something is held that came before a time, in {@link System#nanoTime}. */
  boolean holdsSince(long time);

  /** How long until there is something to do, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilNext();

  /** Whether what comes from here on changes the model only, and is not told. */
  void quiet(boolean isQuiet);

  /** Closes what a look that failed has left open. */
  void abandon();

  /** Gives all watches back, and gets none any more. Any thread may call it, more than once. */
  void close();

  /** How many directories are watched beside that of the key. Any thread may ask. */
  int watchCount();

  /** How many directories are not watched that should be. Any thread may ask. */
  default int unwatchedCount() {
    return 0;
  }
}
