package org.inotify4j.watch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A MOVED_FROM in a tree, and its MOVED_TO once that has come. */
final class TreeMove {

  final TreeNode directory;
  final byte[] name;
  final int mask;
  final int cookie;

  /** The directory that was here, if one was: its MOVE_SELF says that it moved. */
  final @Nullable TreeNode node;

  /** Whether the program is yet to be told that the old name is gone. */
  boolean owesDeletion;

  /** When the wait is over, in {@link System#nanoTime}. */
  final long deadline;

  @Nullable TreeNode toDirectory;
  byte[] toName = {};
  int toMask;

  /** Whether the program is to be told of the new name. */
  boolean toIsTold;

  /** Whether the entry that moves back just came from there: perhaps two were exchanged. */
  boolean isMirror;

  TreeMove(
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

  boolean isFrom(TreeNode other, byte[] otherName) {
    return directory == other && Arrays.equals(name, otherName);
  }

  boolean isTo(TreeNode other, byte[] otherName) {
    return toDirectory == other && Arrays.equals(toName, otherName);
  }

  void to(TreeNode other, byte[] otherName, int otherMask) {
    toDirectory = other;
    toName = otherName;
    toMask = otherMask;
  }

  /** Whether something is to be done when the wait is over. */
  boolean isOpen() {
    return owesDeletion || node != null;
  }
}
