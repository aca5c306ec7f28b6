package org.inotify4j.tree;

import org.inotify4j.disk.EntryStatus;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/** Looks what is at a place where a file was found, or may be. For one thread. */
final class FoundFiles {

  private final LibC libC;
  private final NodePath paths;

  /** Made when it is needed, which it seldom is. */
  private @Nullable EntryStatus status;

  FoundFiles(LibC libC, NodePath paths) {
    this.libC = libC;
    this.paths = paths;
  }

  /**
   * Whether no other file has taken the place of one: false where that cannot be seen.
   *
   * @param inode the lower half of its number
   */
  boolean isStillAt(TreeNode directory, byte[] name, int inode) {
    // Of one that is gone the kernel will say so.
    return isAt(directory, name, inode, true);
  }

  /**
   * Whether a file is seen at a place.
   *
   * @param inode the lower half of its number
   */
  boolean isThere(TreeNode directory, byte[] name, int inode) {
    return isAt(directory, name, inode, false);
  }

  private boolean isAt(TreeNode directory, byte[] name, int inode, boolean whereNothingIs) {
    int fd = paths.open(directory);
    if (fd < 0) {
      return false;
    }
    try {
      EntryStatus current = status();
      return current.askAt(fd, name, false) < 0 ? whereNothingIs : (int) current.inode() == inode;
    } finally {
      paths.close(fd);
    }
  }

  /** Whether a directory is seen at its place. */
  boolean isThere(TreeNode directory) {
    return paths.isThere(directory);
  }

  private EntryStatus status() {
    EntryStatus current = status;
    if (current == null) {
      current = new EntryStatus(libC);
      status = current;
    }
    return current;
  }
}
