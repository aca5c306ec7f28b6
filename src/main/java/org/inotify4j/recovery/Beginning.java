package org.inotify4j.recovery;

import org.inotify4j.entries.KnownEntries;
import org.inotify4j.poll.PollPace;
import org.jspecify.annotations.Nullable;

/**
 * Where a recovery begins, and how far it goes.
 *
 * @param tellsExisting whether all that is there is told first
 * @param since what the audience knows already, and has the differences from told first; null where
 *     that is not asked for
 * @param neverOverflows whether what was lost is told, and never that something is lost
 * @param keepsUnheardOnly whether what was told is kept only where nothing is heard, when what is
 *     told first is over
 * @param pace when it is polled; null where it is not
 */
public record Beginning(
    boolean tellsExisting,
    @Nullable KnownEntries since,
    boolean neverOverflows,
    boolean keepsUnheardOnly,
    @Nullable PollPace pace) {

  /** Whether something is told before what happens. */
  boolean tellsFirst() {
    return tellsExisting || since != null;
  }

  /** Whether all that the audience is told is kept, for now at least. */
  boolean beginsWhole() {
    return tellsFirst() || !keepsUnheardOnly;
  }

  /** Whether all is known to another one that is known to begin with. */
  boolean goesOnFrom(Beginning before) {
    return !tellsFirst() && isKept() && (isWholeKept() ? before.isWholeKept() : before.isKept());
  }

  /** Whether what the audience was told is kept for good, or a part of it. */
  boolean isKept() {
    return isWholeKept() || keepsUnheardOnly;
  }

  /** Whether all that the audience was told is kept for good. */
  boolean isWholeKept() {
    return neverOverflows || pace != null;
  }
}
