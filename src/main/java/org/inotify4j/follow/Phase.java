package org.inotify4j.follow;

import java.util.Map;
import java.util.Set;

/**
 * Where a {@link Follower} is in its life. The one table of which phase may follow which is {@link
 * #mayFollow}; what each does with records, losses, the end and faults is in the follower's
 * switches.
 *
 * <p>Also one that replaces nobody is SUCCEEDING, between its mark and the worker: so no record
 * wakes a worker while the thread that registers is not out of the model yet.
 *
 * <p>MUTED is there since the poller finds out, under the hub's lock, that late events are dropped:
 * watches cannot be given back there, and a round that is held up at that moment may still tell the
 * one event that it is at. So a sync waits until that round is over, and whoever is told of the
 * OVERFLOW hears nothing older behind it.
 */
enum Phase {
  /** Looks at the disk for the first time, in the thread that registers. */
  BUILDING,
  /** Takes records up to its own mark and tells nothing, in the thread that registers. */
  CATCHING_UP,
  /** Waits, in no thread, for the one that it replaces to be closed; records gather. */
  SUCCEEDING,
  /** Takes records and tells, in a worker. */
  TELLING,
  /** Takes records up to the mark behind its look and tells nothing, in a worker. */
  REPAIRING,
  /** Drops records up to its last mark: what they would have told is in an OVERFLOW. */
  MUTED,
  /** Tells nothing, and has no watches. */
  CLOSED;

  private static final Map<Phase, Set<Phase>> BEFORE =
      Map.of(
          BUILDING, Set.of(),
          CATCHING_UP, Set.of(BUILDING),
          SUCCEEDING, Set.of(CATCHING_UP),
          TELLING, Set.of(SUCCEEDING, REPAIRING),
          REPAIRING, Set.of(SUCCEEDING, TELLING),
          MUTED, Set.of(CATCHING_UP, SUCCEEDING, TELLING, REPAIRING),
          CLOSED, Set.of(BUILDING, CATCHING_UP, SUCCEEDING, TELLING, REPAIRING, MUTED));

  /** Whether a follower that is in another phase may come to this one next. */
  boolean mayFollow(Phase before) {
    return BEFORE.getOrDefault(this, Set.of()).contains(before);
  }
}
