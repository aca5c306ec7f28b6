package org.inotify4j.tree;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A MOVED_FROM in a tree, and its MOVED_TO once that has come. */
final class OpenRename {

  /** How long it waits before a mark is placed, in nanoseconds. */
  static final long WAIT = TimeUnit.MILLISECONDS.toNanos(5);

  final TreeNode directory;
  final byte[] name;
  final int mask;
  final int cookie;

  /** The directory that was at the old name, if it is to move; its MOVE_SELF says that it did. */
  final @Nullable TreeNode node;

  /** When its record was taken, in {@link System#nanoTime}. */
  final long began = System.nanoTime();

  /** Whether the program is yet to be told that the old name is gone. */
  boolean owesDeletion;

  /** Whether something else may be at the old name, which was exchanged with this. */
  boolean mayBeExchanged;

  /**
   * Whether the directory may have been watched amid the exchange that this is the second half of:
   * so what is at the old name came there without a record.
   */
  boolean mayBeHalf;

  @Nullable TreeNode toDirectory;
  byte[] toName = {};
  int toMask;

  OpenRename(
      TreeNode directory,
      byte[] name,
      int mask,
      int cookie,
      @Nullable TreeNode node,
      boolean owesDeletion) {
    this.directory = directory;
    this.name = name;
    this.mask = mask;
    this.cookie = cookie;
    this.node = node;
    this.owesDeletion = owesDeletion;
  }

  void to(TreeNode newDirectory, byte[] newName, int newMask) {
    toDirectory = newDirectory;
    toName = newName;
    toMask = newMask;
  }

  /** When a mark is placed that ends the wait, in {@link System#nanoTime}. */
  long deadline() {
    return began + WAIT;
  }

  /** Whether it waits for what belongs to it. */
  boolean isOpen() {
    return owesDeletion || node != null;
  }
}
