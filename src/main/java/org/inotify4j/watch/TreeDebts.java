package org.inotify4j.watch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * What a tree could not do yet: directories that cannot be watched, which the program is told once,
 * and those that could not be reached because events of moves were still in the queue.
 */
final class TreeDebts {

  private static final Logger LOG = System.getLogger("org.inotify4j.watch");

  private final TreeReporter reporter;
  private final Path watchable;
  private final Map<TreeNode, Integer> refused = new LinkedHashMap<>();
  private final Set<TreeNode> putOff = new LinkedHashSet<>();
  private final Queue<TreeWalker.Claim> looks = new ArrayDeque<>();
  private final Queue<TreeWalker.Claim> claims = new ArrayDeque<>();
  private int overLimits;
  private boolean free;
  private int unlogged;
  private String firstUnlogged = "";

  TreeDebts(TreeReporter reporter, Path watchable) {
    this.reporter = reporter;
    this.watchable = watchable;
  }

  /** A directory cannot be watched, or not be read. */
  void refuse(TreeNode node, int errno) {
    putOff.remove(node);
    TreeNode parent = node.parent;
    if (refused.put(node, errno) == null && parent != null) {
      reporter.unwatched(parent, node.name);
      if (unlogged++ == 0) {
        firstUnlogged =
            PathBytes.decode(TreeNodes.path(node, new byte[0])) + ": " + Errno.describe(errno);
      }
    }
  }

  /** There was no room for one more watch. */
  void overLimit() {
    overLimits++;
  }

  /** How many watches there was no room for. */
  int overLimits() {
    return overLimits;
  }

  void putOff(TreeNode node) {
    putOff.add(node);
  }

  void lookLater(TreeNode directory, byte[] name) {
    looks.add(new TreeWalker.Claim(directory, name, false, 0));
  }

  void resolveLater(TreeWalker.Claim claim) {
    claims.add(claim);
  }

  TreeWalker.@Nullable Claim pollClaim() {
    return claims.poll();
  }

  TreeWalker.@Nullable Claim pollLook() {
    return looks.poll();
  }

  int looks() {
    return looks.size();
  }

  boolean has(TreeNode node) {
    return refused.containsKey(node) || putOff.contains(node);
  }

  boolean isRefused(TreeNode node) {
    return refused.containsKey(node);
  }

  /** Nothing is owed of a directory any more. */
  void forget(TreeNode node) {
    refused.remove(node);
    putOff.remove(node);
  }

  void clear() {
    putOff.clear();
    looks.clear();
    claims.clear();
  }

  /** Whether something is owed that a later mark in the queue can help. */
  boolean isWaiting() {
    return !putOff.isEmpty() || !looks.isEmpty();
  }

  List<TreeNode> takePutOff() {
    List<TreeNode> all = new ArrayList<>(putOff);
    putOff.clear();
    return all;
  }

  /** Nothing changed, so waiting longer is of no use: what is put off cannot be watched. */
  void giveUp() {
    looks.clear();
    for (TreeNode node : takePutOff()) {
      if (node.wd == 0) {
        refuse(node, -Errno.ENOENT.number());
      }
    }
  }

  Collection<TreeNode> refused() {
    return new ArrayList<>(refused.keySet());
  }

  /** Watches of the tree were removed. */
  void watchesAreFree() {
    free = true;
  }

  /** What may be watched now that watches were removed. */
  List<TreeNode> takeForFreeWatches() {
    List<TreeNode> again = new ArrayList<>();
    if (free) {
      free = false;
      refused.forEach(
          (node, errno) -> {
            if (!Errno.EACCES.is(errno) && !Errno.ENOENT.is(errno)) {
              again.add(node);
            }
          });
    }
    return again;
  }

  /** Says what cannot be watched, in one line. */
  void log() {
    if (unlogged > 0) {
      LOG.log(
          Level.WARNING,
          "below {0} cannot be watched: {1}{2}",
          watchable,
          firstUnlogged,
          unlogged == 1 ? "" : " (and " + (unlogged - 1) + " more)");
      unlogged = 0;
    }
  }
}
