package org.inotify4j.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.INotify;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.UseCount;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;

/**
 * The inotify descriptor of a hub, and who is inside of a call with it: the last one to leave after
 * the close gives its number back, so that nobody meets a number that is another's by then.
 *
 * <p>Calls of the raw API throw; the others return what the kernel returned, or {@code -errno}.
 * Safe for use by several threads.
 */
final class Instance {

  private static final byte[] DESCRIPTORS = "/proc/self/fd/".getBytes(StandardCharsets.US_ASCII);

  private static final int POLLFD = 8;
  private static final int EVENTS = 4;

  private final LibC libC;
  private final INotify inotify;
  private final int fd;
  private final UseCount uses = new UseCount();

  /** What the poller waits for; there need be no memory for it later. */
  private final ByteBuffer pollfd =
      ByteBuffer.allocateDirect(POLLFD).order(ByteOrder.nativeOrder());

  /**
   * Over an instance that is open.
   *
   * @param inotify does not close its descriptor: that is done here
   */
  Instance(LibC libC, INotify inotify) throws ClosedChannelException {
    this.libC = libC;
    this.inotify = inotify;
    this.fd = inotify.fd();
  }

  LibC libC() {
    return libC;
  }

  int fd() {
    return fd;
  }

  /** Begins a use that lasts; {@link #exit} must follow where this says true. */
  boolean enter() {
    return uses.enter();
  }

  void exit() {
    if (uses.exit()) {
      libC.close(fd);
    }
  }

  /** Lets nobody in any more. A second call does nothing. */
  void close() {
    inotify.close();
    if (uses.close()) {
      libC.close(fd);
    }
  }

  /** Places a watch by its path, or adds to the one that there is. */
  int addWatch(Path path, int mask) throws IOException {
    OrderedLock.mayBlock();
    if (!uses.enter()) {
      throw new ClosedChannelException();
    }
    try {
      return inotify.addWatch(path, mask);
    } finally {
      exit();
    }
  }

  /** Places a watch by a path that ends with a NUL, or adds to the one that there is. */
  int addWatch(byte[] path, int mask) {
    OrderedLock.mayBlock();
    if (!uses.enter()) {
      return -Errno.EBADF.number();
    }
    try {
      return libC.inotifyAddWatch(fd, path, mask);
    } finally {
      exit();
    }
  }

  /** The same, for who knows that it is in use, and that no file system is asked. */
  int addWatchNow(int open, int mask) {
    return libC.inotifyAddWatch(fd, descriptorPath(open), mask);
  }

  /** Removes a watch. For who knows that it is in use. */
  int removeWatch(int wd) {
    return libC.inotifyRmWatch(fd, wd);
  }

  /** Waits until there are records, and reads as many as the buffer takes. */
  int read(ByteBuffer buffer) {
    return libC.read(fd, buffer, buffer.capacity());
  }

  /**
   * Waits until there are records, but not longer than some milliseconds; 0 where none came. For
   * the poller alone.
   */
  int awaitRecords(int millis) {
    pollfd.putInt(0, fd).putShort(EVENTS, LibC.POLLIN);
    return libC.poll(pollfd, 1, millis);
  }

  /** The path, with a NUL at its end, by which the kernel finds what a descriptor has open. */
  static byte[] descriptorPath(int fd) {
    int length = DESCRIPTORS.length + 1;
    for (int rest = fd; rest > 9; rest /= 10) {
      length++;
    }
    byte[] path = Arrays.copyOf(DESCRIPTORS, length + 1);
    for (int rest = fd; length > DESCRIPTORS.length; rest /= 10) {
      path[--length] = (byte) ('0' + rest % 10);
    }
    return path;
  }
}
