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
 * the two as long as something is to be polled. When that is, and of what, those say that extend
 * it.
 */
abstract class PolledOnDemand implements Prelude, Relay {

  final Listener listener;

  /** Null as long as the model tells the listener itself. */
  volatile @Nullable Recovery recovery;

  PolledOnDemand(Listener listener) {
    this.listener = listener;
  }

  // As a prelude.

  @Override
  public final boolean owes() {
    Recovery current = recovery;
    return current != null && current.owes();
  }

  @Override
  public final long untilNext() {
    Recovery current = recovery;
    return current == null ? Long.MAX_VALUE : current.untilNext();
  }

  @Override
  public final void closed() {}

  // As an audience.

  @Override
  public final Audience next() {
    Recovery current = recovery;
    return current == null ? listener : current.audience();
  }

  @Override
  public final Interests interests() {
    return next().interests();
  }

  @Override
  public final void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    next().tell(kinds, origin, mask, cookie, path);
  }

  @Override
  public final void renamed(int mask, int cookie, byte[] from, byte[] to) {
    next().renamed(mask, cookie, from, to);
  }

  @Override
  public final void recordsLost() {
    next().recordsLost();
  }

  @Override
  public final void overflow() {
    next().overflow();
  }

  @Override
  public final String toString() {
    return listener.toString();
  }
}
