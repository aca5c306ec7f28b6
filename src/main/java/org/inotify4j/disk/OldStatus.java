package org.inotify4j.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the status of an entry by stat, and writes the answer where statx would: before Linux
 * 4.11, and in containers that know only the calls of that time.
 */
final class OldStatus {

  private static final String ATTRIBUTES =
      "unix:dev,ino,mode,nlink,uid,gid,size,lastModifiedTime,ctime";

  private static final LinkOption[] FOLLOWS = {};
  private static final LinkOption[] FOLLOWS_NOT = {LinkOption.NOFOLLOW_LINKS};

  private OldStatus() {}

  /** Whether it is to be asked so, since statx is no call that is known here. */
  static boolean isNeeded(int result) {
    return Errno.ENOSYS.is(result) || Errno.EPERM.is(result);
  }

  /** Asks for an entry of an open directory, or, without a name, for that directory itself. */
  static int ask(int directory, byte[] name, ByteBuffer statx) {
    return ask(directory, name, statx, false);
  }

  /**
   * Asks for what is at a path below an open directory.
   *
   * @param follows whether a link at its end is followed
   */
  static int ask(int directory, byte[] name, ByteBuffer statx, boolean follows) {
    LinkOption[] options = follows ? FOLLOWS : FOLLOWS_NOT;
    Path open = Path.of("/proc/self/fd/" + directory);
    try {
      return name.length == 0
          ? answer(Files.readAttributes(open, ATTRIBUTES), statx)
          : answer(Files.readAttributes(PathBytes.resolve(open, name), ATTRIBUTES, options), statx);
    } catch (NoSuchFileException e) {
      return -Errno.ENOENT.number();
    } catch (AccessDeniedException e) {
      return -Errno.EACCES.number();
    } catch (IOException e) {
      return -Errno.EIO.number();
    }
  }

  private static int answer(Map<String, Object> all, ByteBuffer statx) {
    statx.put(0, new byte[Statx.BYTES]);
    statx.putLong(Statx.DEVICE, number(all, "dev")).putLong(Statx.INODE, number(all, "ino"));
    statx
        .putShort(Statx.MODE, (short) number(all, "mode"))
        .putInt(Statx.LINKS, (int) number(all, "nlink"));
    statx
        .putInt(Statx.OWNER, (int) number(all, "uid"))
        .putInt(Statx.GROUP, (int) number(all, "gid"));
    statx.putLong(Statx.SIZE, number(all, "size"));
    time(statx, Statx.CHANGE, all.get("ctime"));
    time(statx, Statx.MODIFICATION, all.get("lastModifiedTime"));
    return 0;
  }

  private static long number(Map<String, Object> all, String name) {
    return all.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static void time(ByteBuffer statx, int at, @Nullable Object value) {
    if (value instanceof FileTime time) {
      Instant instant = time.toInstant();
      statx.putLong(at, instant.getEpochSecond()).putInt(at + Statx.NANOS, instant.getNano());
    }
  }
}
