package org.inotify4j.file;

import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the moves within one directory whether two names were exchanged in one step.
 *
 * <p>The kernel reports the exchange of {@code a} and {@code b} as two moves: of {@code a} to
 * {@code b}, and of {@code b} to {@code a}. Of {@code b} the second name comes first, so that it is
 * seen to be there all the time; of {@code a} only all four records tell that. An exchange with a
 * name in another directory cannot be told from two moves.
 *
 * <p>The hub's lock guards it.
 */
final class Exchange {

  private @Nullable EntryName name;
  private int cookie;

  /** What the name became, when that is known. */
  private @Nullable EntryName other;

  /** The cookie of the move back, when that has begun. */
  private int cookieBack;

  /**
   * Takes a move.
   *
   * @param isOfInterest whether somebody wants to know of its name
   * @return whether it is the end of an exchange, and its name the first of the two
   */
  boolean ends(KernelRecord move, boolean isOfInterest) {
    if (move.is(Flag.MOVED_FROM)) {
      if (other != null && cookieBack == 0 && other.equals(move.entryName())) {
        cookieBack = move.cookie();
      } else if (isOfInterest) {
        name = move.entryName();
        cookie = move.cookie();
        other = null;
        cookieBack = 0;
      }
      return false;
    }
    if (name == null) {
      return false;
    }
    if (cookieBack != 0 && cookieBack == move.cookie() && name.equals(move.entryName())) {
      name = null;
      other = null;
      cookieBack = 0;
      return true;
    }
    if (other == null && cookie == move.cookie()) {
      other = move.entryName();
    }
    return false;
  }
}
