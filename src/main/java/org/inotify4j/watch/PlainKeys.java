package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import org.inotify4j.base.IntMap;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.hub.Subscriber;
import org.inotify4j.hub.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one service that have a directory's watch, and which of them hears a record of it.
 * The key of a tree is among them, for its root; what it hears its tree tells.
 *
 * <p>The race of a second registration with records that are still queued: what is requested takes
 * effect at a mark, and until then the key hears as before.
 *
 * <p>The service's lock guards it. Any thread may call it; the poller does so under the hub's lock.
 */
final class PlainKeys implements Subscriber {

  private final Hub hub;
  private final Subscription subscription;
  private final SignalQueue queue;
  private final FollowerSet followers;
  private final RenamePairs renames;

  @GuardedBy("queue.lock")
  private final IntMap<Key> keys = new IntMap<>();

  /** How many keys there are, for who asks without the lock. */
  private volatile int count;

  PlainKeys(Hub hub, Subscription subscription, SignalQueue queue, FollowerSet followers) {
    this.hub = hub;
    this.subscription = subscription;
    this.queue = queue;
    this.followers = followers;
    this.renames = new RenamePairs(hub, queue.lock);
  }

  /** Watches a directory, or changes what its key hears. */
  Key register(Path directory, Registration requested) throws IOException {
    if (requested.renames()) {
      // Where there is no room for a thread that waits for late halves, nothing is begun.
      hub.workers().prepare();
    }
    try {
      return hub.add(
          subscription,
          directory,
          requested.events(),
          requested.pathOptions(),
          new Placing(directory, requested));
    } catch (ClosedChannelException e) {
      queue.checkOpenNow();
      throw new ClosedWatchServiceException();
    }
  }

  /** Takes over a watch that was placed for a registration. */
  private final class Placing implements Hub.Placed<Key> {
    private final Path directory;
    private final Registration requested;

    Placing(Path directory, Registration requested) {
      this.directory = directory;
      this.requested = requested;
    }

    @Override
    public Key take(int wd, boolean isNew) {
      return keyFor(wd, directory, requested, isNew);
    }
  }

  /** The key for a watch: the one that there is, or a new one. */
  private Key keyFor(int wd, Path watchable, Registration requested, boolean isNewWatch) {
    queue.lock.lock();
    try {
      queue.checkOpenNow();
      Key key = keys.get(wd);
      if (key == null || !key.isValid()) {
        // One that is being cancelled is not for the program any more.
        key = newKey(wd, watchable, requested, isNewWatch);
      } else if (key.requested().equals(requested)) {
        return key;
      }
      if (!isNewWatch && !requested.isFollowed()) {
        changeAtMark(key, requested);
      }
      return key;
    } finally {
      queue.lock.unlock();
    }
  }

  @GuardedBy("queue.lock")
  private Key newKey(int wd, Path watchable, Registration requested, boolean isNewWatch) {
    Key key = new Key(queue, watchable, wd, requested);
    if (!isNewWatch && !requested.isFollowed()) {
      key.extras().hearNothingYet();
    }
    keys.put(wd, key);
    count = keys.size();
    return key;
  }

  private void changeAtMark(Key key, Registration requested) {
    int request = key.request(requested);
    Follower before = key.extras().changeFollower(null);
    if (before != null) {
      before.looksNoMore();
    }
    hub.atThisPlace(
        () -> {
          takeEffect(key, request, requested);
          if (before != null) {
            before.closeFromHere();
          }
        });
  }

  /** The place in the queue has come from which a key hears what was requested. */
  void takeEffect(Key key, int request, Registration requested) {
    queue.lock.lock();
    try {
      if (!requested.renames() || requested.isFollowed()) {
        renames.releaseAll(key);
      }
      key.extras().takeEffect(request, requested);
    } finally {
      queue.lock.unlock();
    }
  }

  /** Acts when everything has been told that the poller has handed over. */
  void whenSettled(Runnable action) {
    renames.whenSettled(action);
  }

  /** Forgets a key, and gives its watch back. */
  void cancel(Key key) {
    hub.underLock(
        () -> {
          if (forget(key)) {
            hub.unsubscribe(subscription, key.wd());
          }
        });
  }

  /** Whether the key was still there. */
  private boolean forget(Key key) {
    queue.lock.lock();
    try {
      boolean isForgotten = keys.get(key.wd()) == key && keys.remove(key.wd()) != null;
      count = keys.size();
      return isForgotten;
    } finally {
      queue.lock.unlock();
    }
  }

  /** Ends all keys; their watches go with the subscription. */
  void close() {
    queue.lock.lock();
    try {
      for (int wd : keys.keys()) {
        Key key = keys.get(wd);
        if (key != null) {
          key.invalidate();
        }
      }
      keys.clear();
      count = 0;
      renames.clear();
    } finally {
      queue.lock.unlock();
    }
  }

  /** How many there are. Any thread may ask. */
  int count() {
    return count;
  }

  // From the hub, under its lock.

  /** Whether somebody is woken for it, now or as soon as it is known what it is. */
  @Override
  public boolean record(KernelRecord record) {
    queue.lock.lock();
    try {
      Key key = keys.get(record.wd());
      if (key == null || key.effective().isFollowed()) {
        return false; // Its tree has the watch as well.
      } else if (key.effective().renames()) {
        renames.join(key, record);
        return true;
      }
      boolean isWoken;
      do {
        isWoken = key.append(record);
      } while (!isWoken && record.goOn());
      return isWoken;
    } finally {
      queue.lock.unlock();
    }
  }

  @Override
  public void watchEnded(int wd) {
    queue.lock.lock();
    try {
      Key key = keys.remove(wd);
      count = keys.size();
      if (key != null) {
        renames.releaseAll(key);
        if (!key.effective().isFollowed()) {
          key.end();
        }
      }
    } finally {
      queue.lock.unlock();
    }
  }

  @Override
  public void recordsLost(int wd) {
    queue.lock.lock();
    try {
      Key key = keys.get(wd);
      if (key != null && !key.effective().isFollowed()) {
        key.overflow();
      }
    } finally {
      queue.lock.unlock();
    }
  }

  @Override
  public void recordsLost() {
    queue.lock.lock();
    try {
      queue.counters.queueOverflowed();
      keys.forEach(
          key -> {
            if (!key.effective().isFollowed()) {
              key.overflow();
            }
          });
      followers.overflow();
    } finally {
      queue.lock.unlock();
    }
  }

  @Override
  public int mask(int wd) {
    queue.lock.lock();
    try {
      Key key = keys.get(wd);
      return key == null ? 0 : key.requested().mask();
    } finally {
      queue.lock.unlock();
    }
  }

  @Override
  public boolean maskIsOther(int wd) {
    @Nullable Path path;
    queue.lock.lock();
    try {
      Key key = keys.get(wd);
      path = key == null ? null : key.watchable();
    } finally {
      queue.lock.unlock();
    }
    if (path != null) {
      hub.replaceMaskLater(wd, path);
    }
    return path != null;
  }

  @Override
  public void hubFailed(Throwable cause) {
    queue.close(cause);
  }

  @Override
  public void wakeAll() {
    queue.wake();
    followers.wake();
  }
}
