package org.inotify4j.recovery;

import org.inotify4j.entries.KnownEntries;
import org.jspecify.annotations.Nullable;

/**
 * What an audience knows, and what it is owed. One thread at a time uses it, that of the follower.
 */
final class Knowledge {

  /** What it was told; null where nobody needs that any more. */
  @Nullable KnownEntries known;

  /**
   * Whether the disk is to be looked at, and what differs is to be told. Nothing is, until then.
   */
  boolean owesLook;

  /** Whether the audience looks for itself, and what is known begins anew then. */
  boolean owesFresh;

  /** Whether a look is owed since there was no room: it waits for that. */
  boolean isFull;

  /** Whether what comes happened before, or during, the look that was made to begin with. */
  boolean isBefore;

  /** Whether records are yet to come from before the last look. */
  boolean isBehindLook;

  /** Whether it was so when another one went on: marks that come after that mean nothing. */
  boolean leftBehindLook;

  /** Whether that look was at everything. */
  boolean wasWhole;

  /**
   * Whether the others know what they told who stand before this one in the row, up to its turn.
   * Who registers the next one asks as well.
   */
  volatile boolean isOfRow = true;

  /** Whether the next one tells what is owed here, or all anew. Who registers that one says so. */
  volatile boolean isTakenOver;

  private final QuietLooks looks;

  /** Of what was told before; null for nothing. */
  Knowledge(@Nullable KnownEntries since, boolean owesLook, QuietLooks looks) {
    this.known = since == null ? new KnownEntries() : since;
    this.owesLook = owesLook;
    this.looks = looks;
  }

  /** An event was told. */
  void told() {
    looks.told();
  }

  /** There was no room for an event: a look will find it when there is. */
  void noRoom() {
    owesLook = true;
    isFull = true;
    lost();
  }

  /** Events are lost: what was seen since may be more than was told. */
  void lost() {
    if (known != null) {
      looks.lost(known);
    }
  }
}
