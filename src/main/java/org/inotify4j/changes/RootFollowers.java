package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.Inbox;
import org.inotify4j.hub.Hub;
import org.inotify4j.poll.SilentPlaces;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Disk;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.recovery.UnheardPlaces;
import org.inotify4j.tree.TreeModel;
import org.inotify4j.tree.TreeRoot;
import org.jspecify.annotations.Nullable;

/** Has the directory at a root's path followed, and makes sure that it is the one that is there. */
final class RootFollowers {

  /** How often a path is looked at anew that leads elsewhere each time. */
  private static final int MOST_TRIES = 100;

  private final Surroundings watching;
  private final RootOwner owner;
  private final Hub hub;
  private final WatchRoot root;
  private final Path path;
  private final boolean isFlat;
  private final RootSelection selection;
  private final ChangeSink sink;
  private final RootPlace place;

  /**
   * Those of one root.
   *
   * @param selection what of it counts
   * @param sink takes what happens there
   */
  RootFollowers(
      Surroundings watching,
      RootOwner owner,
      WatchRoot root,
      RootSelection selection,
      ChangeSink sink,
      RootPlace place) {
    this.watching = watching;
    this.owner = owner;
    this.hub = watching.hub();
    this.root = root;
    this.path = root.path().toAbsolutePath();
    this.isFlat = root.reach() == WatchRoot.Reach.DIRECTORY;
    this.selection = selection;
    this.sink = sink;
    this.place = place;
  }

  /** What somebody knows, as far as it counts here. */
  KnownEntries selected(KnownEntries known) {
    return known.selected(selection.told(), isFlat);
  }

  /**
   * Follows whatever directory is at the path.
   *
   * @param since what was told already; null if nothing, and all that is there counts as told
   * @param tellsExisting whether all that is there is told first
   * @throws NoSuchFileException if nothing is there
   * @throws IOException if it cannot be watched
   */
  RootFollower ofAny(@Nullable KnownEntries since, boolean tellsExisting) throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      RootFollower next = ofThat(place.identity(), since, tellsExisting, null);
      if (next != null) {
        return next;
      }
    }
    throw new FileSystemException(
        path.toString(), null, "another directory was found there each time of " + MOST_TRIES);
  }

  /** Follows a directory, of which another one may tell until now; null if it is elsewhere. */
  @Nullable RootFollower ofThat(
      FileIdentity identity,
      @Nullable KnownEntries since,
      boolean tellsExisting,
      @Nullable RootFollower before)
      throws IOException {
    RootWatch watch = RootWatch.of(hub, path);
    boolean isInPlace = false;
    try {
      RootFollower next = prepare(identity, watch, since, tellsExisting);
      isInPlace =
          before == null
              ? watching.place(next.follower())
              : watching.place(
                  next.follower(), () -> next.succeed(before, hub, watching.followers()));
      return isInPlace ? next : null;
    } finally {
      if (!isInPlace) {
        watch.close();
      }
    }
  }

  private RootFollower prepare(
      FileIdentity identity, RootWatch watch, @Nullable KnownEntries since, boolean tellsExisting) {
    Inbox inbox = new Inbox(watching.budget());
    RootListener listener = new RootListener(owner, watching.wanted(), sink);
    Disk disk = Disk.ofTree(hub.libC(), path, true, selection.told(), isFlat);
    KnownEntries before = since == null ? null : disk.selected(since);
    long heard = isFlat ? 0 : hub.listenForMounts();
    SilentPlaces.Found silent = polledPlaces(SilentPlaces.AT_FIRST);
    Beginning beginning =
        new Beginning(tellsExisting, before, true, false, watching.pace(silent.places()));
    Recovery recovery = new Recovery(hub, inbox, listener, disk, beginning);
    TreeRoot top = new TreeRoot(watch.wd(), path, root.path(), true, isFlat);
    Audience audience = selection.audience(recovery.audience());
    TreeModel tree = new TreeModel(hub, inbox, audience, top, selection.heard());
    recovery.bind(tree::rootIdentity, isFlat ? below -> {} : tree::lookAt);
    if (!isFlat) {
      tree.mountsWereSeenAfter(heard);
      UnheardPlaces places =
          new UnheardPlaces(this::polledPlaces, tree::wantsWatches, tree::leftOver);
      places.set(silent);
      watching.pollWhereUnheard(places, tree, recovery);
    }
    Follower follower = new Follower(hub, watching.followers(), inbox, tree, audience, recovery);
    RootFollower next = new RootFollower(identity, follower, recovery, listener, watch);
    listener.whenEnded(next::ended);
    return next;
  }

  private SilentPlaces.Found polledPlaces(Set<String> before) {
    return watching.polledPlaces(root, selection.heard(), before);
  }
}
