package org.inotify4j.hub;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.inotify4j.base.IntSet;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Uninterruptibly;

/**
 * Takes subscriptions from the watches of a hub, and gives back to the kernel those that nobody has
 * any more.
 *
 * <p>The kernel queues an IGNORED for each watch that is removed. So where many are, the poller is
 * waited for now and then, lest the queue fill up: by a mark, and under no lock.
 */
final class Removals {

  /** How many watches are removed before the poller is waited for. */
  private static final int SLICE = 1024;

  /** How long it is waited for at most. */
  private static final Duration DRAINING = Duration.ofSeconds(1);

  private static final int[] NONE = {};

  private final LifeCycle life;
  private final MountWatch mounts;
  private final OrderedLock lock;

  /** The hub's, which the lock guards. */
  private final WatchTable table;

  /** The hub's, which the lock guards. */
  private final QueueMarks marks;

  Removals(
      LifeCycle life, MountWatch mounts, OrderedLock lock, WatchTable table, QueueMarks marks) {
    this.life = life;
    this.mounts = mounts;
    this.lock = lock;
    this.table = table;
    this.marks = marks;
  }

  /** Removes a subscription from a watch, and the watch if nobody is left. */
  void remove(Subscription subscription, int wd) {
    lock.lock();
    try {
      boolean unused = table.unsubscribe(subscription, wd);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes a subscription from watches, with pauses for the poller.
   *
   * @return the watches that others have, and the kernel so keeps
   */
  int[] remove(Subscription subscription, int[] wds) {
    IntSet kept = new IntSet();
    for (int start = 0; start < wds.length; start += SLICE) {
      int end = Math.min(wds.length, start + SLICE);
      CountDownLatch drained = new CountDownLatch(end < wds.length ? 1 : 0);
      lock.lock();
      try {
        for (int i = start; i < end; i++) {
          if (table.unsubscribe(subscription, wds[i])) {
            boolean unused = kept.add(wds[i]);
          }
        }
        if (life.isClosed() || (drained.getCount() > 0 && marks.place(drained::countDown) < 0)) {
          drained.countDown();
        }
      } finally {
        lock.unlock();
      }
      Uninterruptibly.await(drained, DRAINING);
    }
    return kept.isEmpty() ? NONE : kept.toArray();
  }

  /** Removes a subscription from all of its watches; it gets none any more. */
  void removeAll(Subscription subscription) {
    int[] wds;
    lock.lock();
    try {
      subscription.end();
      table.forget(subscription);
      mounts.forget(subscription);
      wds = life.isClosed() ? new int[0] : subscription.wds().toArray();
    } finally {
      lock.unlock();
    }
    int[] unused = remove(subscription, wds);
  }
}
