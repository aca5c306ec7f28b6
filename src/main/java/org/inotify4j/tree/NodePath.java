package org.inotify4j.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.disk.FileStatus;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Opens the directories of a tree by their paths, and makes sure that it is these which are opened:
 * where a path leads to a directory without the watch of the node, something on the way was renamed
 * or removed, and the record that says so is still queued.
 */
final class NodePath {

  private static final byte[] SELF = {};

  private final TreeNodes nodes;
  private final TreeWatches watches;
  private final DirectoryReader reader;

  NodePath(TreeNodes nodes, TreeWatches watches, DirectoryReader reader) {
    this.nodes = nodes;
    this.watches = watches;
    this.reader = reader;
  }

  /**
   * Opens the directory of a node, but not for reading.
   *
   * @return a descriptor, or {@code -errno}: ENOENT if another directory is at the path; where the
   *     kernel does not say which one it is, the reason
   */
  int open(TreeNode node) {
    if (!nodes.hasPath(node)) {
      return -Errno.ENOENT.number();
    }
    int fd = reader.open(way(node));
    // A directory that has no watch is known by its path only.
    if (fd < 0 || node.wd <= 0) {
      return fd;
    }
    int wd = 0;
    try {
      wd = watches.find(fd);
    } finally {
      if (wd != node.wd) {
        reader.close(fd);
      }
    }
    return wd == node.wd ? fd : wd < 0 ? wd : -Errno.ENOENT.number();
  }

  /** Opens what is open already once more, but not for reading, or {@code -errno}. */
  int openAgain(int fd) {
    return reader.openAgain(fd);
  }

  /** Which one the directory of a node is, as long as it is at its path; null if it is not. */
  @Nullable FileIdentity identity(TreeNode node) {
    int fd = open(node);
    if (fd < 0) {
      return null;
    }
    try {
      FileStatus status = reader.status(fd, SELF);
      return status.result() < 0 ? null : status.identity();
    } finally {
      reader.close(fd);
    }
  }

  /** What an entry of a directory is that is open. */
  FileStatus status(int directory, byte[] name) {
    return reader.status(directory, name);
  }

  void close(int fd) {
    reader.close(fd);
  }

  /** The names on the way from the root to a node. */
  private static Deque<byte[]> way(TreeNode node) {
    Deque<byte[]> way = new ArrayDeque<>();
    for (TreeNode step = node; step.parent != null; step = step.parent) {
      way.push(step.name);
    }
    return way;
  }

  /** Whether the directory of a node is at its path. */
  boolean isThere(TreeNode node) {
    return reach(node) >= 0;
  }

  /** Whether the directory of a node is not at its path, and nothing else is in the way. */
  boolean isElsewhere(TreeNode node) {
    return isElsewhere(reach(node));
  }

  /** Opens the directory of a node and closes it: what opening said. */
  private int reach(TreeNode node) {
    int fd = open(node);
    if (fd >= 0) {
      reader.close(fd);
    }
    return fd;
  }

  /** Whether a directory could not be opened because it is not where the tree has it. */
  static boolean isElsewhere(int errno) {
    return Errno.ENOENT.is(errno) || Errno.ENOTDIR.is(errno) || Errno.ELOOP.is(errno);
  }
}
