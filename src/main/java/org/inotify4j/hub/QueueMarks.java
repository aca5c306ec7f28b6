package org.inotify4j.hub;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.inotify4j.base.IntMap;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/**
 * Marks places in the kernel's event queue, and acts when the poller comes to them.
 *
 * <p>A watch on a private anonymous file is placed and removed at once: the kernel queues IGNORED
 * for it, behind everything that happened before and ahead of everything after. No file system is
 * touched, and the kernel cannot merge an event after the mark with one before it. Some systems
 * allow such files only where they can never be executed, some not at all: a pipe serves as well.
 *
 * <p>What holds, in every order in which threads, the poller, a full queue and the close meet: each
 * action whose place was marked is run once, unless it throws for want of memory.
 *
 * <p>Not safe for use by several threads: the hub's lock guards it.
 */
final class QueueMarks {

  private static final byte[] NAME = "inotify4j\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DESCRIPTORS = "/proc/self/fd/".getBytes(StandardCharsets.US_ASCII);
  private static final int ANY_EVENT = 0x2;

  private final LibC libC;
  private final int inotify;
  private final IntMap<Runnable> actions = new IntMap<>();
  private final ByteBuffer pipe =
      ByteBuffer.allocateDirect(2 * Integer.BYTES).order(ByteOrder.nativeOrder());

  /** What a private file is asked for with: what was allowed before. */
  private int flags = LibC.MFD_CLOEXEC;

  QueueMarks(LibC libC, int inotify) {
    this.libC = libC;
    this.inotify = inotify;
  }

  /**
   * Marks this place.
   *
   * @param action what to do when the poller comes to it; runs under the hub's lock
   * @return 0, or {@code -errno} where the place could not be marked
   */
  int place(Runnable action) {
    int file = openFile();
    if (file < 0) {
      return file;
    }
    int wd = libC.inotifyAddWatch(inotify, descriptorPath(file), ANY_EVENT);
    if (wd > 0) {
      actions.put(wd, action);
      libC.inotifyRmWatch(inotify, wd);
    }
    libC.close(file);
    return Math.min(0, wd);
  }

  /** Opens something that nobody else has, or {@code -errno}. */
  private int openFile() {
    int file = libC.memfdCreate(NAME, flags);
    if (file < 0 && !isForWantOfRoom(file)) {
      int others = flags ^ LibC.MFD_NOEXEC_SEAL;
      file = libC.memfdCreate(NAME, others);
      if (file >= 0) {
        flags = others;
      } else if (!isForWantOfRoom(file)) {
        file = libC.pipe2(pipe, LibC.O_CLOEXEC);
        if (file >= 0) {
          libC.close(pipe.getInt(Integer.BYTES));
          file = pipe.getInt(0);
        }
      }
    }
    return file;
  }

  private static boolean isForWantOfRoom(int result) {
    return Errno.EMFILE.is(result) || Errno.ENFILE.is(result);
  }

  /** The action for a watch descriptor whose place has come, or null. */
  @Nullable Runnable reached(int wd) {
    return actions.remove(wd);
  }

  /** Marks this place anew for every action whose mark may be lost, since the queue was full. */
  void placeAgain() {
    for (int wd : actions.keys()) {
      Runnable action = actions.remove(wd);
      if (action != null && place(action) < 0) {
        action.run();
      }
    }
  }

  /** Acts on every mark: the queue is gone. */
  void reachAll() {
    for (int wd : actions.keys()) {
      Runnable action = actions.get(wd);
      if (action != null) {
        // Removed afterwards: where there is no memory for it, it is done once more.
        action.run();
        actions.remove(wd);
      }
    }
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
