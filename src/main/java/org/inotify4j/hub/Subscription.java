package org.inotify4j.hub;

import java.lang.ref.WeakReference;
import org.inotify4j.base.IntSet;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Subscriber} as its hub knows it: by the watches that it has, and by a weak reference, so
 * that a service that the program forgot, with all of its keys, can be cleaned up.
 */
public final class Subscription {

  private volatile WeakReference<@Nullable Subscriber> subscriber = new WeakReference<>(null);

  /** The watch that was asked for last: most have the same mask. */
  private Watch alone = new Watch(0, this);

  /** The watches that it has. The hub's lock guards it. */
  private final IntSet wds = new IntSet();

  /** Where its hub has it among its services. The hub's lock guards it. */
  int position = NOWHERE;

  static final int NOWHERE = -1;

  private volatile boolean over;

  public void bind(Subscriber bound) {
    subscriber = new WeakReference<>(bound);
  }

  /** Who it is, or null where it is not bound yet or forgotten. */
  @Nullable Subscriber subscriber() {
    return subscriber.get();
  }

  /** The watches that it has. The hub's lock guards it. */
  IntSet wds() {
    return wds;
  }

  /** From here on it gets no watch any more. */
  void end() {
    over = true;
  }

  public boolean isOver() {
    return over;
  }

  /** A watch that nobody else subscribes to. The hub's lock guards it. */
  Watch alone(int mask) {
    if (alone.mask() != mask) {
      alone = new Watch(mask, this);
    }
    return alone;
  }
}
