package org.inotify4j.disk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.PackedInts;
import org.inotify4j.base.Spares;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;

/**
 * Opens and reads directories, following no link below the root. It may be used by several threads
 * at once.
 *
 * <pre>
 * struct linux_dirent64: offset  0  u64     d_ino
 *                                8  s64     d_off
 *                               16  u16     d_reclen
 *                               18  u8      d_type
 *                               19  char[]  d_name, with a NUL at its end
 * </pre>
 */
public final class DirectoryReader {

  private static final boolean IS_LITTLE_ENDIAN =
      ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN);

  private static final int BUFFER = 64 * 1024;
  private static final int RECORD_LENGTH = 16;
  private static final int TYPE = 18;
  private static final int NAME = 19;
  private static final byte UNKNOWN = 0;
  private static final byte DIRECTORY = 4;
  private static final byte PLAIN_FILE = 8;

  /** What one call is given of a longer path: less than PATH_MAX. */
  private static final int PIECE = 3500;

  private static final int OPTIONS = Processor.O_DIRECTORY | Processor.O_NOFOLLOW | LibC.O_CLOEXEC;

  private static final byte[] SELF = {'.', 0};

  private final LibC libC;
  private final byte[] root;
  private final boolean followsRoot;

  /** Where the root is open, or negative. */
  private final int opened;

  /**
   * A reader.
   *
   * @param root the root's path, with a NUL at its end
   * @param followsRoot whether the root's path may end in a link
   */
  public DirectoryReader(LibC libC, byte[] root, boolean followsRoot) {
    this(libC, root, followsRoot, -1);
  }

  private DirectoryReader(LibC libC, byte[] root, boolean followsRoot, int opened) {
    this.libC = libC;
    this.root = root;
    this.followsRoot = followsRoot;
    this.opened = opened;
  }

  /** One whose root is what is open there, wherever that is moved, as long as it stays open. */
  public DirectoryReader of(int openRoot) {
    return new DirectoryReader(libC, root, followsRoot, openRoot);
  }

  /** Opens the root, but not for reading, or {@code -errno}. */
  public int openRoot() {
    if (opened >= 0) {
      return openAgain(opened);
    }
    OrderedLock.mayBlock();
    int nofollow = followsRoot ? 0 : Processor.O_NOFOLLOW;
    return libC.open(root, LibC.O_PATH | Processor.O_DIRECTORY | LibC.O_CLOEXEC | nofollow);
  }

  /**
   * Opens, but not for reading, what is at a path below the root now, or {@code -errno}. A link on
   * the way is followed: the caller checks which directory it is.
   *
   * @param names the names on the way from the root, none for the root itself
   */
  public int open(Iterable<byte[]> names) {
    int fd = openRoot();
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    for (Iterator<byte[]> way = names.iterator(); fd >= 0 && way.hasNext(); ) {
      byte[] name = way.next();
      piece.write(name, 0, name.length);
      if (!way.hasNext() || piece.size() > PIECE) {
        piece.write(0);
        fd = openNext(fd, piece.toByteArray());
        piece.reset();
      } else {
        piece.write('/');
      }
    }
    return fd;
  }

  /** Goes on from a directory, which is closed. */
  private int openNext(int directory, byte[] path) {
    try {
      return libC.openat(directory, path, LibC.O_PATH | OPTIONS);
    } finally {
      libC.close(directory);
    }
  }

  /** Opens for reading what is open already, or {@code -errno}. */
  public int openToRead(int directory) {
    OrderedLock.mayBlock();
    return libC.openat(directory, SELF, LibC.O_RDONLY | OPTIONS);
  }

  /** Opens what is open already once more, but not for reading, or {@code -errno}. */
  public int openAgain(int directory) {
    OrderedLock.mayBlock();
    return libC.openat(directory, SELF, LibC.O_PATH | OPTIONS);
  }

  /** Opens a directory for reading by its name, or {@code -errno}. */
  public int openChild(int directory, byte[] name) {
    OrderedLock.mayBlock();
    return libC.openat(directory, Arrays.copyOf(name, name.length + 1), LibC.O_RDONLY | OPTIONS);
  }

  /** Whether an entry of a type may be a directory; false if it is none for sure. */
  public static boolean mayBeDirectory(byte type) {
    return type == DIRECTORY || type == UNKNOWN;
  }

  /** Whether an entry of a type is a directory for sure. */
  public static boolean isDirectory(byte type) {
    return type == DIRECTORY;
  }

  /** Whether an entry of a type is a plain file for sure. */
  public static boolean isPlainFile(byte type) {
    return type == PLAIN_FILE;
  }

  /** What an entry of a directory is that is open; of a link, not of what it leads to. */
  public FileStatus status(int directory, byte[] name) {
    return FileStatus.of(libC, directory, name);
  }

  public void close(int fd) {
    libC.close(fd);
  }

  /**
   * Reads a directory to its end.
   *
   * @param onlyDirectories whether entries that are no directories for sure are passed over
   * @return 0, or {@code -errno}: ENOENT if it was removed
   */
  public int read(int fd, boolean onlyDirectories, Entries entries) {
    OrderedLock.mayBlock();
    Buffer buffer = Buffer.take();
    try {
      int length;
      while ((length = libC.getdents64(fd, buffer.read, BUFFER)) > 0) {
        buffer.read.get(0, buffer.records, 0, length);
        goThrough(buffer.records, length, onlyDirectories, entries);
      }
      return length;
    } finally {
      buffer.release();
    }
  }

  private static void goThrough(
      byte[] records, int length, boolean onlyDirectories, Entries entries) {
    for (int at = 0; at < length; at = next(records, at)) {
      byte type = type(records, at);
      int start = start(at);
      if ((mayBeDirectory(type) || !onlyDirectories) && !isSelfOrParent(records, start)) {
        entries.entry(records, start, end(records, start), type);
      }
    }
  }

  /** Where the record behind one begins. */
  static int next(byte[] records, int at) {
    int first = Byte.toUnsignedInt(records[at + RECORD_LENGTH]);
    int second = Byte.toUnsignedInt(records[at + RECORD_LENGTH + 1]);
    return at + (IS_LITTLE_ENDIAN ? first | second << 8 : first << 8 | second);
  }

  /** The type of a record's entry. */
  static byte type(byte[] records, int at) {
    return records[at + TYPE];
  }

  /** Where the lower half of the inode's number is, of the record whose name begins there. */
  public static int inodeStart(int start) {
    return start - NAME + (IS_LITTLE_ENDIAN ? 0 : Integer.BYTES);
  }

  /** The number that the kernel has written as these four bytes. */
  public static int inode(byte[] bytes, int at) {
    int inode = PackedInts.get(bytes, at);
    return IS_LITTLE_ENDIAN ? inode : Integer.reverseBytes(inode);
  }

  /** Where the name of a record begins. */
  static int start(int at) {
    return at + NAME;
  }

  /** Where the name ends that begins there. */
  static int end(byte[] records, int start) {
    int end = start;
    while (records[end] != 0) {
      end++;
    }
    return end;
  }

  /** Whether the name that begins there is that of the directory itself, or of its parent. */
  static boolean isSelfOrParent(byte[] records, int start) {
    return records[start] == '.'
        && (records[start + 1] == 0 || (records[start + 1] == '.' && records[start + 2] == 0));
  }

  /**
   * Where the kernel writes, and a copy on the heap, which is quicker to go through. Some are kept
   * for whoever reads next; each takes 128 KiB.
   */
  private static final class Buffer {
    private static final Spares<Buffer> KEPT = new Spares<>();

    final ByteBuffer read = ByteBuffer.allocateDirect(BUFFER);
    final byte[] records = new byte[BUFFER];

    static Buffer take() {
      Buffer kept = KEPT.take();
      return kept == null ? new Buffer() : kept;
    }

    void release() {
      KEPT.keep(this);
    }
  }

  /** Takes what is read. */
  public interface Entries {

    /**
     * An entry, whose name is in bytes that are overwritten when this returns.
     *
     * @param start where the name begins
     * @param end where a NUL follows it
     * @param type as the kernel gives it
     */
    void entry(byte[] bytes, int start, int end, byte type);
  }
}
