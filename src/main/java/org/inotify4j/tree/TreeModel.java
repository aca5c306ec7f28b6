package org.inotify4j.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.inotify4j.Flag;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.IntSet;
import org.inotify4j.base.Log;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Model;
import org.inotify4j.follow.Retry;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.hub.Refusals;
import org.inotify4j.hub.Subscriber;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SharedCleaner;
import org.jspecify.annotations.Nullable;

/**
 * The model of a directory with all directories below it. {@link TreeRecords} takes the records,
 * {@link Crawl} reads the disk, {@link TreeReporter} tells the audience; {@link TreeParts} has all
 * of them.
 */
public final class TreeModel implements Model, Subscriber {

  private final Hub hub;
  private final Inbox inbox;
  private final TreeRoot root;
  private final int mask;
  private final Subscription subscription = new Subscription();
  private final Cleaner.Cleanable closing;

  private final TreeParts parts;

  /** Whether the root's watch is gone. */
  private volatile boolean rootIsGone;

  /** The watches whose masks are to be replaced. The hub's lock guards it. */
  private final IntSet othersMasks = new IntSet();

  /** Of a repair that could not be done. */
  private final Retry retry = new Retry();

  /** A tree that watches nothing yet. */
  public TreeModel(Hub hub, Inbox inbox, Audience audience, TreeRoot root, EntryFilter filter) {
    this.hub = hub;
    this.inbox = inbox;
    this.root = root;
    this.mask = audience.interests().mask();
    this.parts = new TreeParts(hub, inbox, subscription, audience, root, filter);
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
  public boolean maskIsOther(int wd) {
    if (othersMasks.isEmpty()) {
      inbox.mark(this::replaceMasks);
    }
    othersMasks.add(wd);
    return true;
  }

  @Override
  public void roomIsMade() {
    inbox.mark(parts.unwatched::aWatchIsFree);
  }

  @Override
  public void mountsChanged(List<String> points, boolean areAll) {
    parts.mounts.changed(points, areAll);
  }

  // As a follower.

  /**
   * Says what is done in the follower's thread when something was mounted, or unmounted, perhaps in
   * the tree, or came with a directory: before it is looked at what is there by now. Before the
   * tree is built.
   *
   * @param untilAsked says how long until that is to be done in any case, since it is not known
   *     what is mounted, in nanoseconds; {@link Long#MAX_VALUE} for good
   */
  public void whenMounted(Runnable action, LongSupplier untilAsked) {
    parts.mounts.whenMounted(action, untilAsked);
  }

  /**
   * Says how many changes were heard of before it was looked what is mounted: if there were more by
   * the time that the tree hears of them, that action is run at once. Before the tree is built.
   */
  public void mountsWereSeenAfter(long changes) {
    parts.mounts.wereSeenAfter(changes);
  }

  /** Whether directories are not watched for want of room. In the thread of the follower. */
  public boolean wantsWatches() {
    return parts.unwatched.wantsWatches();
  }

  /**
   * The paths of the directories that are not watched for want of room, one char for each byte. In
   * the thread of the follower.
   */
  public Set<String> leftOver() {
    return parts.unwatched.withoutRoom().stream()
        .filter(parts.nodes::hasPath)
        .map(node -> new String(TreeNodes.path(node, new byte[0]), ISO_8859_1))
        .collect(Collectors.toSet());
  }

  /** A directory came that no record tells of: it is watched. In the thread of the follower. */
  public void lookAt(byte[] path) {
    parts.mounts.lookAt(new String(path, ISO_8859_1));
  }

  /**
   * Looks at a directory that something is mounted on, and tells that it went, and came with what
   * is in it, also where that was found already. In the thread of the follower.
   */
  public void lookAnew(String path) {
    parts.mounts.lookAnew(path);
  }

  /**
   * Tells another audience from here on. It may want to hear more, but of what is heard already. In
   * the thread of the follower.
   */
  public void tell(Audience other) {
    parts.reporter.tell(other);
  }

  /** Which directory its root is; null while it is not at its path. In the follower's thread. */
  public @Nullable FileIdentity rootIdentity() {
    return parts.reattempts.rootIdentity();
  }

  /** Replaces the kernel's masks of directories of which another subscription wanted more. */
  private void replaceMasks() {
    int[][] wds = new int[1][];
    hub.underLock(
        () -> {
          wds[0] = othersMasks.toArray();
          othersMasks.clear();
        });
    parts.reattempts.replaceMasks(wds[0]);
  }

  /**
   * Watches what there is.
   *
   * @throws INotifyLimitException if there is no room for all watches
   */
  @Override
  public boolean build() throws IOException {
    if (!root.isFlat()) {
      parts.mounts.hear(subscription);
    }
    int result;
    try {
      result = parts.passes.build(root.wd());
    } finally {
      parts.crawl.abandon();
    }
    if (result == Passes.ELSEWHERE) {
      return false;
    } else if (result < 0) {
      throw Refusals.exception(root.path(), result);
    } else if (parts.pass.overLimit() > 0) {
      throw INotifyLimitException.ofWatches(
          root.path().toString(), (long) parts.nodes.watchCount() + parts.pass.overLimit());
    }
    parts.unwatched.log();
    return true;
  }

  @Override
  public void look() {
    parts.records.forget();
    parts.told.clear();
    parts.mounts.mayBeOther();
    if (parts.passes.repair()) {
      retry.succeeded();
    } else {
      if (!retry.isOwed() && !parts.watches.isOver()) {
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
    return parts.results.reads();
  }

  /** Whether it is a tree at a path. */
  public boolean isAt(Path path) {
    return root.path().equals(path);
  }

  @Override
  public boolean isEnd(KernelRecord record) {
    return record.wd() == parts.nodes.root().wd && record.is(Flag.IGNORED);
  }

  @Override
  public void take(KernelRecord record) {
    parts.records.take(record);
    if (record.wd() == root.wd() && record.is(Flag.MOVE_SELF)) {
      // It may be back.
      retry.hasten();
    }
  }

  @Override
  public void endRound() {
    repairAgain();
    endMoves();
    parts.mounts.endRound();
    tryAgain();
    ToldEntries told = parts.told;
    if (told.needsMark() && inbox.markIn(hub, told::markReached)) {
      told.markPlaced();
    }
    Reattempts reattempts = parts.reattempts;
    if (parts.failed.takeRootIsMissed() && !inbox.markIn(hub, reattempts::giveUpWithoutRoot)) {
      reattempts.giveUpWithoutRoot();
    }
  }

  /** Has it looked at once more, if it is time to, and the root is at its path. */
  private void repairAgain() {
    if (retry.isDue() && parts.reattempts.isRootElsewhere()) {
      retry.wasAway();
    } else if (retry.isDue()) {
      inbox.overflow();
      retry.postpone();
    }
  }

  /** What waits for the other half of a move waits until a mark has come by. */
  private void endMoves() {
    TreeRenames moves = parts.moves;
    if (moves.needsMark()) {
      long now = System.nanoTime();
      if (inbox.markIn(hub, () -> moves.markReached(now))) {
        moves.markPlaced();
      } else {
        moves.markReached(now);
      }
    }
    parts.moveRecords.settleExpired();
  }

  /** Tries what is not watched, for want of room, of its path, or for any reason in time. */
  private void tryAgain() {
    UnwatchedDirectories unwatched = parts.unwatched;
    Reattempts reattempts = parts.reattempts;
    reattempts.tryForRoom();
    if (unwatched.wish().take()) {
      parts.exchanges.markPlaced();
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
  }

  /** All has been reported that was the reason why directories could not be reached, or seen. */
  private void tryUnreached() {
    parts.unwatched.wish().reached();
    parts.reattempts.tryUnreached();
    parts.exchanges.markReached();
  }

  @Override
  public void settle() {
    parts.moveRecords.settleAll();
  }

  @Override
  public boolean holdsSince(long time) {
    return parts.moves.isOpenSince(time) || parts.unwatched.wish().isWaitingSince(time);
  }

  @Override
  public long untilNext() {
    long untilTried = Math.min(retry.untilDue(), parts.unwatched.untilDue());
    return Math.min(untilTried, Math.min(parts.moves.untilNext(), parts.mounts.untilNext()));
  }

  @Override
  public void quiet(boolean isQuiet) {
    parts.reporter.turn(!isQuiet);
    parts.findings.beSilent(isQuiet);
  }

  @Override
  public void abandon() {
    parts.crawl.abandon();
  }

  @Override
  public void close() {
    closing.clean();
  }

  @Override
  public int unwatchedCount() {
    return parts.unwatched.count();
  }

  @Override
  public int watchCount() {
    // Its root is the key's own watch.
    return Math.max(0, parts.nodes.watchCount() - 1);
  }
}
