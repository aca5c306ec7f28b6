package org.inotify4j.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.inotify4j.Flag;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.IntSet;
import org.inotify4j.base.Log;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.OpenFiles;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.LateRecords;
import org.inotify4j.follow.Model;
import org.inotify4j.follow.Retry;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.hub.Refusals;
import org.inotify4j.hub.Subscriber;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SharedCleaner;

/**
 * The model of a directory with all directories below it. {@link TreeRecords} takes the records,
 * {@link Crawl} reads the disk, {@link TreeReporter} tells the audience.
 */
public final class TreeModel implements Model, Subscriber {

  private final Hub hub;
  private final Inbox inbox;
  private final Root root;
  private final int mask;
  private final Subscription subscription = new Subscription();
  private final Cleaner.Cleanable closing;

  private final TreeNodes nodes = new TreeNodes();
  private final ToldEntries told = new ToldEntries();
  private final TreeRenames moves = new TreeRenames();
  private final TreeWatches watches;
  private final UnwatchedDirectories unwatched;
  private final TreeReporter reporter;
  private final Findings findings;
  private final Pass pass = new Pass();
  private final FailedVisits failed;
  private final VisitResults results;
  private final Crawl crawl;
  private final Passes passes;
  private final Reattempts reattempts;
  private final MountPlaces mounts;
  private final TreeRecords events;

  /** Whether the root's watch is gone. */
  private volatile boolean rootIsGone;

  /** The watches whose masks are to be replaced. The hub's lock guards it. */
  private final IntSet othersMasks = new IntSet();

  /** Of a repair that could not be done. */
  private final Retry retry = new Retry();

  /**
   * What a tree is a tree of.
   *
   * @param wd the watch descriptor of the directory, whose watch is the key's own
   * @param path the path that was registered now
   * @param watchable the path that the program knows: it may be an older one
   * @param followsLink whether a link at the path's end is followed
   * @param isFlat whether it ends with the directory's own entries: no directory below is watched
   */
  public record Root(int wd, Path path, Path watchable, boolean followsLink, boolean isFlat) {}

  /** A tree that watches nothing yet. */
  public TreeModel(Hub hub, Inbox inbox, Audience audience, Root root, EntryFilter filter) {
    this.hub = hub;
    this.inbox = inbox;
    this.root = root;
    this.mask = audience.interests().mask();
    LateRecords<Integer> late = new LateRecords<>(inbox);
    watches = new TreeWatches(hub, subscription, late, mask);
    DirectoryReader reader =
        new DirectoryReader(hub.libC(), PathBytes.of(root.path()), root.followsLink());
    unwatched = new UnwatchedDirectories(root.watchable(), !audience.interests().unwatched());
    reporter = new TreeReporter(audience, nodes, filter);
    findings = new Findings(told, moves, reporter);
    TreePlaces places = new TreePlaces(nodes, watches, unwatched, findings, pass, root.isFlat());
    NodePath paths = new NodePath(nodes, watches, reader);
    failed = new FailedVisits(places, paths, watches, unwatched, reporter, pass);
    OpenFiles openFiles = new OpenFiles(hub.libC());
    FoundFiles files = new FoundFiles(hub.libC(), paths);
    Visitors visitors = new Visitors(hub.workers(), () -> new Visit(reader, watches, openFiles));
    results = new VisitResults(places, paths, watches, findings, failed, pass);
    crawl = new Crawl(places, paths, findings, failed, files, visitors, results);
    passes = new Passes(places, paths, watches, failed, pass, crawl);
    reattempts = new Reattempts(places, nodes, paths, watches, unwatched, failed, crawl);
    mounts = new MountPlaces(hub, inbox, nodes, paths, crawl, findings);
    events =
        new TreeRecords(
            late,
            told,
            moves,
            reporter,
            places,
            crawl,
            reattempts,
            findings,
            unwatched,
            files,
            mounts::mayCome);
    subscription.bind(this);
    Hub hubOfAction = hub;
    Subscription subscriptionOfAction = subscription;
    closing =
        SharedCleaner.get().register(this, () -> hubOfAction.unwatchAll(subscriptionOfAction));
  }

  // From the poller, under the hub's lock.

  @Override
  public boolean record(KernelRecord record) {
    return inbox.addAll(record);
  }

  @Override
  public void watchEnded(int wd) {
    if (wd == root.wd()) {
      rootIsGone = true;
    }
    inbox.addEnd(wd);
  }

  @Override
  public void recordsLost(int wd) {
    inbox.overflow();
  }

  @Override
  public int mask(int wd) {
    return mask;
  }

  @Override
  public void maskIsOther(int wd) {
    if (othersMasks.isEmpty()) {
      inbox.mark(this::replaceMasks);
    }
    othersMasks.add(wd);
  }

  @Override
  public void roomIsMade() {
    inbox.mark(unwatched::aWatchIsFree);
  }

  @Override
  public void mountsChanged(List<String> points) {
    mounts.changed(points);
  }

  // As a follower.

  /**
   * Says what is done in the follower's thread when something was mounted, or unmounted, perhaps in
   * the tree, or came with a directory: before it is looked at what is there by now. Before the
   * tree is built.
   */
  public void whenMounted(Runnable action) {
    mounts.whenMounted(action);
  }

  /**
   * Says how many changes were heard of before it was looked what is mounted: if there were more by
   * the time that the tree hears of them, that action is run at once. Before the tree is built.
   */
  public void mountsWereSeenAfter(long changes) {
    mounts.wereSeenAfter(changes);
  }

  /** Whether directories are not watched for want of room. In the thread of the follower. */
  public boolean wantsWatches() {
    return unwatched.wantsWatches();
  }

  /**
   * The paths of the directories that are not watched for want of room, one char for each byte. In
   * the thread of the follower.
   */
  public Set<String> leftOver() {
    return unwatched.withoutRoom().stream()
        .filter(nodes::hasPath)
        .map(node -> new String(TreeNodes.path(node, new byte[0]), ISO_8859_1))
        .collect(Collectors.toSet());
  }

  /** A directory came that no record tells of: it is watched. In the thread of the follower. */
  public void lookAt(byte[] path) {
    mounts.lookAt(new String(path, ISO_8859_1));
  }

  /**
   * Looks at a directory that something is mounted on, and tells that it went, and came with what
   * is in it, also where that was found already. In the thread of the follower.
   */
  public void lookAnew(String path) {
    mounts.lookAnew(path);
  }

  /**
   * Tells another audience from here on. It may want to hear more, but of what is heard already. In
   * the thread of the follower.
   */
  public void tell(Audience other) {
    reporter.tell(other);
  }

  /** Whether its root is at its path still. In the thread of the follower. */
  public boolean isAtItsPath() {
    return reattempts.isRootThere();
  }

  /** Replaces the kernel's masks of directories of which another subscription wanted more. */
  private void replaceMasks() {
    int[][] wds = new int[1][];
    hub.underLock(
        () -> {
          wds[0] = othersMasks.toArray();
          othersMasks.clear();
        });
    reattempts.replaceMasks(wds[0]);
  }

  /**
   * Watches what there is.
   *
   * @throws INotifyLimitException if there is no room for all watches
   */
  @Override
  public boolean build() throws IOException {
    if (!root.isFlat()) {
      mounts.hear(subscription);
    }
    int result;
    try {
      result = passes.build(root.wd());
    } finally {
      crawl.abandon();
    }
    if (result == Passes.ELSEWHERE) {
      return false;
    } else if (result < 0) {
      throw Refusals.exception(root.path(), result);
    } else if (pass.overLimit() > 0) {
      throw INotifyLimitException.ofWatches(
          root.path().toString(), (long) nodes.watchCount() + pass.overLimit());
    }
    unwatched.log();
    return true;
  }

  @Override
  public void look() {
    events.forgetMoves();
    told.clear();
    mounts.mayBeOther();
    if (passes.repair()) {
      retry.succeeded();
    } else {
      if (!retry.isOwed() && !watches.isOver()) {
        Log.warn(
            "events were lost, and the tree cannot be gone through yet: "
                + PathBytes.text(root.path()));
      }
      retry.failed();
    }
  }

  @Override
  public boolean isOver() {
    return rootIsGone;
  }

  @Override
  public int looks() {
    return results.reads();
  }

  /** Whether it is a tree at a path. */
  public boolean isAt(Path path) {
    return root.path().equals(path);
  }

  @Override
  public boolean isEnd(KernelRecord event) {
    return event.wd() == nodes.root().wd && event.is(Flag.IGNORED);
  }

  @Override
  public void take(KernelRecord event) {
    events.event(event);
    if (event.wd() == root.wd() && event.is(Flag.MOVE_SELF)) {
      // It may be back.
      retry.hasten();
    }
  }

  @Override
  public void endRound() {
    if (retry.isDue()) {
      inbox.overflow();
      retry.postpone();
    }
    if (moves.needsMark()) {
      long now = System.nanoTime();
      if (inbox.markIn(hub, () -> moves.markReached(now))) {
        moves.markPlaced();
      } else {
        moves.markReached(now);
      }
    }
    events.settleExpired();
    mounts.endRound();
    reattempts.tryForRoom();
    if (unwatched.takeWantsMark()) {
      events.markPlaced();
      if (!inbox.markIn(hub, this::tryUnreached)) {
        tryUnreached();
      }
    }
    if (reattempts.tryInTime() && !inbox.markIn(hub, reattempts::giveUpLate)) {
      reattempts.giveUpLate();
    }
    if (unwatched.wantsWatches()) {
      hub.waitForRoom(subscription);
    }
    unwatched.log();
    if (told.needsMark() && inbox.markIn(hub, told::markReached)) {
      told.markPlaced();
    }
    if (failed.takeRootIsMissed() && !inbox.markIn(hub, reattempts::giveUpWithoutRoot)) {
      reattempts.giveUpWithoutRoot();
    }
  }

  /** All has been reported that was the reason why directories could not be reached, or seen. */
  private void tryUnreached() {
    unwatched.markReached();
    reattempts.tryUnreached();
    events.markReached();
  }

  @Override
  public void settle() {
    events.settleAll();
  }

  @Override
  public boolean holdsSince(long time) {
    return moves.isOpenSince(time) || unwatched.isWaitingSince(time);
  }

  @Override
  public long untilNext() {
    long untilTried = Math.min(retry.untilDue(), unwatched.untilDue());
    return Math.min(untilTried, Math.min(moves.untilNext(), mounts.untilNext()));
  }

  @Override
  public void quiet(boolean isQuiet) {
    reporter.turn(!isQuiet);
    findings.beSilent(isQuiet);
  }

  @Override
  public void abandon() {
    crawl.abandon();
  }

  @Override
  public void close() {
    closing.clean();
  }

  @Override
  public int unwatchedCount() {
    return unwatched.count();
  }

  @Override
  public int watchCount() {
    // Its root is the key's own watch.
    return Math.max(0, nodes.watchCount() - 1);
  }
}
