package org.inotify4j.entries;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryStatus;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A directory that waits to be read, or was read: who it is, and a descriptor as long as those in
 * it are to be opened by their names.
 *
 * <p>Where too many are kept open it is closed at once, and what is in it is opened by the path
 * from the root; then it is checked that this leads to the same directory.
 *
 * <p>Between the moment when a directory was found and the one when it is opened another one may
 * have come to its name. What is in that is nothing of the one that was found: that one is gone.
 */
final class Directory {

  /** ESTALE: the path leads elsewhere, since something above was moved. */
  static final int MOVED_AWAY = -116;

  private static final int GONE = -Errno.ENOENT.number();

  private static final int CLOSED = -1;

  /** Counts directories in the order in which they were found; the root is 0. */
  final int number;

  final @Nullable Directory parent;
  private final byte[] name;
  private final long device;
  private final long inode;

  /** Set before anybody knows those below, and read only while they count as users. */
  private int fd = CLOSED;

  /** How many below are yet to be opened. */
  private final AtomicInteger users = new AtomicInteger();

  /**
   * A directory that was found.
   *
   * @param parent where, or null for the root
   */
  Directory(int number, @Nullable Directory parent, byte[] name, long device, long inode) {
    this.number = number;
    this.parent = parent;
    this.name = name;
    this.device = device;
    this.inode = inode;
  }

  /** Opens it for reading: a descriptor, or {@code -errno}. */
  int open(DirectoryReader reader, EntryStatus status) {
    if (parent == null) {
      return toRead(reader, reader.openRoot());
    }
    if (parent.fd != CLOSED) {
      return open(reader, status, parent.fd);
    }
    int above = reader.open(parent.names());
    if (above < 0) {
      return ReadFailures.isGone(above) ? MOVED_AWAY : above;
    }
    try {
      return parent.isOther(status, above) ? MOVED_AWAY : open(reader, status, above);
    } finally {
      reader.close(above);
    }
  }

  /** Opens it by its name in its parent. */
  private int open(DirectoryReader reader, EntryStatus status, int above) {
    int opened = reader.openChild(above, name);
    if (opened >= 0 && isOther(status, opened)) {
      reader.close(opened);
      return GONE;
    }
    return opened;
  }

  /** Whether what is open is another directory; not where it was mounted there meanwhile. */
  private boolean isOther(EntryStatus status, int opened) {
    return status.ask(opened) == 0 && status.inode() != inode && status.device() == device;
  }

  private static int toRead(DirectoryReader reader, int path) {
    if (path < 0) {
      return path;
    }
    int opened = reader.openToRead(path);
    reader.close(path);
    return opened;
  }

  /** The names on the way from the root. */
  Deque<byte[]> names() {
    Deque<byte[]> names = new ArrayDeque<>();
    for (Directory at = this; at.parent != null; at = at.parent) {
      names.push(at.name);
    }
    return names;
  }

  /** Keeps a descriptor for so many below, each of which is {@linkplain #leave to leave}. */
  void keep(int opened, int below) {
    fd = opened;
    users.set(below);
  }

  /** One below needs the descriptor no more: gives it out if it was the last, else negative. */
  int leave() {
    if (fd == CLOSED || users.decrementAndGet() > 0) {
      return CLOSED;
    }
    return fd;
  }
}
