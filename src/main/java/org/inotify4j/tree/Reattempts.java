package org.inotify4j.tree;

import java.util.List;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what could not be visited: when there is a reason to, and in time. Which those are is
 * known to {@link UnwatchedDirectories}.
 */
final class Reattempts {

  private final TreePlaces places;
  private final NodePath paths;
  private final TreeWatches watches;
  private final UnwatchedDirectories unwatched;
  private final FailedVisits failed;
  private final Crawl crawl;

  /** Whether the root was away from its path when it was last tried in time. */
  private boolean isAway;

  Reattempts(
      TreePlaces places,
      NodePath paths,
      TreeWatches watches,
      UnwatchedDirectories unwatched,
      FailedVisits failed,
      Crawl crawl) {
    this.places = places;
    this.paths = paths;
    this.watches = watches;
    this.unwatched = unwatched;
    this.failed = failed;
    this.crawl = crawl;
  }

  // When a record gives a reason.

  /** The root has moved: it may have come back to its path. */
  void rootMoved() {
    unwatched.thereMayBeRoom();
  }

  /** The permissions of a directory have changed. */
  void permissionsChanged(TreeNode directory) {
    tryAgain(unwatched.changedBy(directory));
  }

  /** A directory was unmounted: something else is at its place. */
  void unmounted(TreeNode node) {
    crawl.lookBelowMount(node);
  }

  /** The watch of a directory has ended, and it was not unmounted. */
  void watchEnded(TreeNode node) {
    unwatched.ended(node);
  }

  /** Tries what could not be reached: a directory has moved. */
  void tryUnreached() {
    if (places.owesLookAtSecondPlaces()) {
      crawl.lookAtSecondPlaces();
    }
    tryAgain(unwatched.takeUnreached());
    failed.takeMounts().forEach(this::lookAtMount);
    failed.takeLooks().forEach(look -> crawl.look(look.directory(), look.name().toByteArray()));
  }

  private void lookAtMount(TreeEntry place, boolean isOther) {
    if (place.directory().isAlive()) {
      crawl.lookAtMount(place.directory(), place.name().toByteArray(), isOther);
    }
  }

  // At the end of a round.

  /** Tries what was refused for want of room, as long as there is some, and what is left alone. */
  void tryForRoom() {
    if (places.wantsLookAtSecondPlaces()) {
      crawl.lookAtSecondPlaces();
    }
    for (TreeNode node : unwatched.toTryAgain()) {
      tryAgain(List.of(node));
      if (unwatched.isForWantOfRoom(node)) {
        return;
      }
    }
  }

  /**
   * Tries everything that is not as it should be, if it is time to. Of a directory above the root
   * no record says that it moves, or comes back.
   *
   * @return whether a mark is to be placed, for {@link #giveUpLate}
   */
  boolean tryInTime() {
    if (!unwatched.isDue()) {
      return false;
    }
    boolean wasAway = isAway;
    isAway = isRootElsewhere();
    tryUnreached();
    if (isAway) {
      unwatched.rootWasAway();
    } else {
      if (wasAway) {
        rootMoved();
        tryForRoom();
      }
      tryTurn();
    }
    return unwatched.markLate();
  }

  /** Tries those whose turn it is. */
  private void tryTurn() {
    boolean isFull = false;
    for (TreeNode node : unwatched.takeTurn()) {
      if (!isFull || !unwatched.isForWantOfAWatch(node)) {
        tryAgain(List.of(node));
        isFull |= unwatched.isForWantOfAWatch(node);
      }
    }
    for (TreeNode node : unwatched.incomplete()) {
      unwatched.forget(node);
      crawl.complete(node);
    }
    unwatched.wasTried(failed.owesLooks());
  }

  /** Every rename was reported that was the reason why directories could not be reached. */
  void giveUpLate() {
    List<TreeNode> all = unwatched.takeLate();
    tryAgain(all);
    for (TreeNode node : all) {
      TreeNode parent = node.parent;
      // One that is not there, in a directory that can be reached, was removed meanwhile.
      if (unwatched.has(node) && parent != null && !paths.isThere(parent)) {
        failed.refuse(node, -Errno.ENOENT.number());
      }
    }
  }

  /** The root is not gone: what cannot be reached without it is refused. */
  void giveUpWithoutRoot() {
    if (!isRootThere()) {
      unwatched.takeUnreached().forEach(node -> failed.refuse(node, -Errno.ENOENT.number()));
    }
  }

  /** Whether the root is not at its path, and nothing else is in the way. */
  boolean isRootElsewhere() {
    return paths.isElsewhere(places.root());
  }

  /** Whether the root is at its path. */
  boolean isRootThere() {
    return paths.isThere(places.root());
  }

  /** Which directory the root is; null while it is not at its path. */
  @Nullable FileIdentity rootIdentity() {
    return paths.identity(places.root());
  }

  /** Tries to watch directories that are known but not watched. */
  private void tryAgain(List<TreeNode> again) {
    for (TreeNode node : again) {
      TreeNode parent = node.parent;
      if (parent != null && node.isAlive() && node.wd == 0 && places.hasPath(node)) {
        unwatched.keep(node);
        crawl.enter(parent, node.name, Arrival.TOLD_BEFORE);
      }
    }
  }

  /** Replaces the kernel's masks of directories by what their subscribers want together. */
  void replaceMasks(int[] wds) {
    for (int wd : wds) {
      TreeNode node = places.get(wd);
      int fd = node == null ? -Errno.ENOENT.number() : paths.open(node);
      if (fd >= 0) {
        watches.replaceMask(wd, fd);
        paths.close(fd);
      }
    }
  }
}
