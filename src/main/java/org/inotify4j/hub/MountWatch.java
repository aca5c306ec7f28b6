package org.inotify4j.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscriptions that something was mounted or unmounted, which inotify does not: a {@link
 * MountPoll} waits for it, from when the first of them asks until the hub is closed.
 *
 * <p>The table of mounts is opened, and read, before who asks goes on: so whatever is mounted later
 * than that one looks is told. Where it cannot be had nothing is told, and the next one who asks
 * tries again.
 */
final class MountWatch implements MountPoll.Listener {

  private final OrderedLock lock;
  private final LibC libC;

  @GuardedBy("lock")
  private final Set<Subscription> listeners = new LinkedHashSet<>();

  /** Who waits, or null where nobody does. */
  @GuardedBy("lock")
  private @Nullable MountPoll poll;

  @GuardedBy("lock")
  private long changes;

  @GuardedBy("lock")
  private boolean isClosed;

  /** Nobody listens so far. The lock is the hub's. */
  MountWatch(OrderedLock lock, LibC libC) {
    this.lock = lock;
    this.libC = libC;
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
    if (opened == null) {
      return;
    }
    boolean isStarted = false;
    lock.lock();
    try {
      if (!isClosed && poll == null) {
        opened.start();
        poll = opened;
        isStarted = true;
      }
    } finally {
      lock.unlock();
      if (!isStarted) {
        opened.release();
      }
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
  public void changed(List<String> points) {
    lock.lock();
    try {
      changes++;
      for (Subscription listener : listeners) {
        Subscriber subscriber = listener.subscriber();
        if (subscriber != null) {
          subscriber.mountsChanged(points);
        }
      }
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
