package org.inotify4j.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.PathBytes;

/**
 * The directories of a tree that are to be watched and are not: those that the kernel refuses,
 * which the program is told once each, and those that cannot be reached until the event of a rename
 * comes that is still queued.
 */
final class Unwatched {

  private final Path watchable;
  private final boolean isLogged;
  private final Map<TreeNode, Integer> refused = new LinkedHashMap<>();
  private final Set<TreeNode> unreached = new LinkedHashSet<>();
  private boolean thereMayBeRoom;
  private int unlogged;
  private String firstUnlogged = "";

  /**
   * None so far.
   *
   * @param isLogged whether they are logged: where the program does not ask to be told
   */
  Unwatched(Path watchable, boolean isLogged) {
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
    if (refused.put(node, errno) != null) {
      return false;
    }
    if (isLogged && unlogged++ == 0) {
      String path = PathBytes.decode(TreeNodes.path(node, new byte[0]));
      firstUnlogged = path + ": " + Errno.describe(errno);
    }
    return true;
  }

  /**
   * Notes that the watch of a directory is gone. If it was deleted its parent says so next; if not,
   * an unreadable one has taken its place.
   */
  void ended(TreeNode node) {
    refused.putIfAbsent(node, -Errno.EACCES.number());
  }

  /** Whether it was for want of room that a directory was refused. */
  boolean isForWantOfRoom(TreeNode node) {
    int errno = refused.getOrDefault(node, 0);
    return Errno.ENOSPC.is(errno)
        || Errno.EMFILE.is(errno)
        || Errno.ENFILE.is(errno)
        || Errno.ENOMEM.is(errno);
  }

  void putOff(TreeNode node) {
    if (!refused.containsKey(node)) {
      unreached.add(node);
    }
  }

  boolean has(TreeNode node) {
    return refused.containsKey(node) || unreached.contains(node);
  }

  /** Forgets a directory: it is watched, or gone. */
  void forget(TreeNode node) {
    if (!refused.isEmpty()) {
      refused.remove(node);
    }
    if (!unreached.isEmpty()) {
      unreached.remove(node);
    }
  }

  /** All of them. */
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

  /** Those to try again now, if any: for all but for want of permission. */
  List<TreeNode> toTryAgain() {
    if (!thereMayBeRoom) {
      return List.of();
    }
    thereMayBeRoom = false;
    return select((node, errno) -> !Errno.EACCES.is(errno));
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

  /** Says what is new here, in one line. */
  void log() {
    if (unlogged > 0) {
      String more = unlogged == 1 ? "" : " (and " + (unlogged - 1) + " more)";
      unlogged = 0;
      Log.warn("below " + watchable + " cannot be watched: " + firstUnlogged + more);
    }
  }
}
