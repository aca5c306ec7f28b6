package org.inotify4j.watch;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import org.inotify4j.Flag;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.IntSet;
import org.inotify4j.base.Log;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SharedCleaner;

/**
 * A directory with all directories below it, as one key watches them. {@link TreeEvents} takes the
 * records, {@link TreeWalk} reads the disk, {@link TreeReporter} tells the key.
 */
final class Tree extends Follower implements Listener {

  private final Path root;
  private final int mask;
  private final Subscriber subscriber = new Subscriber();
  private final Cleaner.Cleanable closing;

  private final TreeNodes nodes = new TreeNodes();
  private final Beliefs beliefs = new Beliefs();
  private final TreeMoves moves = new TreeMoves();
  private final Unwatched unwatched;
  private final TreeReporter reporter;
  private final Findings findings;
  private final TreeWalk walk;
  private final TreeEvents events;

  /** Whether the root's watch is gone. */
  private volatile boolean rootIsGone;

  /** The watches whose masks are to be replaced. The hub's lock guards it. */
  private final IntSet othersMasks = new IntSet();

  /** Of a repair that could not be done. */
  private final Retry retry = new Retry();

  /**
   * A tree that watches nothing yet.
   *
   * @param root the path that was registered now: the key may have another, older one
   */
  Tree(
      Hub hub,
      INotifyWatchService service,
      Followers followers,
      Key key,
      Path root,
      Registration asked) {
    super(hub, service, followers, key);
    this.root = root;
    this.mask = asked.mask();
    TreeWatches watches = new TreeWatches(hub, subscriber, mask);
    DirectoryReader reader = new DirectoryReader(hub.libC(), PathBytes.of(root), !asked.noFollow());
    unwatched = new Unwatched(key.watchable(), !asked.unwatched());
    reporter = new TreeReporter(key, asked, nodes);
    findings = new Findings(beliefs, moves, reporter);
    walk =
        new TreeWalk(
            nodes,
            findings,
            reporter,
            watches,
            reader,
            unwatched,
            asked.exclusion().filter(key.watchable()));
    events = new TreeEvents(nodes, beliefs, moves, reporter, walk, unwatched, asked);
    subscriber.bind(this);
    Hub hubOfAction = hub;
    Subscriber subscriberOfAction = subscriber;
    closing =
        SharedCleaner.INSTANCE.register(this, () -> hubOfAction.unwatchAll(subscriberOfAction));
  }

  // From the poller, under the hub's lock.

  @Override
  public boolean deliver(KernelRecord event, HeldMoves held) {
    return add(event);
  }

  @Override
  public void watchEnded(int wd, HeldMoves held) {
    if (wd == key.wd()) {
      rootIsGone = true;
    }
    addEnd(wd);
  }

  @Override
  public void overflow(int wd) {
    overflow();
  }

  @Override
  public int mask(int wd) {
    return mask;
  }

  @Override
  public void maskIsOther(int wd) {
    if (othersMasks.isEmpty()) {
      markHere(this::replaceMasks);
    }
    othersMasks.add(wd);
  }

  @Override
  public void roomIsMade() {
    markHere(unwatched::aWatchIsFree);
  }

  // As a follower.

  /** Replaces the kernel's masks of directories of which another subscriber wanted more. */
  private void replaceMasks() {
    int[][] wds = new int[1][];
    hub.underLock(
        () -> {
          wds[0] = othersMasks.toArray();
          othersMasks.clear();
        });
    walk.replaceMasks(wds[0]);
  }

  /**
   * Watches what there is.
   *
   * @throws INotifyLimitException if there is no room for all watches
   */
  @Override
  boolean build() throws IOException {
    int result;
    try {
      result = walk.build(key.wd());
    } finally {
      walk.abandon();
    }
    if (result == TreeWalk.ELSEWHERE) {
      return false;
    } else if (result < 0) {
      throw Refusals.exception(root, result);
    } else if (walk.overLimit() > 0) {
      throw INotifyLimitException.ofWatches(
          root.toString(), (long) nodes.watchCount() + walk.overLimit());
    }
    unwatched.log();
    return true;
  }

  @Override
  void look() {
    events.forgetMoves();
    beliefs.clear();
    if (walk.repair()) {
      retry.succeeded();
    } else {
      if (!retry.isOwed()) {
        Log.warn("events were lost, and the tree cannot be gone through yet: " + root);
      }
      retry.failed();
    }
  }

  @Override
  boolean isOver() {
    return rootIsGone;
  }

  @Override
  int looks() {
    return walk.reads();
  }

  /** Whether it is a tree at a path. */
  boolean isAt(Path path) {
    return root.equals(path);
  }

  @Override
  boolean isEnd(KernelRecord event) {
    return event.wd() == nodes.root().wd && event.is(Flag.IGNORED);
  }

  @Override
  void event(KernelRecord event) {
    events.event(event);
    if (event.wd() == key.wd() && event.is(Flag.MOVE_SELF)) {
      // It may be back.
      retry.hasten();
    }
  }

  @Override
  void endRound() {
    if (retry.isDue()) {
      overflow();
      retry.postpone();
    }
    if (moves.needsMark()) {
      long now = System.nanoTime();
      if (mark(() -> moves.markReached(now))) {
        moves.markPlaced();
      } else {
        moves.markReached(now);
      }
    }
    events.settleExpired();
    walk.tryForRoom();
    if (unwatched.takeWantsMark() && !mark(this::tryUnreached)) {
      tryUnreached();
    }
    if (walk.tryInTime() && !mark(walk::giveUpLate)) {
      walk.giveUpLate();
    }
    if (unwatched.wantsWatches()) {
      hub.waitForRoom(subscriber);
    }
    unwatched.log();
    if (beliefs.needsMark() && mark(beliefs::markReached)) {
      beliefs.markPlaced();
    }
    if (walk.takeRootIsMissed() && !mark(walk::giveUpWithoutRoot)) {
      walk.giveUpWithoutRoot();
    }
  }

  /** The renames have been reported that were the reason why directories could not be reached. */
  private void tryUnreached() {
    unwatched.markReached();
    walk.tryUnreached();
  }

  @Override
  void settleAll() {
    events.settleAll();
  }

  @Override
  boolean isHoldingSince(long time) {
    return moves.isOpenSince(time) || unwatched.isWaitingSince(time);
  }

  @Override
  long untilNext() {
    return Math.min(Math.min(retry.untilDue(), unwatched.untilDue()), moves.untilNext());
  }

  @Override
  void tell(boolean on) {
    reporter.turn(on);
    findings.beSilent(!on);
  }

  @Override
  void abandon() {
    walk.abandon();
  }

  @Override
  void unwatchAll() {
    closing.clean();
  }

  @Override
  int watchCount() {
    // Its root is the key's own watch.
    return Math.max(0, nodes.watchCount() - 1);
  }
}
