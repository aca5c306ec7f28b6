package org.inotify4j.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.inotify4j.base.Escaping;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.base.Log;
import org.inotify4j.disk.Refusal;
import org.inotify4j.follow.Retry;
import org.inotify4j.hub.Refusals;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.PathBytes;

/**
 * The directories of a tree that are to be watched and are not, or not for all that is asked for:
 * those that the kernel refuses, which the program is told once each; those that cannot be reached
 * until the record of a rename comes that is still queued; and those whose mask is not complete.
 *
 * <p>They are tried again when there is a reason to, such as a watch that is removed or permissions
 * that change, and in any case from time to time ({@link Retry}): the reason may lie where nobody
 * looks.
 */
final class UnwatchedDirectories {

  /** So many are tried at one time, where it is only the time that says so. */
  private static final int MOST_IN_TIME = 256;

  private final Path watchable;
  private final boolean isLogged;
  private final Map<TreeNode, Integer> refused = new LinkedHashMap<>();

  /** How many are refused, for who asks from another thread. */
  private volatile int count;

  private final Set<TreeNode> unreached = new LinkedHashSet<>();

  /** Those that could not be reached the last time that it was tried in time. */
  private final Set<TreeNode> late = new LinkedHashSet<>();

  /** Those that could not be reached the time before as well: a mark was placed for them. */
  private final Set<TreeNode> tooLate = new LinkedHashSet<>();

  private final Set<TreeNode> incomplete = new LinkedHashSet<>();

  /** Those in which the program may know of entries, of which nobody has heard since. */
  private final Set<TreeNode> unheard = new HashSet<>();

  private final Retry retry = new Retry();

  private final MarkWish wish = new MarkWish();
  private boolean thereMayBeRoom;
  private boolean aWatchIsFree;
  private int unlogged;
  private String firstUnlogged = "";

  /**
   * None so far.
   *
   * @param isLogged whether they are logged: where the program does not ask to be told
   */
  UnwatchedDirectories(Path watchable, boolean isLogged) {
    this.watchable = watchable;
    this.isLogged = isLogged;
  }

  /**
   * Notes that the kernel refuses to watch a directory.
   *
   * @return whether that is news
   */
  boolean refuse(TreeNode node, int errno) {
    unreached.remove(node);
    late.remove(node);
    if (refused.put(node, errno) != null) {
      return false;
    }
    count = refused.size();
    retry.begin();
    if (isLogged && unlogged++ == 0) {
      firstUnlogged = Escaping.escape(path(node)) + ": " + Refusals.reason(errno);
    }
    if (FlightEvents.isOn()) {
      String path = PathBytes.decode(path(node));
      FlightEvents.unwatched(watchable + "/" + path, Refusals.reason(errno));
    }
    return true;
  }

  private static byte[] path(TreeNode node) {
    return TreeNodes.path(node, new byte[0]);
  }

  /**
   * Notes that the watch of a directory is gone. If it was deleted its parent says so next; if not,
   * an unreadable one has taken its place.
   */
  void ended(TreeNode node) {
    refused.putIfAbsent(node, -Errno.EACCES.number());
    count = refused.size();
    retry.begin();
  }

  /** Whether it was for want of room that a directory was refused. */
  boolean isForWantOfRoom(TreeNode node) {
    int errno = refused.getOrDefault(node, 0);
    return Errno.ENOSPC.is(errno) || new Refusal(errno).isOfThisProcess();
  }

  /** Whether it was refused because there are as many watches as there may be. */
  boolean isForWantOfAWatch(TreeNode node) {
    return Errno.ENOSPC.is(refused.getOrDefault(node, 0));
  }

  /** Notes that a directory cannot be reached, for a rename that is still queued. */
  void putOff(TreeNode node) {
    if (!refused.containsKey(node) && unreached.add(node)) {
      retry.begin();
      wish.want(System.nanoTime());
    }
  }

  /** The mark at which what could not be reached, or seen, is tried once more. */
  MarkWish wish() {
    return wish;
  }

  /** Keeps one that is tried again as what it was, should it not be reached this time. */
  void keep(TreeNode node) {
    if (!refused.containsKey(node)) {
      unreached.add(node);
    }
  }

  /** Notes that a directory is watched, but not for all that is asked for. */
  void isIncomplete(TreeNode node) {
    incomplete.add(node);
    retry.begin();
  }

  /** How many the kernel refuses. Any thread may ask. */
  int count() {
    return count;
  }

  /** Notes that the program may know of what is in a directory, of which nobody hears any more. */
  void isUnheard(TreeNode node) {
    unheard.add(node);
  }

  /** Whether the program may know of what was in a directory before it was not watched. */
  boolean wasKnown(TreeNode node) {
    return unheard.contains(node);
  }

  boolean has(TreeNode node) {
    return refused.containsKey(node) || unreached.contains(node);
  }

  /** Forgets a directory: it is watched, or gone. */
  void forget(TreeNode node) {
    if (!refused.isEmpty()) {
      refused.remove(node);
      count = refused.size();
    }
    if (!unreached.isEmpty()) {
      unreached.remove(node);
      late.remove(node);
    }
    if (!incomplete.isEmpty()) {
      incomplete.remove(node);
    }
    if (!unheard.isEmpty()) {
      unheard.remove(node);
    }
  }

  /** All that have no watch. */
  List<TreeNode> all() {
    List<TreeNode> all = new ArrayList<>(refused.keySet());
    all.addAll(unreached);
    return all;
  }

  /** Takes those that may be reached now that something has moved. */
  List<TreeNode> takeUnreached() {
    List<TreeNode> all = new ArrayList<>(unreached);
    unreached.clear();
    return all;
  }

  /** Watches were removed, or one was placed: where there was no room, there may be some now. */
  void thereMayBeRoom() {
    thereMayBeRoom = !refused.isEmpty();
  }

  /** Somebody else has removed a watch. */
  void aWatchIsFree() {
    aWatchIsFree = !refused.isEmpty();
  }

  /** Whether some are refused because there are as many watches as there may be. */
  boolean wantsWatches() {
    return !refused.isEmpty() && refused.values().stream().anyMatch(Errno.ENOSPC::is);
  }

  /** Those for which there is no watch. */
  List<TreeNode> withoutRoom() {
    return select((node, errno) -> Errno.ENOSPC.is(errno));
  }

  /** Those to try again now, if any: for all but for want of permission. */
  List<TreeNode> toTryAgain() {
    if (thereMayBeRoom) {
      thereMayBeRoom = false;
      aWatchIsFree = false;
      return select((node, errno) -> !Errno.EACCES.is(errno));
    } else if (aWatchIsFree) {
      aWatchIsFree = false;
      return select((node, errno) -> Errno.ENOSPC.is(errno));
    }
    return List.of();
  }

  /** Those to try again when a directory's permissions have changed: it, and what is below. */
  List<TreeNode> changedBy(TreeNode changed) {
    return select((node, errno) -> node.isAtOrBelow(changed));
  }

  private List<TreeNode> select(BiPredicate<TreeNode, Integer> condition) {
    List<TreeNode> selected = new ArrayList<>();
    refused.forEach(
        (node, errno) -> {
          if (condition.test(node, errno)) {
            selected.add(node);
          }
        });
    return selected;
  }

  // In time.

  /** Notes that something else is to be tried in time. */
  void tryInTime() {
    retry.begin();
  }

  /** Whether it is time to try again. */
  boolean isDue() {
    return retry.isDue();
  }

  /** How long until it is time to try again, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilDue() {
    return retry.untilDue();
  }

  /** Those refused ones whose turn it is now; the others come first the next time. */
  List<TreeNode> takeTurn() {
    List<TreeNode> turn = refused.keySet().stream().limit(MOST_IN_TIME).toList();
    for (TreeNode node : turn) {
      Integer errno = refused.remove(node);
      refused.put(node, errno == null ? 0 : errno);
    }
    return turn;
  }

  /** Notes which cannot be reached; whether a mark is to be placed, as for some it is too late. */
  boolean markLate() {
    tooLate.clear();
    late.stream().filter(unreached::contains).forEach(tooLate::add);
    late.clear();
    late.addAll(unreached);
    return !tooLate.isEmpty();
  }

  /** Those for which it is too late, and that are not reached yet. */
  List<TreeNode> takeLate() {
    List<TreeNode> all = tooLate.stream().filter(unreached::contains).toList();
    tooLate.clear();
    return all;
  }

  List<TreeNode> incomplete() {
    return List.copyOf(incomplete);
  }

  /** The root is not at its path, and nothing below it can be reached. */
  void rootWasAway() {
    retry.wasAway();
  }

  /**
   * It was tried in time: what is left is tried again later.
   *
   * @param more whether something else is left
   */
  void wasTried(boolean more) {
    if (more || !refused.isEmpty() || !unreached.isEmpty() || !incomplete.isEmpty()) {
      retry.failed();
    } else {
      retry.succeeded();
    }
  }

  /** Says what is new here, in one line. */
  void log() {
    if (unlogged > 0) {
      String more = unlogged == 1 ? "" : " (and " + (unlogged - 1) + " more)";
      unlogged = 0;
      Log.warn(
          "below " + PathBytes.text(watchable) + " cannot be watched: " + firstUnlogged + more);
    }
  }
}
