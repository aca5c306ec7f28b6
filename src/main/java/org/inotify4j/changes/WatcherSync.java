package org.inotify4j.changes;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.hub.Hub;

/**
 * Has threads wait until the listener of a watcher has returned from all that happened before.
 *
 * <p>It is waited where an event passes, in that order: until the followers have told what is in
 * the kernel's queue, until each root has looked which directory it is, until the sinks have passed
 * on what they can, and until the listener has returned from the batch. A root that had to look
 * meanwhile may be followed anew: then it is waited for the followers once more.
 */
final class WatcherSync {

  private final Hub hub;
  private final FollowerSet followers;
  private final List<FollowedRoot> roots;
  private final List<ChangeSink> sinks;
  private final Batches batches;
  private final BooleanSupplier isOpen;

  /** What is waited for. */
  private final Set<CountDownLatch> awaited = ConcurrentHashMap.newKeySet();

  /**
   * That of one watcher.
   *
   * @param roots all of them, from when the watcher is started
   * @param sinks theirs
   * @param isOpen whether the watcher is: it is false before {@link #giveUp} is called
   */
  WatcherSync(
      Hub hub,
      FollowerSet followers,
      List<FollowedRoot> roots,
      List<ChangeSink> sinks,
      Batches batches,
      BooleanSupplier isOpen) {
    this.hub = hub;
    this.followers = followers;
    this.roots = roots;
    this.sinks = sinks;
    this.batches = batches;
    this.isOpen = isOpen;
  }

  /** Waits; false where the time is over before, or the watcher is. */
  boolean await(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    int seen;
    do {
      seen = looks();
      if (!settle(deadline) || !look(roots, FollowedRoot::whenLooked, deadline)) {
        return false;
      }
    } while (seen != looks());
    if (!look(sinks, ChangeSink::whenLooked, deadline)) {
      return false;
    }
    CountDownLatch returned = new CountDownLatch(1);
    batches.hurry(returned);
    return await(returned, deadline);
  }

  private int looks() {
    return roots.stream().mapToInt(FollowedRoot::looks).sum();
  }

  private boolean settle(long deadline) throws InterruptedException {
    SettledLatch settled = new SettledLatch();
    Runnable action = () -> followers.whenSettled(settled);
    while (isOpen.getAsBoolean() && !hub.mark(action)) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    try {
      return await(settled.latch, deadline);
    } finally {
      settled.giveUp();
    }
  }

  /**
   * Waits until each has looked.
   *
   * @param whenLooked has one act when it has
   */
  private <T> boolean look(List<T> all, BiConsumer<T, Runnable> whenLooked, long deadline)
      throws InterruptedException {
    CountDownLatch looked = new CountDownLatch(all.size());
    all.forEach(one -> whenLooked.accept(one, looked::countDown));
    return await(looked, deadline);
  }

  /** Waits until the time is over, or the watcher is: who closes it sees this latch, or is seen. */
  private boolean await(CountDownLatch latch, long deadline) throws InterruptedException {
    awaited.add(latch);
    try {
      return isOpen.getAsBoolean()
          && latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
          && isOpen.getAsBoolean();
    } finally {
      awaited.remove(latch);
    }
  }

  /** The watcher is closed: who waits is let go. */
  void giveUp() {
    awaited.forEach(WatcherSync::release);
  }

  private static void release(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      latch.countDown();
    }
  }
}
