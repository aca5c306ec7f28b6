package org.inotify4j.watch;

import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Prelude;
import org.inotify4j.follow.Relay;
import org.inotify4j.recovery.Listener;
import org.inotify4j.recovery.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * Stands beside a model that tells its listener itself, and has a {@link Recovery} stand between
 * the two as long as something is to be polled. When that is, and of what, those say that implement
 * it.
 */
interface PolledOnDemand extends Prelude, Relay {

  Listener listener();

  /** What stands between; null as long as the model tells the listener itself. */
  @Nullable Recovery recovery();

  // As a prelude.

  @Override
  default boolean owes() {
    Recovery current = recovery();
    return current != null && current.owes();
  }

  @Override
  default long untilNext() {
    Recovery current = recovery();
    return current == null ? Long.MAX_VALUE : current.untilNext();
  }

  @Override
  default void closed() {}

  // As an audience.

  @Override
  default Audience next() {
    Recovery current = recovery();
    return current == null ? listener() : current.audience();
  }

  @Override
  default Interests interests() {
    return next().interests();
  }

  @Override
  default void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    next().tell(kinds, origin, mask, cookie, path);
  }

  @Override
  default void renamed(int mask, int cookie, byte[] from, byte[] to) {
    next().renamed(mask, cookie, from, to);
  }

  @Override
  default void recordsLost() {
    next().recordsLost();
  }

  @Override
  default void overflow() {
    next().overflow();
  }
}
