package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.base.Daemons;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.file.NameInterests;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.hub.Subscriber;
import org.inotify4j.hub.Subscription;
import org.inotify4j.poll.PollPace;
import org.inotify4j.poll.SilentPlaces;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.recovery.UnheardPlaces;
import org.inotify4j.tree.TreeModel;
import org.jspecify.annotations.Nullable;

/**
 * A watcher at work: its roots with their followers, on the inotify instance that all share, and
 * the batches that they fill.
 *
 * <p>It is kept from being collected until it is closed, since nobody need have a reference to what
 * calls a listener.
 */
final class Watching implements Subscriber, Surroundings {

  private static final long MOST_BYTES = 64L * 1024 * 1024;
  private static final int MOST_OF_HEAP = 4;

  /** Where a watcher gets its inotify instance. */
  interface Instance {
    Hub attach(Subscription subscription) throws IOException;
  }

  /** All that are open. */
  private static final Set<Watching> OPEN = ConcurrentHashMap.newKeySet();

  private final WatchSettings settings;
  private final WantedChanges wanted;
  private final Subscription subscription = new Subscription();
  private final Subscription ofNames = new Subscription();
  private final Hub hub;
  private final NameInterests names;
  private final FollowerSet followers = new FollowerSet();
  private final ByteBudget budget =
      new ByteBudget(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / MOST_OF_HEAP));
  private final WatcherPolls polls;
  private final Batches batches;
  private final List<FollowedRoot> roots = new ArrayList<>();

  /** The roots of which it was told that they are polled. */
  private final Set<WatchRoot> toldPolled = ConcurrentHashMap.newKeySet();

  private final LookCounts counts = new LookCounts();
  private final List<ChangeSink> sinks = new ArrayList<>();
  private final WatcherSync sync;

  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final AtomicBoolean isEnding = new AtomicBoolean();
  private final Consumer<Throwable> onEnd;
  private volatile @Nullable Throwable failure;

  /**
   * One that follows nothing yet.
   *
   * @param onEnd is told of a fault that has closed it, after everything else
   */
  Watching(
      WatchSettings settings,
      ChangeListener listener,
      Executor executor,
      Demand demand,
      Consumer<Throwable> onEnd,
      Instance instance)
      throws IOException {
    this.settings = settings;
    this.wanted = new WantedChanges(settings.isFinishedOnly());
    this.onEnd = onEnd;
    this.hub = instance.attach(subscription);
    this.names = new NameInterests(hub, ofNames);
    this.polls = new WatcherPolls(hub.libC(), settings.poll());
    this.batches = new Batches(hub.workers(), executor, listener, settings, demand, this::fail);
    this.sync = new WatcherSync(hub, followers, roots, sinks, batches, this::isOpen);
    subscription.bind(this);
  }

  /**
   * Follows all roots.
   *
   * @param since what the listener knows already of each; null if nothing
   * @throws IOException if one cannot be watched; then nothing is
   */
  void start(List<WatchRoot> all, StartingPoints since) throws IOException {
    OPEN.add(this);
    boolean isStarted = false;
    try {
      Throwable cause = hub.failure();
      if (cause != null) {
        throw new IOException("the inotify instance cannot go on", cause);
      }
      for (WatchRoot root : all) {
        FollowedRoot followed = followed(root);
        roots.add(followed);
        followed.start(since.of(root));
      }
      isStarted = true;
    } finally {
      if (!isStarted) {
        close();
      }
    }
  }

  private FollowedRoot followed(WatchRoot root) {
    ChangeSink gathering = batches.sink(root);
    ChangeSink sink =
        settings.isFinishedOnly() ? new FinishedFiles(hub, root, gathering, this::fail) : gathering;
    sinks.add(sink);
    return root.reach() == WatchRoot.Reach.FILE
        ? new FollowedFile(this, root, sink)
        : new FollowedTree(this, root, sink);
  }

  // For the roots.

  WatchSettings settings() {
    return settings;
  }

  @Override
  public WantedChanges wanted() {
    return wanted;
  }

  @Override
  public Hub hub() {
    return hub;
  }

  NameInterests names() {
    return names;
  }

  @Override
  public FollowerSet followers() {
    return followers;
  }

  @Override
  public ByteBudget budget() {
    return budget;
  }

  @Override
  public @Nullable PollPace pace(Set<String> places) {
    return places.isEmpty() ? null : polls.pace();
  }

  @Override
  public SilentPlaces.Found polledPlaces(WatchRoot root, EntryFilter filter, Set<String> before) {
    SilentPlaces.Found found = polls.places(root, filter, before);
    if (WatcherPolls.isNeeded(root, found, before)) {
      tellPolled(root);
    }
    return found;
  }

  /** Says, once, that a root is polled, where that is news. */
  void tellPolled(WatchRoot root) {
    if (polls.isNews() && toldPolled.add(root)) {
      tell(new Problem(Problem.Kind.POLLED, root.path(), polls.reason(), null));
    }
  }

  WatcherPolls polls() {
    return polls;
  }

  @Override
  public void pollWhereUnheard(UnheardPlaces places, TreeModel tree, Recovery recovery) {
    if (polls.isAuto()) {
      tree.whenMounted(places::look, places::untilAsked);
      recovery.pollWhere(polls.pace(), places);
    }
  }

  @Override
  public boolean place(Follower follower) throws IOException {
    return place(follower, () -> hub.atThisPlace(follower::tellFromHere));
  }

  @Override
  public boolean place(Follower follower, Runnable beginning) throws IOException {
    return followers.place(follower, beginning);
  }

  void tell(Problem problem) {
    batches.tell(problem);
  }

  LookCounts counts() {
    return counts;
  }

  boolean isOpen() {
    return !isClosed.get();
  }

  /** Cannot go on: says so, and closes. In any thread, under any lock. */
  void fail(Throwable cause) {
    failure = cause;
    Daemons.thread(this::end, "inotify4j-watcher-end").start();
  }

  private void end() {
    Throwable cause = failure;
    if (isOpen() && cause != null && isEnding.compareAndSet(false, true)) {
      Path path = roots.isEmpty() ? Path.of("") : roots.get(0).root().path();
      String reason = "the watcher is closed: " + cause;
      close();
      settings.onError().accept(new Problem(Problem.Kind.ENDED, path, reason, cause));
      onEnd.accept(cause);
    }
  }

  // For who has the watcher.

  /** Waits until the listener has returned from all that happened before. */
  boolean sync(Duration timeout) throws InterruptedException {
    if (batches.isRunner()) {
      throw new IllegalStateException(
          "the listener cannot wait for its own call to return: call sync from another thread");
    }
    return sync.await(timeout);
  }

  /**
   * What the listener knows of a root that has returned from every batch so far; null where that
   * cannot be said, since the watcher is closed or about to be.
   */
  @Nullable KnownEntries known(WatchRoot root) throws InterruptedException {
    for (FollowedRoot followed : roots) {
      if (followed.root().equals(root)) {
        KnownEntries told = followed.told();
        return failure == null ? told : null;
      }
    }
    return null;
  }

  /** So many more batches are wanted. */
  void want(long more) {
    batches.want(more);
  }

  WatcherStatistics statistics() {
    int watches = isOpen() ? roots.size() + names.watchCount() + followers.watchCount() : 0;
    return batches.statistics(counts, watches);
  }

  /** Follows nothing any more; waits for the listener, unless that is who closes. */
  void close() {
    stop();
    batches.close();
  }

  /** Follows nothing any more; does not wait for the listener. */
  void stop() {
    boolean isFirst = isClosed.compareAndSet(false, true);
    // It releases who waits for a batch, and has to find that this is closed.
    batches.stop();
    if (isFirst) {
      followers.wake();
      roots.forEach(FollowedRoot::close);
      followers.close();
      hub.unwatchAll(ofNames);
      hub.detach(subscription);
      OPEN.remove(this);
      sync.giveUp();
    }
  }

  // From the hub, under its lock.

  @Override
  public boolean record(KernelRecord record) {
    return false;
  }

  @Override
  public void watchEnded(int wd) {}

  @Override
  public void recordsLost(int wd) {}

  @Override
  public void recordsLost() {
    followers.overflow();
  }

  @Override
  public int mask(int wd) {
    return 0;
  }

  @Override
  public void hubFailed(Throwable cause) {
    failure = cause;
  }

  @Override
  public void wakeAll() {
    followers.wake();
    Throwable cause = failure;
    if (cause != null && isOpen()) {
      fail(cause);
    }
  }
}
