package org.inotify4j.watch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.base.Insistently;
import org.inotify4j.base.Log;
import org.inotify4j.file.NameInterests;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.SharedCleaner;
import org.inotify4j.pending.PendingBounds;
import org.inotify4j.pending.PendingLog;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What one service has registered: makes, replaces and ends its keys, and is what keeps it alive.
 *
 * <p>The service, its keys, its followers and whoever waits for a key hold this; the hub does not.
 * When it is forgotten the cleaner gives the watches back.
 */
final class Registrations implements SignalQueue.Owner, FlightEvents.Source {

  private final Hub hub;
  private final Subscription subscription;
  private final Cleaner.Cleanable forgetting;
  private final SignalQueue queue = new SignalQueue(this);
  private final Runnable closing = new Closing();
  private final PendingBounds bounds;
  private final ByteBudget budget;
  private final NameInterests names;
  private final FollowerSet followers = new FollowerSet();
  private final PlainKeys plain;
  private final FollowedKeys followed;
  private final Polls polls;
  private volatile Registration lastRequested = Registration.NOTHING;

  /**
   * No registrations so far.
   *
   * @param subscription attached to the hub already
   */
  Registrations(Hub hub, Subscription subscription) {
    this.hub = hub;
    this.subscription = subscription;
    this.bounds = PendingBounds.fromProperties();
    this.budget = new ByteBudget(bounds.bytesPerService());
    Subscription ofNames = new Subscription();
    this.names = new NameInterests(hub, ofNames);
    this.polls = new Polls(hub.libC());
    this.plain = new PlainKeys(hub, subscription, queue, followers);
    this.followed = new FollowedKeys(hub, this, plain, names, followers, polls);
    Runnable forget = new Forgetting(hub, ofNames, subscription);
    this.forgetting = SharedCleaner.get().register(this, Insistently.each(forget));
  }

  /** Begins to hear of the hub. */
  void bind() {
    subscription.bind(plain);
    FlightEvents.add(this);
    Throwable failure = hub.failure();
    if (failure != null) {
      // It failed before; nobody waits yet.
      queue.close(failure);
    }
  }

  /** The queue that signalled keys come from. */
  SignalQueue queue() {
    return queue;
  }

  Key register(Path path, Registration requested) throws IOException {
    if (requested.file()) {
      return followed.registerFile(path, requested);
    }
    Registration polled = requested.isFollowed() ? requested : polls.plain(path, requested);
    return polled.isFollowed()
        ? followed.registerTree(path, polled)
        : plain.register(path, shared(polled));
  }

  /** The one object for equal registrations that come one after the other, as they mostly are. */
  private Registration shared(Registration requested) {
    Registration known = lastRequested;
    if (requested.equals(known)) {
      return known;
    }
    lastRequested = requested;
    return requested;
  }

  /** Waits until everything that happened before is pending; false if the time was over before. */
  boolean sync(Duration timeout) throws InterruptedException {
    checkOpen();
    SignalQueue.SyncPoint delivered = queue.syncPoint();
    Runnable settle = () -> plain.whenSettled(() -> followers.whenSettled(delivered));
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long start = System.nanoTime();
    // Where a limit leaves no room for a mark in the queue, there may be some later.
    while (!hub.mark(settle)) {
      if (System.nanoTime() - start >= nanos) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(1);
      checkOpen();
    }
    return delivered.await(nanos - (System.nanoTime() - start));
  }

  /** What the program knows that has polled all events of a key until now. */
  TreeSnapshot snapshot(WatchKey key) throws InterruptedException {
    checkOpen();
    TreeSnapshot known = key instanceof Key ours && ours.isOf(queue) ? known(ours) : null;
    if (known != null) {
      return known;
    }
    throw new IllegalArgumentException(
        "no valid key of this service for a directory with RESCAN: " + key);
  }

  /** The same; null where nothing tells the key for which that is kept. */
  private @Nullable TreeSnapshot known(Key key) throws InterruptedException {
    while (key.isValid()) {
      Registration before = key.requested();
      Recovery recovery = FollowedKeys.recovery(key);
      TreeSnapshot known = recovery == null ? null : HandedOut.snapshot(key, before, recovery);
      checkOpen();
      // Where that ended while it was asked, another one may tell the key from there on; where none
      // does, the key ends with it.
      boolean isLast =
          recovery == null || (recovery.isEnded() && recovery.equals(FollowedKeys.recovery(key)));
      if (known != null || isLast) {
        return known;
      }
    }
    return null;
  }

  /** How many watches there are. Any thread may ask. */
  int watchCount() {
    return isOpen() ? plain.count() + names.watchCount() + followers.watchCount() : 0;
  }

  /** The figures of the service. Any thread may ask. */
  ServiceStatistics statistics() {
    ServiceCounters counters = queue.counters;
    int watches = watchCount();
    int unwatched = isOpen() ? followers.unwatchedCount() : 0;
    int keys = isOpen() ? plain.count() + followed.fileCount() : 0;
    queue.lock.lock();
    try {
      return new ServiceStatistics(
          watches,
          keys,
          queue.isClosed() ? 0 : counters.pendingEvents(),
          queue.isClosed() ? 0 : budget.used(),
          counters.delivered.get(),
          counters.queueOverflows(),
          counters.keyOverflows(),
          counters.repairs.get(),
          counters.rescans.get(),
          unwatched,
          counters.pollRounds.get());
    } finally {
      queue.lock.unlock();
    }
  }

  ServiceCounters counters() {
    return queue.counters;
  }

  @Override
  public long[] figures() {
    ServiceStatistics now = statistics();
    return new long[] {
      now.watches(), now.keys(), now.pendingEvents(), now.pendingBytes(), now.deliveredEvents()
    };
  }

  @Override
  public boolean isOpen() {
    return !queue.isClosed();
  }

  void checkOpen() {
    queue.checkOpenNow();
  }

  /** Ends all keys, wakes who waits, and gives everything back. It may be called more than once. */
  void close() {
    queue.close(null);
    plain.wakeAll();
    plain.close();
    hub.detach(subscription);
    forgetting.clean();
    followed.close();
    followers.close();
    FlightEvents.remove(this);
  }

  /** Closes the service, which cannot go on; whoever waits gets the cause. */
  void fail(Throwable cause) {
    queue.close(cause);
    Insistently.run(closing);
    Log.log(Level.ERROR, "a watch service cannot go on, and is closed", cause);
  }

  /** A key that no watch of its own is for. */
  Key newFileKey(Path watchable, Registration requested) {
    return new Key(queue, watchable, 0, requested);
  }

  /**
   * What follows a key tells nothing any more: its directory is gone, or its one event was told.
   */
  void ended(Key key) {
    plain.cancel(key);
    followed.forget(key);
  }

  ByteBudget budget() {
    return budget;
  }

  Hub hub() {
    return hub;
  }

  // As the owner of its keys.

  @Override
  public void finished(Key key) {
    hub.afterBatch(() -> plain.cancel(key));
  }

  @Override
  public void cancel(Key key) {
    key.invalidate();
    plain.cancel(key);
    Follower told = key.follower();
    Follower follower = told == null ? null : key.extras().changeFollower(null);
    if (follower != null) {
      followed.forget(key);
      followers.remove(follower);
    }
  }

  @Override
  public PendingLog newLog() {
    return new PendingLog(bounds.eventsPerKey(), budget);
  }

  /** Closes, for {@link #fail}: no memory may be left to make this with. */
  private final class Closing implements Runnable {
    @Override
    public void run() {
      close();
    }
  }

  /**
   * Gives back the watches of a service that was closed, or forgotten: it has nothing that leads to
   * the service.
   */
  private static final class Forgetting implements Runnable {
    private final Hub hub;
    private final Subscription ofNames;
    private final Subscription ofKeys;

    Forgetting(Hub hub, Subscription ofNames, Subscription ofKeys) {
      this.hub = hub;
      this.ofNames = ofNames;
      this.ofKeys = ofKeys;
    }

    @Override
    public void run() {
      hub.unwatchAll(ofNames);
      hub.detach(ofKeys);
    }
  }
}
