package org.inotify4j.watch;

import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.inotify4j.Flag;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Prelude;
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
  private final Supplier<Set<String>> silentPlaces;

  private volatile @Nullable Recovery recovery;

  /** What that polls; null as it is. */
  private @Nullable UnheardPlaces polled;

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
   * @param silentPlaces looks where silent file systems are in the tree
   */
  LeftOverPolling(Recoveries recoveries, TreeModel tree, Supplier<Set<String>> silentPlaces) {
    this.recoveries = recoveries;
    this.tree = tree;
    this.silentPlaces = silentPlaces;
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
  void begin(Recovering first, Set<String> silent) {
    tree.whenMounted(this::mountsChanged);
    if (first.tellsFirst() || !silent.isEmpty()) {
      UnheardPlaces places = unheard(silent);
      Disk disk = recoveries.disks().get();
      KnownEntries since = disk.known(first.since());
      Recovery next =
          recovery(disk, new Beginning(first.initial(), since, false, true, null), places);
      tell(next, places);
    }
  }

  private UnheardPlaces unheard(Set<String> silent) {
    return new UnheardPlaces(silent, silentPlaces, tree::wantsWatches, tree::leftOver);
  }

  private Recovery recovery(Disk disk, Beginning beginning, UnheardPlaces places) {
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
    if (recovery == null && !silentPlaces.get().isEmpty()) {
      if (isInPlace) {
        begin(Prelude.NONE);
      }
      owesPlaces = recovery == null;
    }
    Recovery current = recovery;
    UnheardPlaces places = polled;
    if (current != null && places != null) {
      places.look();
      if (isInPlace && hearsOfCreation()) {
        current.unkept().forEach(tree::lookAnew);
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
        tell(null, null);
      }
    }
  }

  private void begin(Prelude before) {
    UnheardPlaces places = unheard(Set.of());
    Recovery next = recovery(recoveries.disks().get(), NOTHING, places);
    next.succeed(before);
    try {
      next.inPlace();
    } catch (IOException e) {
      return; // At the end of the next round it is tried again.
    }
    tell(next, places);
  }

  /** Has one stand before the listener from here on, or none. */
  private void tell(@Nullable Recovery next, @Nullable UnheardPlaces places) {
    polled = places;
    recovery = next;
    tree.tell(next());
  }

  @Override
  public String toString() {
    return listener().toString();
  }
}
