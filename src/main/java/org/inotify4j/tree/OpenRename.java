package org.inotify4j.tree;

import org.jspecify.annotations.Nullable;

/** A MOVED_FROM in a tree, and its MOVED_TO once that has come. */
final class OpenRename {

  final TreeNode directory;
  final byte[] name;
  final int mask;
  final int cookie;

  /** The directory that was at the old name, if it is to move; its MOVE_SELF says that it did. */
  final @Nullable TreeNode node;

  /** When a mark is placed that ends the wait, in {@link System#nanoTime}. */
  final long deadline;

  /** Whether the program is yet to be told that the old name is gone. */
  boolean owesDeletion;

  /** Whether something else may be at the old name, which was exchanged with this. */
  boolean mayBeExchanged;

  @Nullable TreeNode toDirectory;
  byte[] toName = {};
  int toMask;

  OpenRename(
      TreeNode directory,
      byte[] name,
      int mask,
      int cookie,
      @Nullable TreeNode node,
      boolean owesDeletion,
      long deadline) {
    this.directory = directory;
    this.name = name;
    this.mask = mask;
    this.cookie = cookie;
    this.node = node;
    this.owesDeletion = owesDeletion;
    this.deadline = deadline;
  }

  void to(TreeNode newDirectory, byte[] newName, int newMask) {
    toDirectory = newDirectory;
    toName = newName;
    toMask = newMask;
  }

  /** Whether it waits for what belongs to it. */
  boolean isOpen() {
    return owesDeletion || node != null;
  }
}
