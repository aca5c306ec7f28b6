package org.inotify4j.tree;

import org.jspecify.annotations.Nullable;

/**
 * A directory of a tree: it knows its parent and its own name, so that renaming it is one
 * assignment, whatever is below.
 */
final class TreeNode {

  /** The watch descriptor of a node that has left its tree. */
  static final int DROPPED = -1;

  /** The directory above; null for the root, and for what has no place at present. */
  @Nullable TreeNode parent;

  byte[] name;

  /** The watch descriptor; 0 while there is no watch. */
  int wd;

  /** The {@link Pass} over the whole tree that found it, or came before it. */
  int pass;

  @Nullable TreeNode firstChild;
  @Nullable TreeNode next;
  @Nullable TreeNode previous;

  TreeNode(byte[] name) {
    this.name = name;
  }

  /** Whether it is another one, or below it. */
  boolean isAtOrBelow(TreeNode other) {
    for (TreeNode step = this; step != null; step = step.parent) {
      if (step == other) {
        return true;
      }
    }
    return false;
  }

  /** Whether it belongs to its tree still. */
  boolean isAlive() {
    return wd != DROPPED;
  }
}
