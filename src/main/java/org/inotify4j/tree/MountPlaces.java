package org.inotify4j.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.inotify4j.disk.MountsBelow;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Retry;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The places of a tree where something is mounted, or was: what is at such a place may be another
 * directory than before, and no record says so.
 *
 * <p>The hub tells of each mount and unmount, by the paths that there are by then. So it is looked
 * there behind the records that are queued, which may be of renames on the way.
 *
 * <p>Where it could not tell for a while, something may have been mounted at any place when this
 * was watched, and be unmounted by now. So it is looked at each directory then: at the place of one
 * that was mounted another one is found.
 *
 * <p>What is mounted in a directory that comes with it is no change of that kind. So who wants to
 * know what is mounted is asked to look if there are other mount points below the root than before:
 * before such a directory is entered, but a while later where many come, or where they were found
 * in new ones.
 */
final class MountPlaces {

  /** How long is waited between two such looks, in nanoseconds. */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final Hub hub;
  private final Inbox inbox;
  private final TreeNodes nodes;
  private final NodePath paths;
  private final Crawl crawl;
  private final Findings findings;

  /** Where it is to be looked. The hub's lock guards it. */
  private Set<String> changed = new LinkedHashSet<>();

  /** Whether it may be another place as well. The hub's lock guards it. */
  private boolean isAnywhere;

  /** Whether some of them came behind the mark that is under way. The hub's lock guards it. */
  private boolean isBehindMark;

  // Of the follower's thread.

  /** Where it is to be looked, and the root could not be opened. */
  private final Set<String> unlooked = new LinkedHashSet<>();

  /** Whether it may be another place as well. */
  private boolean isUnlookedAnywhere;

  private final Retry retry = new Retry();

  /**
   * What is done when something is mounted in the tree, or unmounted, or may be; null for nothing.
   */
  private @Nullable Runnable whenMounted;

  /** How long until that is to be done in any case, since who does it could not see it. */
  private LongSupplier untilAsked = () -> Long.MAX_VALUE;

  /** How many changes were heard of before it was looked what is mounted. */
  private long seenAfter;

  /** The mount points below the root when it was looked last; null before that, or if not known. */
  private @Nullable List<String> seen;

  /** Is owed where they were not known when it was looked. */
  private final Retry sight = new Retry();

  /** When they were because of directories that came, in {@link System#nanoTime}. */
  private long lookedAt = System.nanoTime() - PAUSE;

  /** Whether it is to be done at the end of a round that is not silent. */
  private boolean isOwed;

  MountPlaces(
      Hub hub, Inbox inbox, TreeNodes nodes, NodePath paths, Crawl crawl, Findings findings) {
    this.hub = hub;
    this.inbox = inbox;
    this.nodes = nodes;
    this.paths = paths;
    this.crawl = crawl;
    this.findings = findings;
  }

  /** Says what is done when something is mounted, or may be, and when it is to be in any case. */
  void whenMounted(Runnable action, LongSupplier untilDone) {
    whenMounted = action;
    untilAsked = untilDone;
  }

  /** Says how many changes were heard of before it was looked what is mounted. */
  void wereSeenAfter(long changes) {
    seenAfter = changes;
  }

  /** Hears of what is mounted from here on. */
  void hear(Subscription subscription) {
    if (hub.hearMounts(subscription) != seenAfter) {
      tellMounted();
    }
  }

  /**
   * Something was mounted or unmounted. The hub's lock is held.
   *
   * @param points where: absolute paths, one char for each of their bytes
   * @param areAll whether that was not elsewhere
   */
  void changed(List<String> points, boolean areAll) {
    isAnywhere |= !areAll;
    boolean isFirst = changed.isEmpty();
    boolean isSome = changed.addAll(points);
    if (isFirst && isSome) {
      placeMark(this::lookAtChanged);
    } else if (!points.isEmpty()) {
      // What was renamed meanwhile lies behind that mark.
      isBehindMark = true;
    }
  }

  private void placeMark(Runnable action) {
    if (!inbox.markIn(hub, action)) {
      inbox.mark(action);
    }
  }

  /** Whether somebody wants to know what is mounted: of a tree, and before it is built. */
  private boolean isWanted() {
    return whenMounted != null;
  }

  private void tellMounted() {
    Runnable action = whenMounted;
    if (action != null) {
      action.run();
    }
  }

  private void lookAtChanged() {
    hub.underLock(
        () -> {
          unlooked.addAll(changed);
          isUnlookedAnywhere |= isAnywhere;
          if (isBehindMark) {
            isBehindMark = false;
            placeMark(this::lookAtChanged);
          } else {
            changed = new LinkedHashSet<>();
            isAnywhere = false;
          }
        });
    lookAtUnlooked(false);
  }

  /**
   * Looks where marks have come by: what else has changed is behind one that is under way.
   *
   * @param isInTime whether that is since it failed before, and not since something was mounted
   */
  private void lookAtUnlooked(boolean isInTime) {
    int root = paths.open(nodes.root());
    String prefix = lookAtRoot(root);
    tellMounted();
    if (prefix != null) {
      List<String> points = List.copyOf(unlooked);
      boolean isAll = isUnlookedAnywhere;
      unlooked.clear();
      isUnlookedAnywhere = false;
      retry.succeeded();
      look(prefix, points);
      if (isAll) {
        lookAtAll();
      }
      crawl.lookAtSecondPlaces();
    } else if (!isInTime) {
      retry.failedInTime();
    } else if (NodePath.isElsewhere(root)) {
      retry.wasAway();
    } else {
      retry.failed();
    }
  }

  /**
   * Looks what is mounted below the root, where somebody wants to know that, and closes it.
   *
   * @param root the open root, or {@code -errno}
   * @return the absolute path of the root with a slash at its end; null where it has none
   */
  private @Nullable String lookAtRoot(int root) {
    try {
      if (isWanted()) {
        see(root);
      }
      return root < 0 ? null : MountsBelow.prefix(root);
    } finally {
      close(root);
    }
  }

  private void see(int root) {
    seen = root < 0 ? null : new MountsBelow(hub.libC()).places(root);
    if (seen != null) {
      sight.succeeded();
    } else if (NodePath.isElsewhere(root)) {
      sight.wasAway();
    } else {
      sight.failedInTime();
    }
  }

  private void close(int fd) {
    if (fd >= 0) {
      paths.close(fd);
    }
  }

  /** A directory came, perhaps with something mounted in it, and is about to be entered. */
  void mayCome() {
    if (!isWanted()) {
      return;
    } else if (System.nanoTime() - lookedAt >= PAUSE) {
      lookIfOther();
    } else {
      // What it tells of such a mount it tells anew when that is looked for.
      isOwed = true;
    }
  }

  /** Everything is looked at anew. */
  void mayBeOther() {
    isOwed = true;
  }

  /** All records that were taken so far were followed. */
  void endRound() {
    isOwed |= findings.takeDirectories();
    if (retry.isDue()) {
      retry.postpone();
      placeMark(() -> lookAtUnlooked(true));
    }
    if (!isWanted() || findings.isSilent()) {
      return;
    }
    if (untilAsked.getAsLong() <= 1) {
      tellMounted();
    }
    if (isOwed && untilLook() <= 1) {
      isOwed = false;
      lookIfOther();
    } else if (seen == null) {
      seeAtLast();
    }
  }

  /**
   * Nothing is seen yet. Where that is so since it was not known, who asks asks in time; where that
   * one need not know, it is looked now and then, should there be a round.
   */
  private void seeAtLast() {
    boolean wasUnsure = sight.isOwed();
    if (!wasUnsure || (sight.isDue() && untilAsked.getAsLong() == Long.MAX_VALUE)) {
      see();
      if (wasUnsure && !sight.isOwed()) {
        tellMounted();
      }
    }
  }

  /** How long until it is to be looked, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilNext() {
    long untilSeen = Math.min(untilAsked.getAsLong(), untilLook());
    boolean isWaiting = isWanted() && !findings.isSilent();
    return Math.min(retry.untilDue(), isWaiting ? untilSeen : Long.MAX_VALUE);
  }

  private long untilLook() {
    return isOwed ? Math.max(1, lookedAt + PAUSE - System.nanoTime()) : Long.MAX_VALUE;
  }

  /** By the paths alone: no server of what is mounted is asked for that. */
  private void lookIfOther() {
    lookedAt = System.nanoTime();
    List<String> before = seen;
    see();
    // Where it is not known who wants to know asks, and goes on to.
    if (seen == null || !seen.equals(before)) {
      tellMounted();
    }
  }

  private void see() {
    int fd = paths.open(nodes.root());
    try {
      see(fd);
    } finally {
      close(fd);
    }
  }

  /** Looks at those mount points that are in the tree, outer ones first. */
  private void look(String prefix, Collection<String> points) {
    points.stream()
        .filter(point -> point.length() > prefix.length() && point.startsWith(prefix))
        .sorted(Comparator.comparingInt(String::length))
        .forEach(point -> lookAt(point.substring(prefix.length())));
  }

  /**
   * Looks whether each directory of the tree that is watched is where it was. Those that are are
   * not opened for reading: that would be events of all of them.
   */
  private void lookAtAll() {
    for (TreeNode node : TreeNodes.below(nodes.root())) {
      TreeNode parent = node.parent;
      if (parent != null && node.wd > 0 && !paths.isThere(node)) {
        crawl.lookAtMount(parent, node.name, false);
      }
    }
  }

  /** Looks at a directory of the tree, by its path: one char for each byte. */
  void lookAt(String place) {
    look(place, false);
  }

  /** The same, as if it were another one than before. */
  void lookAnew(String place) {
    look(place, true);
  }

  private void look(String place, boolean isOther) {
    TreeNode directory = nodes.root();
    String[] names = place.split("/", 0);
    int last = names.length - 1;
    for (int i = 0; i < last; i++) {
      directory = nodes.at(directory, names[i].getBytes(ISO_8859_1));
      if (directory == null) {
        return;
      }
    }
    crawl.lookAtMount(directory, names[last].getBytes(ISO_8859_1), isOther);
  }
}
