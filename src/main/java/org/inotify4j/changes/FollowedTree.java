package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.file.FileModel;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Retry;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.work.Task;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is followed by its path, with everything below or its entries only: whatever
 * directory is there.
 *
 * <p>A tree follows a directory wherever it is moved to. So the path is followed as a single name
 * as well, and where that says that something else may be there, a round of a task looks. If it is
 * another directory, the tree of the old one is asked what it told, and is closed; that of the new
 * one begins with the differences from there. If there is none, all that was told is gone. If it is
 * the same, of which other entries count by now, a new tree succeeds the old one.
 *
 * <p>A lock keeps the start and the rounds apart; it is held while the disk is looked at. Who asks
 * what was told takes it as well where the follower does not answer: it is amid a round then, or
 * the directory is gone.
 */
final class FollowedTree implements FollowedRoot, RootOwner {

  private static final byte[] ROOT = {};

  /** How long nothing changes what counts of a tree before that is looked at, in nanoseconds. */
  private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(50);

  private final Watching watching;
  private final Hub hub;
  private final WatchRoot root;
  private final Path path;
  private final RootSelection selection;
  private final ChangeSink sink;
  private final OrderedLock lock = new OrderedLock(Rank.REGISTERING);
  private final Task task;
  private final RootPlace place;
  private final RootFollowers followers;
  private final AtomicInteger looks = new AtomicInteger();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  private volatile @Nullable RootFollower following;

  /** What the listener was told that does not know yet that it is gone. */
  private @Nullable KnownEntries known;

  private boolean isGone;

  /** When the tree is followed anew, since something else of it counts; 0 where it is not. */
  private volatile long outdated;

  private final Retry retry = new Retry();

  /** Whether it may be that nobody reports when something comes to the path. */
  private volatile BooleanSupplier isPolled = () -> false;

  FollowedTree(Watching watching, WatchRoot root, ChangeSink sink) {
    this.watching = watching;
    this.hub = watching.hub();
    this.root = root;
    this.path = root.path().toAbsolutePath();
    this.place = new RootPlace(hub.libC(), path);
    this.task = new Task("looking at " + PathBytes.text(path), this::round);
    this.selection = new RootSelection(hub, watching.settings(), path, this::selectAnew, task);
    this.sink = selection.sink(sink);
    this.followers = new RootFollowers(watching, this, root, selection, this.sink, place);
  }

  @Override
  public WatchRoot root() {
    return root;
  }

  @Override
  public void start(@Nullable KnownEntries since) throws IOException {
    lock.lock();
    try {
      followNames();
      try {
        begin(followers.ofAny(since, since == null && watching.settings().tellsExisting()));
      } catch (NoSuchFileException e) {
        known = since == null ? null : followers.selected(since);
        gone(e);
        hub.workers().submit(task);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Hears when something else comes to the path, if that ends in a name, or of other rules. */
  private void followNames() throws IOException {
    Path name = RootPlace.name(path);
    if (name != null) {
      follow(
          name,
          NameListener.ofPlace(this),
          model -> isPolled = watching.polls().polling(model, this::look));
    }
    Path rules = selection.unheardRules(root.reach());
    if (rules != null) {
      NameListener listener = NameListener.ofContent(this, selection::lookAgain);
      follow(rules, listener, FileModel::mayBeUnheard);
    }
  }

  private void follow(Path name, NameListener listener, Consumer<FileModel> prepare)
      throws IOException {
    Inbox inbox = new Inbox(watching.budget());
    FileModel model = new FileModel(hub, watching.names(), inbox, listener, name, true);
    prepare.accept(model);
    boolean unused =
        watching.place(new Follower(hub, watching.followers(), inbox, model, listener));
  }

  // Which directory it is.

  /** Something else may be at the path. Any thread may say so. */
  void look() {
    looks.incrementAndGet();
    hub.workers().submit(task);
  }

  /** Something else of the tree counts: when that has settled, which takes some writes. */
  private void selectAnew() {
    long time = soon();
    outdated = time;
    looks.incrementAndGet();
    hub.workers().submitAt(task, time);
  }

  private static long soon() {
    long time = System.nanoTime() + SETTLING;
    return time == 0 ? 1 : time;
  }

  @Override
  public int looks() {
    return looks.get();
  }

  @Override
  public void whenLooked(Runnable action) {
    waiting.add(action);
    hub.workers().submit(task);
  }

  private void round() {
    int count = waiting.size();
    lock.lock();
    try {
      if (watching.isOpen()) {
        lookAtRules();
        compare(isToSelectAnew(count > 0));
      }
    } catch (ClosedWatchServiceException e) {
      // It is closed meanwhile.
    } catch (InterruptedException e) {
      // The workers are closed, and nothing is to be told any more.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // There was no memory, say: nobody may follow the root by now.
      watching.fail(e);
      return;
    } finally {
      lock.unlock();
    }
    for (; count > 0; count--) {
      waiting.remove().run();
    }
    long wait = watching.isOpen() ? Math.min(retry.untilDue(), untilPoll()) : Long.MAX_VALUE;
    if (wait != Long.MAX_VALUE) {
      hub.workers().submitAt(task, System.nanoTime() + wait);
    }
  }

  private void lookAtRules() {
    if (selection.isOutdated()) {
      selectAnew();
    }
  }

  /** How long until it is looked whether a directory has come that nobody reports. */
  private long untilPoll() {
    boolean isAwaited = following == null && isPolled.getAsBoolean();
    return isAwaited ? watching.polls().pace().interval() : Long.MAX_VALUE;
  }

  /** Whether what counts has changed, and settled or somebody waits for it. */
  private boolean isToSelectAnew(boolean isWaitedFor) {
    long time = outdated;
    boolean isDue = time != 0 && (isWaitedFor || time - System.nanoTime() <= 0);
    if (isDue) {
      outdated = 0;
    } else if (time != 0) {
      hub.workers().submitAt(task, time);
    }
    return isDue;
  }

  private void compare(boolean isOther) throws InterruptedException {
    RootFollower current = following;
    FileIdentity now = null;
    IOException refusal = null;
    try {
      now = place.identity();
    } catch (NoSuchFileException | NotDirectoryException e) {
      refusal = e;
    } catch (IOException e) {
      // Nobody knows what is there.
      outdated = isOther && outdated == 0 ? soon() : outdated;
      retry.failed();
      return;
    }
    if (current != null) {
      boolean isSame = !current.isEnded() && current.identity().equals(now);
      if (isSame && (!isOther || followOn(current))) {
        retry.succeeded();
        return;
      }
      known = current.toldInTheEnd();
      following = null;
      watching.followers().remove(current.follower());
      current.close();
    }
    if (refusal != null) {
      retry.succeeded();
      gone(refusal);
    } else {
      followAnew();
    }
  }

  /** Who waits for all that has happened has to wait for this one as well. */
  private void begin(RootFollower next) {
    following = next;
    looks.incrementAndGet();
    selection.lookAgain();
    // What changed while nobody heard of it counts for all that is done behind this.
    lookAtRules();
    if (!watching.isOpen()) {
      next.close(); // Who closes may not have seen it.
    }
  }

  /** Follows the same directory, of which other entries count by now; false if it cannot. */
  private boolean followOn(RootFollower current) {
    try {
      RootFollower next = followers.ofThat(current.identity(), null, false, current);
      if (next == null) {
        return false;
      }
      begin(next);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void followAnew() {
    try {
      begin(followers.ofAny(known == null ? new KnownEntries() : known, false));
      known = null;
      retry.succeeded();
      if (isGone) {
        isGone = false;
        watching.tell(new Problem(Problem.Kind.ROOT_BACK, root.path(), "it is watched", null));
      }
    } catch (IOException e) {
      retry.failed();
      gone(e);
    }
  }

  /** Nothing can be watched: what was told is there no more. */
  private void gone(IOException reason) {
    KnownEntries told = known;
    known = null;
    if (told != null) {
      told.forEachBelow(
          ROOT,
          (entry, isDirectory) -> {
            if (RootPlace.isTop(entry)) {
              sink.deleted(entry, isDirectory, Origin.LISTING);
            }
          });
    }
    if (!isGone) {
      isGone = true;
      watching.tell(
          new Problem(Problem.Kind.ROOT_GONE, root.path(), RootPlace.reason(reason), reason));
    }
  }

  @Override
  public @Nullable KnownEntries told() throws InterruptedException {
    while (true) {
      RootFollower current = following;
      KnownEntries told = current == null ? null : current.told(sink);
      if (told != null) {
        return told;
      }
      lock.lockInterruptibly();
      try {
        if (following == current) {
          return current == null ? toldUntilGone(known) : endOf(current);
        }
        // Another one has begun to tell meanwhile.
      } finally {
        lock.unlock();
      }
    }
  }

  /** What the last one told whose end no round has seen yet; null where it is closed. */
  private @Nullable KnownEntries endOf(RootFollower current) {
    return current.isEnded() ? toldUntilGone(current.last()) : null;
  }

  /** What the listener knows, of what was told by who tells nothing any more. */
  private KnownEntries toldUntilGone(@Nullable KnownEntries last) {
    KnownEntries told = last == null ? new KnownEntries() : last.copy();
    sink.takeBack(told);
    return told;
  }

  @Override
  public void close() {
    RootFollower current = following;
    if (current != null) {
      current.close();
    }
    for (Runnable one = waiting.poll(); one != null; one = waiting.poll()) {
      one.run();
    }
  }

  // From who follows it.

  @Override
  public void unwatched(int errno, byte[] entry) {
    Path where = entry.length == 0 ? root.path() : PathBytes.resolve(root.path(), entry);
    watching.tell(Problem.unwatched(where, errno));
  }

  @Override
  public void recordsLost() {
    watching.counts().lost();
  }

  @Override
  public void looked(Origin origin) {
    watching.counts().looked(origin);
    if (origin == Origin.POLL) {
      selection.lookAgain();
    }
  }

  @Override
  public void ended() {
    look();
  }

  @Override
  public boolean isOpen() {
    return watching.isOpen();
  }

  @Override
  public void failed(Throwable cause) {
    watching.fail(cause);
  }

  @Override
  public String toString() {
    return PathBytes.text(root.path());
  }
}
