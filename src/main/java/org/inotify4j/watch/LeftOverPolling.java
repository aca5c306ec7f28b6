package org.inotify4j.watch;

import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Prelude;
import org.inotify4j.hub.Hub;
import org.inotify4j.poll.PollPace;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Disk;
import org.inotify4j.recovery.Listener;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.recovery.UnheardPlaces;
import org.inotify4j.tree.TreeModel;
import org.jspecify.annotations.Nullable;

/**
 * Polls those directories of a tree that a limit on watches leaves over, as long as there are such.
 *
 * <p>Until there is one it stands beside the tree, which tells its audience itself: nothing is
 * kept, and an event takes no other way. From the end of the round in which the first is left over,
 * a {@link Recovery} that keeps what is in those directories stands between the two. It is dropped
 * when all are watched again, and have had their last round.
 *
 * <p>One thread at a time uses it, that of the follower, but where {@link Audience} says otherwise.
 */
final class LeftOverPolling implements Prelude, Audience {

  private final Hub hub;
  private final Inbox inbox;
  private final Listener listener;
  private final TreeModel tree;
  private final Supplier<Disk> disks;
  private final Supplier<PollPace> paces;

  /** Null while nothing is left over. */
  private @Nullable Recovery recovery;

  /** Whom the tree tells. */
  private volatile Audience told;

  /**
   * Of a tree that tells its audience itself.
   *
   * @param listener that audience
   * @param disks the disk as that hears of it, for each time that something is left over
   * @param paces how often that is polled
   */
  LeftOverPolling(
      Hub hub,
      Inbox inbox,
      Listener listener,
      TreeModel tree,
      Supplier<Disk> disks,
      Supplier<PollPace> paces) {
    this.hub = hub;
    this.inbox = inbox;
    this.listener = listener;
    this.tree = tree;
    this.disks = disks;
    this.paces = paces;
    this.told = listener;
  }

  /** Whether something is left over, or was just now. In the thread of the follower. */
  boolean isUnderWay() {
    return recovery != null;
  }

  // As a prelude.

  @Override
  public void inPlace() {}

  @Override
  public Step step() {
    return recovery == null ? Step.DONE : recovery.step();
  }

  @Override
  public void inStep() {
    Recovery current = recovery;
    if (current == null) {
      if (tree.wantsWatches()) {
        begin();
      }
    } else {
      current.inStep();
      if (current.isSpent()) {
        tell(null, listener);
      }
    }
  }

  private void begin() {
    Beginning nothing = new Beginning(false, null, false, true, null);
    Recovery next = new Recovery(hub, inbox, listener, disks.get(), nothing);
    next.bind(tree::lookAt);
    next.pollWhere(
        paces.get(), new UnheardPlaces(Set.of(), Set::of, tree::wantsWatches, tree::leftOver));
    try {
      next.inPlace();
    } catch (IOException e) {
      return; // At the end of the next round it is tried again.
    }
    // It has seen which directory is at the path: that may be another one by now.
    if (tree.isAtItsPath()) {
      tell(next, next.audience());
    }
  }

  private void tell(@Nullable Recovery next, Audience audience) {
    recovery = next;
    told = audience;
    tree.tell(audience);
  }

  @Override
  public boolean owes() {
    return recovery != null && recovery.owes();
  }

  @Override
  public long untilNext() {
    return recovery == null ? Long.MAX_VALUE : recovery.untilNext();
  }

  @Override
  public void closed() {}

  // As an audience.

  @Override
  public Interests interests() {
    return told.interests();
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    told.tell(kinds, origin, mask, cookie, path);
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    told.renamed(mask, cookie, from, to);
  }

  @Override
  public void unwatched(int mask, int errno, byte[] path) {
    told.unwatched(mask, errno, path);
  }

  @Override
  public void recordsLost() {
    told.recordsLost();
  }

  @Override
  public void overflow() {
    told.overflow();
  }

  @Override
  public void ended() {
    listener.ended();
  }

  @Override
  public boolean isOver() {
    return listener.isOver();
  }

  @Override
  public boolean isOpen() {
    return listener.isOpen();
  }

  @Override
  public void failed(Throwable cause) {
    listener.failed(cause);
  }

  @Override
  public String toString() {
    return listener.toString();
  }
}
