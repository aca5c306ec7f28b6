package org.inotify4j.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.LibC;

/**
 * What entries are, one after the other, in memory that is used again: no object for each of many.
 * For one thread.
 */
public final class EntryStatus {

  /** What a time is where its file system knows none. */
  public static final long NO_TIME = 0;

  /** STATX_TYPE, _MODE, _MTIME, _CTIME, _INO, _SIZE and _BTIME. */
  private static final int WANTED = 0xBC3;

  private static final long SECOND = 1_000_000_000L;

  private static final long MILLISECOND = 1_000_000;
  private static final long LATE_MILLIS = 100;

  private static final int FIRST_PATH = 512;
  private static final byte[] NO_NAME = {};
  private static final ByteBuffer NO_PATH = ByteBuffer.allocateDirect(1);

  private final LibC libC;
  private final ByteBuffer statx = Statx.allocate();

  /** For paths that are asked for; made when one is. */
  private ByteBuffer paths = NO_PATH;

  private final ByteBuffer timespec =
      ByteBuffer.allocateDirect(2 * Long.BYTES).order(ByteOrder.nativeOrder());

  /** Asks this kernel. */
  public EntryStatus(LibC libC) {
    this.libC = libC;
  }

  /**
   * Asks for what is open.
   *
   * @return 0, or {@code -errno}: then the rest is nothing
   */
  public int ask(int open) {
    OrderedLock.mayBlock();
    int result = libC.statx(open, NO_PATH, 0, LibC.AT_EMPTY_PATH, WANTED, statx);
    return OldStatus.isNeeded(result) ? OldStatus.ask(open, NO_NAME, statx) : result;
  }

  /** Asks for an entry, of a link itself; its name ends with a NUL. */
  int ask(int directory, ByteBuffer names, int start, int end) {
    return ask(directory, names, start, end, 0);
  }

  /** The same of a file system's server, whatever the kernel keeps of what that said before. */
  int askServer(int directory, ByteBuffer names, int start, int end) {
    return ask(directory, names, start, end, LibC.AT_STATX_FORCE_SYNC);
  }

  private int ask(int directory, ByteBuffer names, int start, int end, int also) {
    int flags = LibC.AT_SYMLINK_NOFOLLOW | also;
    int result = libC.statx(directory, names, start, flags, WANTED, statx);
    if (OldStatus.isNeeded(result)) {
      byte[] name = new byte[end - start];
      names.get(start, name);
      result = OldStatus.ask(directory, name, statx);
    }
    return result;
  }

  /**
   * Asks for what is at a path below an open directory.
   *
   * @param follows whether a link at its end is followed
   * @return 0, or {@code -errno}: then the rest is nothing
   */
  public int askAt(int directory, byte[] path, boolean follows) {
    OrderedLock.mayBlock();
    ByteBuffer bytes = pathBuffer(path.length + 1);
    bytes.put(0, path).put(path.length, (byte) 0);
    int flags = follows ? 0 : LibC.AT_SYMLINK_NOFOLLOW;
    int result = libC.statx(directory, bytes, 0, flags, WANTED, statx);
    return OldStatus.isNeeded(result) ? OldStatus.ask(directory, path, statx, follows) : result;
  }

  private ByteBuffer pathBuffer(int length) {
    if (paths.capacity() < length) {
      paths = ByteBuffer.allocateDirect(Math.max(FIRST_PATH, 2 * length));
    }
    return paths;
  }

  /** The bits of type and permissions, as {@code st_mode} has them. */
  public int mode() {
    return Short.toUnsignedInt(statx.getShort(Statx.MODE));
  }

  public long device() {
    return statx.getLong(Statx.DEVICE);
  }

  public long inode() {
    return statx.getLong(Statx.INODE);
  }

  /** In bytes. */
  public long size() {
    return statx.getLong(Statx.SIZE);
  }

  /** When it was born, in nanoseconds since 1970, or {@link #NO_TIME}. */
  public long born() {
    return time(Statx.BIRTH);
  }

  /** When it, or what is known of it, was changed last, in nanoseconds since 1970. */
  public long changed() {
    return time(Statx.CHANGE);
  }

  /** When its content was changed last, as far as nobody set that, in nanoseconds since 1970. */
  public long modified() {
    return time(Statx.MODIFICATION);
  }

  /**
   * The time that the kernel would stamp a file with that is changed now, in nanoseconds since
   * 1970: what bears an earlier one gets another one when it is changed again.
   */
  public long now() {
    if (libC.clockGettime(LibC.CLOCK_REALTIME_COARSE, timespec) < 0) {
      // Not on any kernel that there is; a clock that is late is on the safe side.
      return (System.currentTimeMillis() - LATE_MILLIS) * MILLISECOND;
    }
    return timespec.getLong(0) * SECOND + timespec.getLong(Long.BYTES);
  }

  private long time(int at) {
    return statx.getLong(at) * SECOND + statx.getInt(at + Statx.NANOS);
  }
}
