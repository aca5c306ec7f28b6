package org.inotify4j.changes;

import java.io.IOException;
import org.inotify4j.entries.KnownEntries;
import org.jspecify.annotations.Nullable;

/** A root while it is followed. */
interface FollowedRoot {

  /** Which one it is. */
  WatchRoot root();

  /**
   * Begins to follow it: what happens from when this returns is told.
   *
   * @param since what the listener knows already; null if nothing, and all that is there counts as
   *     told
   * @throws IOException if it cannot be watched
   */
  void start(@Nullable KnownEntries since) throws IOException;

  /** Counts when it had to be looked at which directory it is, and when another one was found. */
  int looks();

  /** Acts when that has been looked at. */
  void whenLooked(Runnable action);

  /** What the listener knows; null where that cannot be said any more. */
  @Nullable KnownEntries told() throws InterruptedException;

  /** Follows it no more. */
  void close();
}
