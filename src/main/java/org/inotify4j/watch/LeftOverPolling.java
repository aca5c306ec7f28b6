package org.inotify4j.watch;

import java.io.IOException;
import java.util.Set;
import org.inotify4j.Flag;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Prelude;
import org.inotify4j.poll.SilentPlaces;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Disk;
import org.inotify4j.recovery.Listener;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.recovery.UnheardPlaces;
import org.inotify4j.tree.TreeModel;
import org.jspecify.annotations.Nullable;

/**
 * Polls those directories of a tree that a limit on watches leaves over, and those that a silent
 * file system is mounted on, as long as there are such.
 *
 * <p>Until there is one it stands beside the tree, which tells its audience itself: nothing is
 * kept, and an event takes no other way. From the end of the round in which the first is left over,
 * or from when the first is mounted, a {@link Recovery} that keeps what is in those directories
 * stands between the two. It is dropped when all are watched again, or unmounted, and have had
 * their last round.
 *
 * <p>A tree that is told something first, or is silent in some places, has one from the beginning,
 * until nothing of that is left to do.
 *
 * <p><b>What is mounted later</b> is found, and told, by the tree. Nobody can say afterwards what
 * that was by then; so it is to be kept while it is told, and this one is told of the mount before
 * the tree looks. But the tree may have come upon it already, amid something else: then it is told
 * anew, as gone and come. To who hears nothing of what comes that would be a lie: what is there
 * when the first round looks is where that begins.
 *
 * <p>One thread at a time uses it, that of the follower, but where {@link Audience} says otherwise,
 * and but for {@link #succeed}.
 */
final class LeftOverPolling implements PolledOnDemand {

  /** Nothing is told first, and what is kept is only what nobody hears of. */
  private static final Beginning NOTHING = new Beginning(false, null, false, true, null);

  private final Recoveries recoveries;
  private final TreeModel tree;

  /** What a recovery polls. Where there is none no silent place is known. */
  private final UnheardPlaces places;

  private volatile @Nullable Recovery recovery;

  /** Whether the tree is built: what it finds from then on is news. */
  private boolean isInPlace;

  /** Whether there is a silent place of which nothing is kept yet. */
  private boolean owesPlaces;

  /** Who told the audience until now; null once that is taken over. */
  private volatile @Nullable LeftOverPolling predecessor;

  /**
   * Of a tree that tells its audience itself.
   *
   * @param recoveries of that audience
   * @param finder looks where silent file systems are in the tree
   */
  LeftOverPolling(Recoveries recoveries, TreeModel tree, SilentPlaces.Finder finder) {
    this.recoveries = recoveries;
    this.tree = tree;
    this.places = new UnheardPlaces(finder, tree::wantsWatches, tree::leftOver);
  }

  @Override
  public Listener listener() {
    return recoveries.listener();
  }

  @Override
  public @Nullable Recovery recovery() {
    return recovery;
  }

  /** Whether something is polled, or was just now. In the thread of the follower. */
  boolean isUnderWay() {
    return recovery != null;
  }

  /**
   * Prepares the tree, before that is built.
   *
   * @param first what is told before what happens, if anything is
   * @param silent the places of the tree that are silent
   */
  void begin(Recovering first, SilentPlaces.Found silent) {
    tree.whenMounted(this::mountsChanged, places::untilAsked);
    places.set(silent);
    if (first.tellsFirst() || !silent.places().isEmpty()) {
      Disk disk = recoveries.disks().get();
      KnownEntries since = disk.known(first.since());
      tell(recovery(disk, new Beginning(first.initial(), since, false, true, null)));
    }
  }

  private Recovery recovery(Disk disk, Beginning beginning) {
    Recovery next = recoveries.of(disk, beginning);
    next.bind(tree::rootIdentity, tree::lookAt);
    next.pollWhere(recoveries.paces().get(), places);
    return next;
  }

  // When something is mounted.

  /**
   * Something was mounted, or unmounted, perhaps in the tree, which looks at it after this. In the
   * thread of the follower.
   */
  private void mountsChanged() {
    if (isInPlace) {
      takeOver();
    }
    Set<String> found = places.find();
    if (recovery == null && !found.isEmpty()) {
      beginAt();
    }
    Recovery current = recovery;
    if (current != null) {
      places.set(found);
      if (isInPlace && hearsOfCreation()) {
        current.unkept().forEach(tree::lookAnew);
      }
    }
  }

  /** Something silent is in the tree: what is known of it is kept from here on. */
  private void beginAt() {
    if (!isInPlace) {
      owesPlaces = true;
    } else {
      begin(Prelude.NONE);
      if (recovery == null) {
        places.askAgain();
      }
    }
  }

  /** Whether it hears what comes, and so what is known of it from that on. */
  private boolean hearsOfCreation() {
    return listener().interests().kinds(Flag.CREATE.bit() | Flag.ISDIR.bit(), true) != 0;
  }

  // As a prelude.

  @Override
  public void inPlace() throws IOException {
    isInPlace = true;
    Recovery current = recovery;
    if (current != null) {
      current.inPlace();
    }
  }

  @Override
  public boolean succeed(Prelude before) {
    Recovery current = recovery;
    LeftOverPolling older = before instanceof LeftOverPolling other ? other : null;
    if (older != null) {
      places.setAs(older.places);
    }
    if (current == null) {
      predecessor = older;
      return false;
    }
    return current.succeed(older == null ? before : older.inCharge());
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
    if (owesPlaces) {
      owesPlaces = false;
      mountsChanged();
    }
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
    Recovery next = recovery(recoveries.disks().get(), NOTHING);
    boolean unused = next.succeed(before);
    try {
      next.inPlace();
    } catch (IOException e) {
      return; // At the end of the next round it is tried again.
    }
    tell(next);
  }

  /** Has one stand before the listener from here on, or none. */
  private void tell(@Nullable Recovery next) {
    recovery = next;
    tree.tell(next());
  }

  @Override
  public String toString() {
    return listener().toString();
  }
}
