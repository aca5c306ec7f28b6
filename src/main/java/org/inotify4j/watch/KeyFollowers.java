package org.inotify4j.watch;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.file.FileModel;
import org.inotify4j.file.NameInterests;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Prelude;
import org.inotify4j.hub.Hub;
import org.inotify4j.poll.SilentPlaces;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Disk;
import org.inotify4j.recovery.Listener;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.recovery.UnheardPlaces;
import org.inotify4j.tree.TreeModel;
import org.inotify4j.tree.TreeRoot;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what follows a tree or a single file, as its registration asks for: the model, who
 * tells what no record says, and the audience of both.
 */
final class KeyFollowers {

  private final Hub hub;
  private final ByteBudget budget;
  private final NameInterests names;
  private final FollowerSet followers;
  private final Polls polls;

  KeyFollowers(
      Hub hub, ByteBudget budget, NameInterests names, FollowerSet followers, Polls polls) {
    this.hub = hub;
    this.budget = budget;
    this.names = names;
    this.followers = followers;
    this.polls = polls;
  }

  /** A tree of a key, or the entries of a directory. */
  Follower treeOf(Key key, Listener audience, Path directory, Registration requested) {
    EntryFilter filter = requested.exclusion().filter(key.watchable());
    boolean follows = !requested.noFollow();
    boolean isFlat = !requested.recursive();
    TreeRoot root = new TreeRoot(key.wd(), directory, key.watchable(), follows, isFlat);
    Inbox inbox = new Inbox(budget);
    long heard = isFlat ? 0 : hub.listenForMounts();
    SilentPlaces.Finder finder = before -> polls.places(directory, requested, filter, before);
    SilentPlaces.Found places = finder.find(SilentPlaces.AT_FIRST);
    Supplier<Disk> disks = () -> Disk.ofTree(hub.libC(), directory, follows, filter, isFlat);
    Recoveries recoveries = recoveries(inbox, audience, requested, disks);
    boolean isPartlyPolled = isPartlyPolled(requested, places.places());
    boolean isPolled = !places.places().isEmpty();
    Recovery recovery = isPartlyPolled ? null : recovery(recoveries, requested, isPolled);
    Audience told = recovery == null ? audience : recovery.audience();
    TreeModel tree = new TreeModel(hub, inbox, told, root, filter);
    tree.mountsWereSeenAfter(heard);
    if (isPartlyPolled) {
      LeftOverPolling polling =
          new LeftOverPolling(recoveries, tree, before -> finder.find(before).belowRoot());
      polling.begin(requested.recovering(), places.belowRoot());
      return new Follower(hub, followers, inbox, tree, polling, polling);
    }
    if (recovery != null) {
      recovery.bind(tree::rootIdentity, isFlat ? below -> {} : tree::lookAt);
    }
    if (recovery != null && !isFlat) {
      pollLater(recovery, tree, requested, places, finder);
    }
    Prelude prelude = recovery == null ? Prelude.NONE : recovery;
    return new Follower(hub, followers, inbox, tree, told, prelude);
  }

  /** Whether a tree is polled just where it is not heard, and nothing is kept of the rest. */
  private boolean isPartlyPolled(Registration requested, Set<String> silent) {
    return requested.recursive()
        && !requested.recovering().rescan()
        && polls.isAuto(requested)
        && !silent.contains(SilentPlaces.ROOT);
  }

  /**
   * Has a tree whose key is told all be polled just where it is not heard: also as long as a limit
   * leaves something over, and where what was mounted since is silent.
   */
  private void pollLater(
      Recovery recovery,
      TreeModel tree,
      Registration requested,
      SilentPlaces.Found silent,
      SilentPlaces.Finder finder) {
    if (requested.recovering().rescan() && polls.isAuto(requested)) {
      UnheardPlaces places = new UnheardPlaces(finder, tree::wantsWatches, tree::leftOver);
      places.set(silent);
      tree.whenMounted(places::look, places::untilAsked);
      recovery.pollWhere(polls.pace(requested), places);
    }
  }

  /** A single file. */
  Follower fileOf(Key key, Listener audience, Registration requested) {
    boolean follows = !requested.noFollow();
    Path path = key.watchable();
    Inbox inbox = new Inbox(budget);
    Supplier<Disk> disks = () -> Disk.ofName(hub.libC(), path, follows);
    Recoveries recoveries = recoveries(inbox, audience, requested, disks);
    boolean isAuto = polls.isAuto(requested);
    if (isAuto && !requested.recovering().rescan()) {
      FileModel file = new FileModel(hub, names, inbox, audience, path, follows);
      FilePolling polling = new FilePolling(recoveries, file, requested.recovering().initial());
      polling.begin();
      return new Follower(hub, followers, inbox, file, polling, polling);
    }
    Recovery recovery = recovery(recoveries, requested, polls.isAlways(requested));
    if (recovery == null) {
      FileModel file = new FileModel(hub, names, inbox, audience, path, follows);
      return new Follower(hub, followers, inbox, file, audience);
    }
    FileModel file = new FileModel(hub, names, inbox, recovery.audience(), path, follows);
    if (isAuto) {
      // It is found out because one asks; whom the model tells stays the same.
      file.whenElsewhere(toSilence -> false);
      recovery.pollWhile(polls.pace(requested), file::isSilent);
    }
    return new Follower(hub, followers, inbox, file, recovery.audience(), recovery);
  }

  private Recoveries recoveries(
      Inbox inbox, Listener audience, Registration requested, Supplier<Disk> disks) {
    return new Recoveries(hub, inbox, audience, disks, () -> polls.pace(requested));
  }

  /**
   * What tells the key beside what happens; null where nothing does.
   *
   * @param isPolled whether something is polled from the beginning
   */
  private static @Nullable Recovery recovery(
      Recoveries recoveries, Registration requested, boolean isPolled) {
    Recovering recovering = requested.recovering();
    if (!isPolled && !recovering.tellsFirst() && !recovering.rescan()) {
      return null;
    }
    Disk disk = recoveries.disks().get();
    Beginning beginning =
        new Beginning(
            recovering.initial(),
            disk.known(recovering.since()),
            recovering.rescan(),
            false,
            isPolled ? recoveries.paces().get() : null);
    return recoveries.of(disk, beginning);
  }
}
