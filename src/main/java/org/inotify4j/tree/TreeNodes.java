package org.inotify4j.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.inotify4j.base.IntMap;
import org.jspecify.annotations.Nullable;

/** The directories of a tree, by watch descriptor and by place. */
final class TreeNodes {

  private final TreeNode root = new TreeNode(new byte[0]);
  private final IntMap<TreeNode> byWd = new IntMap<>();
  private final NodeIndex byPlace = new NodeIndex();
  private volatile int watchCount;

  TreeNode root() {
    return root;
  }

  /** How many have a watch. Any thread may ask. */
  int watchCount() {
    return watchCount;
  }

  @Nullable TreeNode get(int wd) {
    return byWd.get(wd);
  }

  @Nullable TreeNode at(TreeNode parent, byte[] name) {
    return byPlace.get(parent, name, name.length);
  }

  /** Notes the watch of a node. */
  void watched(TreeNode node, int wd) {
    node.wd = wd;
    byWd.put(wd, node);
    watchCount = byWd.size();
  }

  /** Notes that a node has no watch any more. */
  void unwatched(TreeNode node) {
    byWd.remove(node.wd);
    watchCount = byWd.size();
    node.wd = 0;
  }

  /** Gives a node that has no place one that is free. */
  void attach(TreeNode node, TreeNode parent, byte[] name) {
    node.parent = parent;
    node.name = name;
    TreeNode first = parent.firstChild;
    node.next = first;
    node.previous = null;
    if (first != null) {
      first.previous = node;
    }
    parent.firstChild = node;
    byPlace.add(node);
  }

  /** Takes a node, with all that is below it, out of its place. */
  void detach(TreeNode node) {
    TreeNode parent = node.parent;
    if (parent == null) {
      return;
    }
    byPlace.remove(node);
    TreeNode next = node.next;
    TreeNode previous = node.previous;
    if (previous != null) {
      previous.next = next;
    } else {
      parent.firstChild = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    node.parent = null;
    node.next = null;
    node.previous = null;
  }

  /** Forgets a node and all that is below it: they are dropped, and have no place any more. */
  List<TreeNode> drop(TreeNode top) {
    List<TreeNode> dropped = below(top);
    for (int i = dropped.size() - 1; i >= 0; i--) {
      detach(dropped.get(i));
    }
    return dropped;
  }

  /** A node and all that is below it, parents first. */
  static List<TreeNode> below(TreeNode top) {
    List<TreeNode> all = new ArrayList<>();
    all.add(top);
    for (int i = 0; i < all.size(); i++) {
      for (TreeNode child = all.get(i).firstChild; child != null; child = child.next) {
        all.add(child);
      }
    }
    return all;
  }

  void forEachWatched(Consumer<TreeNode> consumer) {
    byWd.forEach(consumer);
  }

  /** Whether a node has a place in the tree, and so a path. */
  boolean hasPath(TreeNode node) {
    TreeNode top = node;
    for (TreeNode parent = top.parent; parent != null; parent = top.parent) {
      top = parent;
    }
    return top == root;
  }

  /**
   * The path of an entry, relative to the root.
   *
   * @param name the entry of the directory, or no bytes for the directory itself
   */
  static byte[] path(TreeNode directory, byte[] name) {
    int length = name.length;
    for (TreeNode node = directory; node.parent != null; node = node.parent) {
      length += node.name.length + (length == 0 ? 0 : 1);
    }
    byte[] path = new byte[length];
    int end = length - name.length;
    System.arraycopy(name, 0, path, end, name.length);
    for (TreeNode node = directory; node.parent != null; node = node.parent) {
      if (end < length) {
        path[--end] = '/';
      }
      end -= node.name.length;
      System.arraycopy(node.name, 0, path, end, node.name.length);
    }
    return path;
  }
}
