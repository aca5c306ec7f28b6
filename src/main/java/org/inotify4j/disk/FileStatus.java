package org.inotify4j.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of a directory is; of a link, not of what it leads to.
 *
 * <pre>
 * struct statx: offset  16  u32  stx_nlink
 *                       20  u32  stx_uid
 *                       24  u32  stx_gid
 *                       28  u16  stx_mode
 *                       32  u64  stx_ino
 *                       80  s64  stx_btime, the seconds
 *                       88  u32  stx_btime, the nanoseconds
 *                      136  u32  stx_dev_major
 *                      140  u32  stx_dev_minor
 * </pre>
 *
 * @param result 0, or {@code -errno} of the call that failed, and then the rest is nothing
 * @param identity which one it is
 * @param mode its type and its permissions
 * @param links how many names it has
 */
public record FileStatus(
    int result, FileIdentity identity, int mode, int links, int owner, int group) {

  private static final int SIZE = 256;

  /** STATX_TYPE, STATX_MODE, STATX_NLINK, STATX_UID, STATX_GID, STATX_INO and STATX_BTIME. */
  private static final int WANTED = 0x91F;

  private static final int TYPE = 0xF000;
  private static final int DIRECTORY = 0x4000;
  private static final int LINK = 0xA000;

  private static final FileIdentity NOTHING = new FileIdentity(0, 0, 0, 0);

  /** One is kept for whoever asks next. */
  private static final AtomicReference<@Nullable ByteBuffer> KEPT = new AtomicReference<>();

  /**
   * Asks for an entry.
   *
   * @param directory the descriptor of its directory
   * @param name the entry's bytes
   */
  public static FileStatus of(LibC libC, int directory, byte[] name) {
    OrderedLock.mayBlock();
    byte[] terminated = Arrays.copyOf(name, name.length + 1);
    ByteBuffer kept = KEPT.getAndSet(null);
    ByteBuffer buffer =
        kept == null ? ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder()) : kept;
    int result = libC.statx(directory, terminated, LibC.AT_SYMLINK_NOFOLLOW, WANTED, buffer);
    FileStatus status = result == 0 ? read(buffer) : failed(result);
    KEPT.set(buffer);
    // Before Linux 4.11, and in containers that know only the calls of that time.
    return Errno.ENOSYS.is(result) || Errno.EPERM.is(result) ? ofOld(directory, name) : status;
  }

  private static FileStatus read(ByteBuffer statx) {
    long device = (long) statx.getInt(136) << 32 | Integer.toUnsignedLong(statx.getInt(140));
    return new FileStatus(
        0,
        new FileIdentity(device, statx.getLong(32), statx.getLong(80), statx.getInt(88)),
        Short.toUnsignedInt(statx.getShort(28)),
        statx.getInt(16),
        statx.getInt(20),
        statx.getInt(24));
  }

  private static FileStatus failed(int result) {
    return new FileStatus(result, NOTHING, 0, 0, 0, 0);
  }

  private static FileStatus ofOld(int directory, byte[] name) {
    Path path = PathBytes.resolve(Path.of("/proc/self/fd/" + directory), name);
    try {
      Map<String, Object> all =
          Files.readAttributes(path, "unix:dev,ino,mode,nlink,uid,gid", LinkOption.NOFOLLOW_LINKS);
      return new FileStatus(
          0,
          new FileIdentity(number(all, "dev"), number(all, "ino"), 0, 0),
          (int) number(all, "mode"),
          (int) number(all, "nlink"),
          (int) number(all, "uid"),
          (int) number(all, "gid"));
    } catch (NoSuchFileException e) {
      return failed(-Errno.ENOENT.number());
    } catch (AccessDeniedException e) {
      return failed(-Errno.EACCES.number());
    } catch (IOException e) {
      return failed(-Errno.EIO.number());
    }
  }

  private static long number(Map<String, Object> all, String name) {
    return all.get(name) instanceof Number number ? number.longValue() : 0;
  }

  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  public boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** Whether all that an ATTRIB tells of is as it was, but for how many names it has. */
  public boolean differsInLinksOnly(FileStatus before) {
    return links != before.links
        && mode == before.mode
        && owner == before.owner
        && group == before.group;
  }
}
