package org.inotify4j.watch;

import org.inotify4j.pending.PendingLog;

/** What is done with an event of a follower where there is no room for it at its key. */
enum Room {
  /** What is pending is dropped for an OVERFLOW. */
  OR_OVERFLOW,

  /** It waits for room, unless an OVERFLOW is pending: then who polls that looks for itself. */
  OR_PENDING_OVERFLOW,

  /** It waits for room. */
  NEEDED;

  /** Whether there must be room. Who asks has the lock of the log. */
  boolean mustBeIn(PendingLog log) {
    return switch (this) {
      case OR_OVERFLOW -> false;
      case OR_PENDING_OVERFLOW -> !log.isOverflowed();
      case NEEDED -> true;
    };
  }
}
