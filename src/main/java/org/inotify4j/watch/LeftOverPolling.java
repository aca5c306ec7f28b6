package org.inotify4j.watch;

import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Prelude;
import org.inotify4j.follow.Relay;
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
 * <p>A tree that is told something first, or is silent in some places, has one from the beginning,
 * until nothing of that is left to do.
 *
 * <p>One thread at a time uses it, that of the follower, but where {@link Audience} says otherwise,
 * and but for {@link #succeed}.
 */
final class LeftOverPolling implements Prelude, Relay {

  /** Nothing is told first, and what is kept is only what nobody hears of. */
  private static final Beginning NOTHING = new Beginning(false, null, false, true, null);

  private final Hub hub;
  private final Inbox inbox;
  private final Listener listener;
  private final TreeModel tree;
  private final Supplier<Disk> disks;
  private final Supplier<PollPace> paces;

  /** Null while nothing is left over. */
  private volatile @Nullable Recovery recovery;

  /** Who told the audience until now; null once that is taken over. */
  private volatile @Nullable LeftOverPolling predecessor;

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
  }

  /** Whether something is left over, or was just now. In the thread of the follower. */
  boolean isUnderWay() {
    return recovery != null;
  }

  /**
   * Has more to do than to poll what is left over, before the tree is built.
   *
   * @param first what is told before what happens, if anything is
   * @param silent the places of the tree that are silent
   * @param finder looks where they are by now
   */
  void beginWith(Recovering first, Set<String> silent, UnaryOperator<Set<String>> finder) {
    UnheardPlaces places = unheard(silent, finder);
    Disk disk = disks.get();
    KnownEntries since = disk.known(first.since());
    Recovery next =
        recovery(disk, new Beginning(first.initial(), since, false, true, null), places);
    tree.whenMounted(places::look);
    tell(next);
  }

  private UnheardPlaces unheard(Set<String> silent, UnaryOperator<Set<String>> finder) {
    return new UnheardPlaces(silent, finder, tree::wantsWatches, tree::leftOver);
  }

  private Recovery recovery(Disk disk, Beginning beginning, UnheardPlaces places) {
    Recovery next = new Recovery(hub, inbox, listener, disk, beginning);
    next.bind(tree::lookAt);
    next.pollWhere(paces.get(), places);
    return next;
  }

  // As a prelude.

  @Override
  public void inPlace() throws IOException {
    Recovery current = recovery;
    if (current != null) {
      current.inPlace();
    }
  }

  @Override
  public void succeed(Prelude before) {
    Recovery current = recovery;
    if (current == null) {
      predecessor = before instanceof LeftOverPolling older ? older : null;
    } else if (before instanceof LeftOverPolling older) {
      current.succeed(older.inCharge());
    } else {
      current.succeed(before);
    }
  }

  /** Who knows what the audience was told: a predecessor, of which nothing was taken over yet. */
  private Prelude inCharge() {
    Recovery current = recovery;
    LeftOverPolling before = predecessor;
    if (current != null) {
      return current;
    }
    return before == null ? Prelude.NONE : before.inCharge();
  }

  /** The same of one that is closed: what was left over just before that has had no round. */
  private Prelude lastInCharge() {
    takeOver();
    if (recovery == null && tree.wantsWatches()) {
      begin(Prelude.NONE);
    }
    return inCharge();
  }

  @Override
  public Step step() {
    takeOver();
    Recovery current = recovery;
    return current == null ? Step.DONE : current.step();
  }

  private void takeOver() {
    LeftOverPolling before = predecessor;
    predecessor = null;
    if (before != null && before.lastInCharge() instanceof Recovery older) {
      begin(older);
    }
  }

  @Override
  public void inStep() {
    takeOver();
    Recovery current = recovery;
    if (current == null) {
      if (tree.wantsWatches()) {
        begin(Prelude.NONE);
      }
    } else {
      current.inStep();
      if (current.isSpent()) {
        tell(null);
      }
    }
  }

  private void begin(Prelude before) {
    Recovery next = recovery(disks.get(), NOTHING, unheard(Set.of(), silent -> silent));
    next.succeed(before);
    try {
      next.inPlace();
    } catch (IOException e) {
      return; // At the end of the next round it is tried again.
    }
    // It has seen which directory is at the path: that may be another one by now.
    if (tree.isAtItsPath()) {
      tell(next);
    }
  }

  /** Has one stand before the listener from here on, or none. */
  private void tell(@Nullable Recovery next) {
    recovery = next;
    tree.tell(next());
  }

  @Override
  public boolean owes() {
    Recovery current = recovery;
    return current != null && current.owes();
  }

  @Override
  public long untilNext() {
    Recovery current = recovery;
    return current == null ? Long.MAX_VALUE : current.untilNext();
  }

  @Override
  public void closed() {}

  // As an audience.

  @Override
  public Audience next() {
    Recovery current = recovery;
    return current == null ? listener : current.audience();
  }

  @Override
  public Interests interests() {
    return next().interests();
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    next().tell(kinds, origin, mask, cookie, path);
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    next().renamed(mask, cookie, from, to);
  }

  @Override
  public void recordsLost() {
    next().recordsLost();
  }

  @Override
  public void overflow() {
    next().overflow();
  }

  @Override
  public String toString() {
    return listener.toString();
  }
}
