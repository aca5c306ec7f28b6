package org.inotify4j.watch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tree in step with the kernel's events, and tells them.
 *
 * <p>The events lie behind the disk: what is opened by its name may be another directory than the
 * one that an event was about. So a directory is known by its watch, and its node is moved only by
 * its own MOVE_SELF. Both ends of a rename are reported while the kernel has both directories
 * locked, and MOVE_SELF follows them before the locks are released. So the move is that of the node
 * which was at the old name if its MOVE_SELF comes before the next change of an entry in either
 * directory. If it does not, somebody else was moved, before the watch was placed. Then the node is
 * dropped, and the new name is opened and told as something new: which is never wrong, only longer.
 * MOVE_SELF without MOVED_TO says that the directory is out of the tree, or in a directory that was
 * not watched when it came there (a claim of {@link TreeWalker}).
 *
 * <p>RENAME_EXCHANGE is reported as two moves, there and back. A directory whose name is taken by
 * another one is put aside until its MOVE_SELF, if it was exchanged, or its IGNORED, if it was
 * replaced. Of files the events do not say which of the two it was, so one looks ({@link
 * TreeMoves#paired}).
 */
final class TreeEvents {

  private static final int CHANGES = Mask.of(Flag.CREATE, Flag.DELETE) | Mask.MOVE;

  private final TreeNodes nodes;
  private final Freshness freshness;
  private final TreeReporter reporter;
  private final TreeWatches watches;
  private final TreeWalker walker;
  private final boolean exclusionIsPositional;
  private final TreeMoves moves = new TreeMoves();

  /** Directories whose names were taken by others, with the places that they had. */
  private final Map<TreeNode, TreeWalker.Claim> aside = new LinkedHashMap<>();

  /** Counts the marks that have come. */
  private int marks;

  /** Counts what can make reachable what was not. */
  private int changes;

  TreeEvents(
      TreeNodes nodes,
      Freshness freshness,
      TreeReporter reporter,
      TreeWatches watches,
      TreeWalker walker,
      Registration asked) {
    this.nodes = nodes;
    this.freshness = freshness;
    this.reporter = reporter;
    this.watches = watches;
    this.walker = walker;
    this.exclusionIsPositional = asked.exclusion().isPositional();
  }

  TreeMoves moves() {
    return moves;
  }

  int changes() {
    return changes;
  }

  /** Events are lost: what is half known will not be known better. */
  void overflow() {
    moves.clear();
    for (TreeNode node : aside.keySet().toArray(new TreeNode[0])) {
      aside.remove(node);
      walker.drop(node);
    }
  }

  /** The mark of a batch has come. */
  void reached() {
    marks++;
    for (Map.Entry<TreeNode, TreeWalker.Claim> put : Map.copyOf(aside).entrySet()) {
      if (marks - put.getValue().batch() > 2) {
        aside.remove(put.getKey());
        walker.drop(put.getKey());
      }
    }
    if (!aside.isEmpty()) {
      freshness.use();
    }
  }

  /** Takes an event of a directory below the root or of the root, but for the root's end. */
  void event(KernelRecord event) {
    TreeNode directory = nodes.get(event.wd());
    if (directory == null) {
      return;
    }
    if (event.is(Flag.IGNORED)) {
      ended(directory);
    } else if (event.nameLength() == 0) {
      ofItself(directory, event.mask());
    } else if (!watches.isJoining(event.wd())) {
      byte[] name = event.nameBytes();
      if (!walker.isExcluded(directory, name)) {
        ofEntry(directory, name, event.mask(), event.cookie());
      }
    }
  }

  private void ofItself(TreeNode directory, int mask) {
    if (directory == nodes.root()) {
      changes++;
      if (!watches.isJoining(directory.wd)) {
        reporter.rootEvent(mask);
      }
    } else if (Flag.MOVE_SELF.isIn(mask)) {
      movedItself(directory);
    }
  }

  /** The watch of a directory is gone. If it was not deleted, there is another one at its place. */
  private void ended(TreeNode directory) {
    if (aside.remove(directory) != null) {
      walker.drop(directory);
      return;
    }
    nodes.unwatched(directory);
    walker.debts().watchesAreFree();
    walker.debts().putOff(directory);
    freshness.use();
  }

  private void ofEntry(TreeNode directory, byte[] name, int mask, int cookie) {
    if ((mask & CHANGES) != 0) {
      settleBefore(directory, cookie);
    }
    releaseSameName(directory, name, cookie);
    boolean isDirectory = Flag.ISDIR.isIn(mask);
    if (Flag.CREATE.isIn(mask)) {
      if (freshness.appears(directory, name)) {
        appeared(directory, name, mask, cookie);
      }
    } else if (Flag.DELETE.isIn(mask)) {
      TreeNode node = nodes.at(directory, name);
      if (freshness.vanishes(directory, name)) {
        reporter.event(directory, name, mask, cookie);
      }
      if (node != null) {
        changes++;
        walker.drop(node);
      }
    } else if (Flag.MOVED_FROM.isIn(mask)) {
      movedFrom(directory, name, mask, cookie);
    } else if (Flag.MOVED_TO.isIn(mask)) {
      movedTo(directory, name, mask, cookie);
    } else {
      if (freshness.isThere(directory, name)) {
        reporter.event(directory, name, mask, cookie);
      }
      TreeNode node = isDirectory && Flag.ATTRIB.isIn(mask) ? nodes.at(directory, name) : null;
      if (node != null && walker.debts().isRefused(node)) {
        walker.arrive(directory, name, true);
      }
    }
  }

  /** An entry came, from nowhere that is known. */
  private void appeared(TreeNode directory, byte[] name, int mask, int cookie) {
    TreeNode before = nodes.at(directory, name);
    if (before != null) {
      reporter.gone(directory, name);
      walker.drop(before);
    }
    reporter.event(directory, name, mask, cookie);
    if (Flag.ISDIR.isIn(mask)) {
      changes++;
      walker.arrive(directory, name, true);
    }
  }

  private void movedFrom(TreeNode directory, byte[] name, int mask, int cookie) {
    boolean isDirectory = Flag.ISDIR.isIn(mask);
    TreeNode there = nodes.at(directory, name);
    boolean isTold;
    if (!isDirectory && there != null) {
      // Not the directory that is here: that came by an exchange with what moves now.
      isTold = false;
    } else {
      isTold = freshness.vanishes(directory, name);
    }
    TreeNode node = isDirectory ? watchedAt(directory, name, there) : null;
    if (isDirectory && there != null && node == null) {
      // It is not watched, so it will not say that it moved.
      changes++;
      walker.drop(there);
    }
    boolean waits = node != null || reporter.tellsRenames();
    if (isTold && !waits) {
      reporter.event(directory, name, mask, cookie);
      isTold = false;
    }
    long wait = node != null ? TreeMoves.WAIT_FOR_SELF : TreeMoves.WAIT;
    moves.add(new TreeMove(directory, name, mask, cookie, node, isTold, System.nanoTime() + wait));
  }

  /** The watched directory that is at a place, or was before its name was taken. */
  private @Nullable TreeNode watchedAt(TreeNode directory, byte[] name, @Nullable TreeNode there) {
    for (Map.Entry<TreeNode, TreeWalker.Claim> put : aside.entrySet()) {
      if (isPlace(put.getValue(), directory, name)) {
        return put.getKey();
      }
    }
    return there != null && there.wd > 0 ? there : null;
  }

  private static boolean isPlace(TreeWalker.Claim place, TreeNode directory, byte[] name) {
    return place.directory() == directory && Arrays.equals(place.name(), name);
  }

  private void movedTo(TreeNode directory, byte[] name, int mask, int cookie) {
    TreeMove move = moves.byCookie(cookie);
    boolean isTold = freshness.appears(directory, name);
    if (move != null) {
      move.to(directory, name, mask);
      move.toIsTold = isTold;
      moves.paired(move, directory, name);
      if (move.node != null) {
        return; // MOVE_SELF comes next.
      }
      moves.remove(move);
    }
    boolean isDirectory = Flag.ISDIR.isIn(mask);
    TreeNode before = nodes.at(directory, name);
    if (before != null && isTold) {
      reporter.gone(directory, name);
      if (isDirectory) {
        walker.drop(before);
      } else {
        putAside(before);
      }
    }
    if (move != null && move.owesDeletion && isTold) {
      byte[] from = TreeNodes.path(move.directory, move.name);
      if (nodes.hasPath(move.directory)) {
        reporter.renamed(from, directory, name, move.mask | mask, cookie);
      } else {
        reporter.event(directory, name, mask, cookie);
      }
    } else {
      if (move != null) {
        tellDeletion(move);
      }
      if (isTold) {
        reporter.event(directory, name, mask, cookie);
      }
    }
    if (isDirectory && isTold) {
      changes++;
      walker.arrive(directory, name, true);
    }
    if (move != null) {
      lookBehind(move);
    }
  }

  private void putAside(TreeNode node) {
    TreeNode parent = node.parent;
    if (node.wd == 0 || parent == null) {
      walker.drop(node);
      return;
    }
    aside.put(node, new TreeWalker.Claim(parent, node.name, true, marks));
    nodes.detach(node);
    freshness.use();
  }

  private void movedItself(TreeNode node) {
    TreeWalker.Claim before = aside.get(node);
    TreeNode parent = before != null ? before.directory() : node.parent;
    TreeMove move = parent == null ? null : moves.from(parent, node.name);
    if (move == null) {
      return; // Older than its place here.
    }
    moves.remove(move);
    changes++;
    boolean wasAside = aside.remove(node) != null;
    if (wasAside) {
      // That its name was taken was told as its deletion.
      move.owesDeletion = false;
    }
    if (move.toDirectory == null) {
      TreeWalker.Claim claim = walker.takeClaim(node.wd);
      if (claim == null) {
        tellDeletion(move);
        walker.drop(node);
        return;
      }
      if (!claim.isTold()) {
        freshness.put(claim.directory(), claim.name(), true);
      }
      move.to(claim.directory(), claim.name(), Mask.of(Flag.MOVED_TO, Flag.ISDIR));
      move.toIsTold = true;
    }
    land(node, move);
    lookBehind(move);
  }

  /** A directory is at its new place. */
  private void land(TreeNode node, TreeMove move) {
    TreeNode directory = move.toDirectory;
    byte[] name = move.toName;
    if (directory == null || !directory.isAlive() || !move.toIsTold || isBelow(directory, node)) {
      // What is there was read already: it is another one by now.
      tellDeletion(move);
      walker.drop(node);
      return;
    }
    TreeNode before = nodes.at(directory, name);
    if (before != null && before != node) {
      reporter.gone(directory, name);
      putAside(before);
    }
    boolean isRename = move.owesDeletion && reporter.tellsRenames() && nodes.hasPath(node);
    if (exclusionIsPositional) {
      tellDeletion(move);
      walker.drop(node);
      reporter.event(directory, name, move.toMask, move.cookie);
      walker.arrive(directory, name, true);
    } else if (isRename) {
      byte[] from = TreeNodes.path(move.directory, move.name);
      nodes.detach(node);
      nodes.attach(node, directory, name);
      reporter.renamed(from, directory, name, move.mask | move.toMask, move.cookie);
    } else {
      tellDeletion(move);
      nodes.detach(node);
      nodes.attach(node, directory, name);
      reporter.event(directory, name, move.toMask, move.cookie);
      walker.tellBelow(node);
    }
  }

  private static boolean isBelow(TreeNode directory, TreeNode node) {
    for (TreeNode step = directory; step != null; step = step.parent) {
      if (step == node) {
        return true;
      }
    }
    return false;
  }

  private void tellDeletion(TreeMove move) {
    if (move.owesDeletion) {
      move.owesDeletion = false;
      if (move.directory.isAlive()) {
        reporter.event(move.directory, move.name, move.mask, move.cookie);
      }
    }
  }

  /** After what may have been an exchange: is there something where the second entry came from? */
  private void lookBehind(TreeMove move) {
    if (move.isMirror) {
      walker.look(move.directory, move.name);
    }
  }

  /** Another change in a directory: moves from and to it that wait for MOVE_SELF wait in vain. */
  private void settleBefore(TreeNode directory, int cookie) {
    TreeMove move;
    while ((move =
            moves.first(
                open ->
                    open.node != null
                        && (open.cookie != cookie || open.toDirectory != null)
                        && (open.directory == directory || open.toDirectory == directory)))
        != null) {
      release(move);
    }
  }

  /** An event of a name that an older one is held of, which comes first. */
  private void releaseSameName(TreeNode directory, byte[] name, int cookie) {
    TreeMove move;
    while ((move =
            moves.first(
                open ->
                    open.owesDeletion
                        && open.node == null
                        && open.cookie != cookie
                        && open.isFrom(directory, name)))
        != null) {
      release(move);
    }
  }

  /** Does what is to be done about moves that have waited long enough. */
  void releaseExpired() {
    long now = System.nanoTime();
    TreeMove move;
    while ((move = moves.first(open -> open.isOpen() && open.deadline - now <= 0)) != null) {
      release(move);
    }
  }

  /** Tells what is owed: nothing comes any more. */
  void releaseAll() {
    TreeMove move;
    while ((move = moves.first(open -> open.owesDeletion)) != null) {
      tellDeletion(move);
    }
  }

  /** A move will not be known better. */
  private void release(TreeMove move) {
    TreeNode node = move.node;
    if (node == null) {
      // The other end may come yet; then it is something new.
      tellDeletion(move);
      return;
    }
    moves.remove(move);
    changes++;
    boolean wasAside = aside.remove(node) != null;
    TreeNode there = nodes.at(move.directory, move.name);
    tellDeletion(move);
    if (there != null) {
      walker.drop(there);
    }
    if (wasAside) {
      walker.drop(node);
    }
    TreeNode to = move.toDirectory;
    if (to != null && move.toIsTold && to.isAlive()) {
      appeared(to, move.toName, move.toMask, move.cookie);
    }
    walker.look(move.directory, move.name);
  }
}
