package org.inotify4j.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.LibC;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscriptions that something was mounted or unmounted, which inotify does not: a {@link
 * MountPoll} waits for it, from when the first of them asks until the hub is closed.
 *
 * <p>The table of mounts is opened, and read, before who asks goes on: so whatever is mounted later
 * than that one looks is told. Where it cannot be had that is tried again by the next one who asks,
 * and in growing delays. Then all mount points are told: which of them came meanwhile is not known,
 * and neither is which others came and went.
 */
final class MountWatch implements MountPoll.Listener {

  private final OrderedLock lock;
  private final LibC libC;
  private final Workers workers;

  @GuardedBy("lock")
  private final Set<Subscription> listeners = new LinkedHashSet<>();

  /** Who waits, or null where nobody does. */
  @GuardedBy("lock")
  private @Nullable MountPoll poll;

  @GuardedBy("lock")
  private long changes;

  @GuardedBy("lock")
  private boolean isClosed;

  /** How long it waits to try again, in milliseconds; 0 where it is heard, or nobody asked. */
  @GuardedBy("lock")
  private int pause;

  /** Tries again; kept, since its deadline does not keep it. */
  @GuardedBy("lock")
  private @Nullable Task startingLate;

  /** Nobody listens so far. The lock is the hub's. */
  MountWatch(OrderedLock lock, LibC libC, Workers workers) {
    this.lock = lock;
    this.libC = libC;
    this.workers = workers;
  }

  /**
   * Listens from here on, whoever is to be told.
   *
   * @return how many changes were heard so far
   */
  long listen() {
    boolean isToStart;
    long heard;
    lock.lock();
    try {
      heard = changes;
      isToStart = !isClosed && poll == null;
    } finally {
      lock.unlock();
    }
    if (isToStart) {
      start();
    }
    return heard;
  }

  /**
   * Tells a subscription from here on.
   *
   * @return how many changes were heard so far, of which it is not told
   */
  long hear(Subscription subscription) {
    lock.lock();
    try {
      if (!isClosed && !subscription.isOver()) {
        listeners.add(subscription);
      }
    } finally {
      lock.unlock();
    }
    return listen();
  }

  private void start() {
    MountPoll opened = MountPoll.open(libC, this);
    boolean isStarted = false;
    lock.lock();
    try {
      if (isClosed || poll != null) {
        return;
      } else if (opened == null) {
        owe();
        return;
      }
      List<String> points = opened.points();
      opened.start();
      isStarted = true;
      poll = opened;
      if (pause > 0) {
        pause = 0;
        changed(points, false);
      }
    } finally {
      lock.unlock();
      if (opened != null && !isStarted) {
        opened.release();
      }
    }
  }

  /** Has it be tried again in a while, where that is not the case. */
  @GuardedBy("lock")
  private void owe() {
    if (pause == 0) {
      startLater();
    }
  }

  @GuardedBy("lock")
  private void startLater() {
    Task task = startingLate;
    if (task == null) {
      task = new Task("hearing of mounts", this::startLate);
      startingLate = task;
    }
    int longer = MountPoll.longer(pause);
    workers.submitAt(task, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(longer));
    pause = longer;
  }

  private void startLate() {
    boolean isOwed;
    lock.lock();
    try {
      isOwed = !isClosed && pause > 0;
      if (isOwed) {
        // First, since trying may end for want of memory.
        startLater();
      }
    } finally {
      lock.unlock();
    }
    if (isOwed) {
      start();
    }
  }

  /** Does not tell it any more. The lock is held. */
  @SuppressWarnings("GuardedBy") // Asserted.
  void forget(Subscription subscription) {
    lock.assertHeld();
    listeners.remove(subscription);
  }

  /** Ends the wait, and tells nobody any more. The lock is held. */
  @SuppressWarnings("GuardedBy") // Asserted.
  void close() {
    lock.assertHeld();
    isClosed = true;
    listeners.clear();
    if (poll != null) {
      poll.stop();
    }
  }

  @Override
  public void changed(List<String> points, boolean areAll) {
    lock.lock();
    try {
      changes++;
      Subscriptions.tell(
          List.copyOf(listeners), subscriber -> subscriber.mountsChanged(points, areAll));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(MountPoll ended) {
    lock.lock();
    try {
      ended.stop();
      poll = null;
    } finally {
      lock.unlock();
    }
  }
}
