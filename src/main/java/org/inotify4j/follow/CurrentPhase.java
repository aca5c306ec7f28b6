package org.inotify4j.follow;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The phase that a follower is in.
 *
 * <p>Its own thread goes from one to the next, while any thread may close it and the poller may
 * mute it: so each step names the phase that it starts from, and comes to nothing where another
 * thread was first. Out of CLOSED no step leads. Safe for use by several threads.
 */
final class CurrentPhase {

  private final AtomicReference<Phase> phase;

  /** One that has not looked at the disk yet. */
  CurrentPhase() {
    this(Phase.BUILDING);
  }

  CurrentPhase(Phase first) {
    phase = new AtomicReference<>(first);
  }

  Phase get() {
    return phase.get();
  }

  boolean is(Phase asked) {
    return phase.get() == asked;
  }

  /**
   * Goes from one phase to the next.
   *
   * @return false if it is not in the first one: it was muted or closed meanwhile
   * @throws IllegalStateException if the one may never follow the other
   */
  boolean advance(Phase from, Phase next) {
    if (!next.mayFollow(from)) {
      throw new IllegalStateException(next + " after " + from);
    }
    return phase.compareAndSet(from, next);
  }

  /** Tells nothing from here on; one that is muted or closed stays so. */
  void mute() {
    leaveFor(Phase.MUTED);
  }

  /** It is over; one that is closed stays so. */
  void close() {
    leaveFor(Phase.CLOSED);
  }

  private void leaveFor(Phase last) {
    Phase now = phase.get();
    while (now != last && now != Phase.CLOSED && !advance(now, last)) {
      now = phase.get();
    }
  }

  /** What is said where something happens that cannot happen in this phase. */
  IllegalStateException misplaces(String what) {
    return new IllegalStateException(what + " in phase " + phase.get());
  }
}
