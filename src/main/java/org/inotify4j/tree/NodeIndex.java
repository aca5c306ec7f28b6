package org.inotify4j.tree;

import java.util.Arrays;
import org.inotify4j.base.NameBytes;
import org.jspecify.annotations.Nullable;

/**
 * Finds a node by its parent and its name: a hash table with linear probing over the nodes
 * themselves, which costs no object an entry.
 */
final class NodeIndex {

  private static final int FIRST_CAPACITY = 16;

  private @Nullable TreeNode[] slots = new @Nullable TreeNode[FIRST_CAPACITY];
  private int size;

  @Nullable TreeNode get(TreeNode parent, byte[] name, int length) {
    int mask = slots.length - 1;
    for (int i = hash(parent, name, length) & mask; ; i = (i + 1) & mask) {
      TreeNode node = slots[i];
      if (node == null
          || (node.parent == parent
              && Arrays.equals(node.name, 0, node.name.length, name, 0, length))) {
        return node;
      }
    }
  }

  /** Adds a node that has a parent, at a place where there is none. */
  void add(TreeNode node) {
    if (5 * (size + 1) > 4 * slots.length) {
      grow();
    }
    insert(node);
    size++;
  }

  /** Removes a node that is here, before its parent or name changes. */
  void remove(TreeNode node) {
    int mask = slots.length - 1;
    int gap = home(node);
    while (slots[gap] != node) {
      if (slots[gap] == null) {
        return;
      }
      gap = (gap + 1) & mask;
    }
    size--;
    // Close the gap: an entry behind it moves into it, unless it is where its hash wants it.
    int i = (gap + 1) & mask;
    for (TreeNode moved = slots[i]; moved != null; moved = slots[i]) {
      if (((i - home(moved)) & mask) >= ((i - gap) & mask)) {
        slots[gap] = moved;
        gap = i;
      }
      i = (i + 1) & mask;
    }
    slots[gap] = null;
  }

  private void insert(TreeNode node) {
    int mask = slots.length - 1;
    int i = home(node);
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = node;
  }

  private int home(TreeNode node) {
    TreeNode parent = node.parent;
    return parent == null ? 0 : hash(parent, node.name, node.name.length) & (slots.length - 1);
  }

  private static int hash(TreeNode parent, byte[] name, int length) {
    int hash = NameBytes.hash(name, 0, length) + System.identityHashCode(parent) * 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  private void grow() {
    @Nullable TreeNode[] old = slots;
    slots = new @Nullable TreeNode[2 * old.length];
    for (TreeNode node : old) {
      if (node != null) {
        insert(node);
      }
    }
  }
}
