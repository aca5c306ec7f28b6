package org.inotify4j.changes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.inotify4j.follow.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what happens to the entries of a tree to the net change of each.
 *
 * <p>It is the tree at the start and now, as far as they differ: {@link ChangeNode}s. An entry of
 * which nothing was heard is at its place both times, unless its directory came meanwhile: what is
 * in that has to be told. What is undone is forgotten, so memory is bounded by the entries that
 * differ.
 *
 * <p><b>What a batch says.</b> Made and deleted is nothing; made, moved and written is CREATED, at
 * the end of its way; there and back is nothing, or MODIFIED if it was written to. A file that took
 * the place of another is MODIFIED if it came, and MOVED if it was elsewhere. DELETED stands for
 * all that is below. Each path is told once, but for one: where a directory has gone, or has come,
 * in the place of another entry, DELETED is told of that before, so that each change can be done by
 * the call of its name. Files that have changed places are MODIFIED; where a directory is one of
 * them, no order of moves would do, and one of them is MOVED by way of a name that no entry has.
 *
 * <p>Paths are bytes relative to the root, names with a slash between; the root's is empty. What
 * does not fit what is known is passed over if it is the end or the modification of what is not
 * there, and taken for an arrival if it is a move. One thread at a time uses it.
 */
final class NetChanges {

  private ChangeNode top = ChangeNode.top();
  private int size;

  /** Whether nothing differs. */
  boolean isEmpty() {
    return size == 0;
  }

  /** How many entries are remembered: those that differ, and the directories that lead there. */
  int size() {
    return size;
  }

  /** The changes, in an order in which they can be done one by one; then nothing differs. */
  List<NetChange> take() {
    ChangeNode taken = top;
    top = ChangeNode.top();
    size = 0;
    return BatchOrder.of(taken);
  }

  /** The changes, as {@link #take} would have them; they stay. */
  List<NetChange> list() {
    return BatchOrder.of(top.copyAll());
  }

  /** An entry was there when the watcher began, and is yet to be told. */
  void existing(byte[] path, boolean isDirectory) {
    ChangeNode parent = directory(path, Origin.LISTING);
    String name = lastName(path);
    ChangeNode there = parent.now().get(name);
    if (there == null) {
      ChangeNode.coming(parent, name, isDirectory, Origin.LISTING).isExisting = true;
      size++;
    } else if (there.isInPlace()) {
      neverTold(there);
    }
  }

  /** Something below was heard of before; none of what has left it was ever told either. */
  private void neverTold(ChangeNode first) {
    Deque<ChangeNode> untold = new ArrayDeque<>(List.of(first));
    for (ChangeNode node = untold.poll(); node != null; node = untold.poll()) {
      untold.addAll(node.departed().values());
      node.forgetOld();
      if (node.isGone()) {
        size--;
      } else {
        node.isExisting = true;
        node.isModified = false;
        node.origin = Origin.LISTING;
      }
    }
  }

  /** An entry came; what the batch knows to be at its path is replaced. */
  void created(byte[] path, boolean isDirectory, Origin origin) {
    created(path, isDirectory, false, origin);
  }

  /**
   * An entry came.
   *
   * @param replaces whether another of the same type was there, which the batch need not know of
   */
  void created(byte[] path, boolean isDirectory, boolean replaces, Origin origin) {
    ChangeNode parent = directory(path, origin);
    String name = lastName(path);
    ChangeNode there = occupant(parent, name, isDirectory, replaces);
    if (there != null) {
      remove(there, origin);
    }
    ChangeNode.coming(parent, name, isDirectory, origin);
    size++;
  }

  /** An entry may have another content. */
  void modified(byte[] path, boolean isDirectory, Origin origin) {
    ChangeNode node = at(path, isDirectory);
    if (node != null) {
      node.isModified = node.wasThere();
      node.origin = origin;
    }
  }

  /** An entry went, with all below. */
  void deleted(byte[] path, boolean isDirectory, Origin origin) {
    ChangeNode node = at(path, isDirectory);
    if (node != null) {
      ChangeNode parent = node.parent;
      remove(node, origin);
      forgetPlain(parent);
    }
  }

  /** An entry moved, with all below; what the batch knows to be at its new path is replaced. */
  void moved(byte[] from, byte[] to, boolean isDirectory, Origin origin) {
    moved(from, to, isDirectory, false, origin);
  }

  /**
   * An entry moved, with all below.
   *
   * @param replaces whether another of the same type was there, which the batch need not know of
   */
  void moved(byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin) {
    if (Arrays.equals(from, to)) {
      return;
    }
    ChangeNode node = at(from, isDirectory);
    if (node == null || node.isDirectory != isDirectory) {
      deleted(from, isDirectory, origin);
      created(to, isDirectory, replaces, origin);
      return;
    }
    ChangeNode parent = directory(to, origin);
    if (parent.isAtOrBelow(node)) {
      forgetPlain(parent);
      return;
    }
    ChangeNode there = occupant(parent, lastName(to), isDirectory, replaces);
    boolean isBack = Arrays.equals(to, node.overFrom);
    node.overFrom = there == null ? null : from;
    node.origin = origin;
    move(node, parent, lastName(to), there, isBack);
  }

  /**
   * A node goes to a place, where another one may be.
   *
   * <p>An exchange of two names may be heard of as one move over the other entry, and one back. So
   * a file that goes back from where it took the place of another, or takes its own place of the
   * start from another, is not as it was, for all that is known.
   */
  private void move(
      ChangeNode node, ChangeNode parent, String name, @Nullable ChangeNode there, boolean isBack) {
    ChangeNode left = node.parent;
    if (there != null) {
      there.leave();
    }
    node.leave();
    node.arrive(parent, name);
    if (node.wasThere() && !node.isDirectory) {
      node.isModified |= isBack || (there != null && node.isInPlace());
    }
    if (there != null) {
      // Only now, since it may be the directory that the node comes from.
      remove(there, node.origin);
    }
    forgetPlain(left);
    forgetPlain(node);
  }

  /** What is at a place, if anything is known of it or it is said that there is something. */
  private @Nullable ChangeNode occupant(
      ChangeNode parent, String name, boolean isDirectory, boolean isThere) {
    return isThere ? child(parent, name, isDirectory) : parent.now().get(name);
  }

  /** The entry at a path; null if there is none. */
  private @Nullable ChangeNode at(byte[] path, boolean isDirectory) {
    ChangeNode node = top;
    List<String> names = names(path);
    for (int i = 0; i < names.size(); i++) {
      boolean isLast = i == names.size() - 1;
      ChangeNode child = child(node, names.get(i), !isLast || isDirectory);
      if (child == null || !(isLast || child.isDirectory)) {
        forgetPlain(node);
        return null;
      }
      node = child;
    }
    return node;
  }

  /** The directory that a path is in. One that is not there must have come unheard of. */
  private ChangeNode directory(byte[] path, Origin origin) {
    ChangeNode node = top;
    List<String> names = names(path);
    for (String name : names.subList(0, names.size() - 1)) {
      ChangeNode child = child(node, name, true);
      if (child == null || !child.isDirectory) {
        if (child != null) {
          remove(child, origin);
        }
        child = ChangeNode.coming(node, name, true, origin);
        size++;
      }
      node = child;
    }
    return node;
  }

  /** What is in a directory by a name; null if nothing is. */
  private @Nullable ChangeNode child(ChangeNode parent, String name, boolean isDirectory) {
    ChangeNode child = parent.now().get(name);
    if (child == null && parent.wasThere() && !parent.departed().containsKey(name)) {
      child = ChangeNode.known(parent, name, isDirectory);
      size++;
    }
    return child;
  }

  /** The names on the way to a path, that of the root first. */
  private static List<String> names(byte[] path) {
    List<String> names = new ArrayList<>();
    names.add("");
    int start = 0;
    for (int at = 0; at <= path.length && path.length > 0; at++) {
      if (at == path.length || path[at] == '/') {
        names.add(ChangeNode.name(path, start, at));
        start = at + 1;
      }
    }
    return names;
  }

  private static String lastName(byte[] path) {
    int start = path.length;
    while (start > 0 && path[start - 1] != '/') {
      start--;
    }
    return ChangeNode.name(path, start, path.length);
  }

  /** An entry is gone with all below. Of what came since the start nothing is left to tell. */
  private void remove(ChangeNode removed, Origin origin) {
    List<ChangeNode> all = new ArrayList<>(List.of(removed));
    for (int i = 0; i < all.size(); i++) {
      all.addAll(all.get(i).now().values());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      ChangeNode node = all.get(i);
      node.leave();
      node.origin = origin;
      size -= node.wasThere() ? 0 : 1;
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      List.copyOf(all.get(i).departed().values()).forEach(this::forgetCovered);
      forgetCovered(all.get(i));
    }
  }

  /** Forgets an entry whose end goes without saying, since its directory is gone. */
  private void forgetCovered(ChangeNode first) {
    ChangeNode node = first;
    ChangeNode parent = node.oldParent;
    while (parent != null && parent.isGone() && node.isGone() && node.departed().isEmpty()) {
      node.forgetOld();
      size--;
      node = parent;
      parent = node.oldParent;
    }
  }

  /** Forgets an entry that is as it was at the start, and directories that only led there. */
  private void forgetPlain(@Nullable ChangeNode first) {
    ChangeNode node = first;
    while (node != null && node.isPlain()) {
      ChangeNode parent = node.parent;
      node.leave();
      node.forgetOld();
      size--;
      node = parent;
    }
  }
}
