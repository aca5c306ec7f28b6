package org.inotify4j.watch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;

/**
 * Opens and reads directories, following no link below the root.
 *
 * <pre>
 * struct linux_dirent64: offset  0  u64     d_ino
 *                                8  s64     d_off
 *                               16  u16     d_reclen
 *                               18  u8      d_type
 *                               19  char[]  d_name, with a NUL at its end
 * </pre>
 */
final class DirectoryReader {

  private static final int BUFFER = 64 * 1024;
  private static final int RECORD_LENGTH = 16;
  private static final int TYPE = 18;
  private static final int NAME = 19;
  private static final byte UNKNOWN = 0;
  private static final byte DIRECTORY = 4;

  /** What one call is given of a longer path: less than PATH_MAX. */
  private static final int PIECE = 3500;

  private static final int OPTIONS = Processor.O_DIRECTORY | Processor.O_NOFOLLOW | LibC.O_CLOEXEC;

  private static final byte[] SELF = {'.', 0};

  private final LibC libC;
  private final byte[] root;
  private final boolean followsRoot;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());

  /**
   * A reader.
   *
   * @param root the root's path, with a NUL at its end
   */
  DirectoryReader(LibC libC, byte[] root, boolean followsRoot) {
    this.libC = libC;
    this.root = root;
    this.followsRoot = followsRoot;
  }

  /** Opens the directory that is at a node's path now, whichever that is, or {@code -errno}. */
  int open(TreeNode node, boolean toRead) {
    int nofollow = followsRoot ? 0 : Processor.O_NOFOLLOW;
    int fd = libC.open(root, LibC.O_PATH | Processor.O_DIRECTORY | LibC.O_CLOEXEC | nofollow);
    Deque<TreeNode> way = new ArrayDeque<>();
    for (TreeNode step = node; step.parent != null; step = step.parent) {
      way.push(step);
    }
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    while (fd >= 0 && !way.isEmpty()) {
      byte[] name = way.pop().name;
      piece.write(name, 0, name.length);
      if (way.isEmpty() || piece.size() > PIECE) {
        piece.write(0);
        fd = step(fd, piece.toByteArray(), LibC.O_PATH | OPTIONS);
        piece.reset();
      } else {
        piece.write('/');
      }
    }
    return fd >= 0 && toRead ? step(fd, SELF, LibC.O_RDONLY | OPTIONS) : fd;
  }

  private int step(int from, byte[] path, int flags) {
    int fd = libC.openat(from, path, flags);
    libC.close(from);
    return fd;
  }

  /** Opens a directory by its name, or {@code -errno}. */
  int openChild(int directory, byte[] name) {
    return libC.openat(directory, Arrays.copyOf(name, name.length + 1), LibC.O_RDONLY | OPTIONS);
  }

  void close(int fd) {
    libC.close(fd);
  }

  /**
   * Reads a directory to its end.
   *
   * @return 0, or {@code -errno}
   */
  int read(int fd, Entries entries) {
    int length;
    while ((length = libC.getdents64(fd, buffer, BUFFER)) > 0) {
      for (int at = 0; at < length; ) {
        int next = at + Short.toUnsignedInt(buffer.getShort(at + RECORD_LENGTH));
        int end = at + NAME;
        while (buffer.get(end) != 0) {
          end++;
        }
        byte[] name = new byte[end - at - NAME];
        buffer.get(at + NAME, name);
        if (!isSelfOrParent(name)) {
          byte type = buffer.get(at + TYPE);
          entries.entry(name, type == DIRECTORY || type == UNKNOWN);
        }
        at = next;
      }
    }
    // A directory that was removed meanwhile has no entries.
    return Errno.ENOENT.is(length) ? 0 : length;
  }

  private static boolean isSelfOrParent(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  /** Takes what is read. */
  interface Entries {

    /**
     * An entry.
     *
     * @param mayBeDirectory false if it is none for sure
     */
    void entry(byte[] name, boolean mayBeDirectory);
  }
}
