package org.inotify4j.disk;

import java.nio.file.Path;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.inotify4j.libc.SystemLibC;

/**
 * What the kernel answers who wants to look at a path, whatever the locale: why it refuses.
 *
 * @param result negative where it refuses
 */
public record Refusal(int result) {

  /** It does not refuse. */
  public static final Refusal NONE = new Refusal(0);

  private static final byte[] SELF = {};

  /** Asks what is at a path, behind links. */
  public static Refusal ofLooking(Path path) {
    LibC libC = SystemLibC.get();
    int fd = libC.open(PathBytes.of(path), LibC.O_PATH | LibC.O_CLOEXEC);
    if (fd < 0) {
      return new Refusal(fd);
    }
    try {
      return new Refusal(Math.min(0, FileStatus.of(libC, fd, SELF).result()));
    } finally {
      libC.close(fd);
    }
  }

  /** Asks for what is in a directory. */
  public static Refusal ofReading(Path directory) {
    LibC libC = SystemLibC.get();
    int fd = libC.open(PathBytes.of(directory), Processor.O_DIRECTORY | LibC.O_CLOEXEC);
    if (fd < 0) {
      return new Refusal(fd);
    }
    libC.close(fd);
    return NONE;
  }

  public boolean isNone() {
    return result >= 0;
  }

  /** Whether nothing is there. */
  public boolean isOfNothing() {
    return Errno.ENOENT.is(result) || Errno.ENOTDIR.is(result);
  }

  /** Whether it is there, but not for this user. */
  public boolean isForbidden() {
    return Errno.EACCES.is(result) || Errno.EPERM.is(result);
  }

  /** Whether it says nothing of the path: this process, or this machine, is short of room. */
  public boolean isOfThisProcess() {
    return Errno.isForWantOfDescriptors(result) || Errno.ENOMEM.is(result);
  }

  /** Why, in words. */
  public String reason() {
    return Errno.describe(result);
  }

  /** Whether its links lead in a circle. */
  public boolean isOfLinks() {
    return Errno.ELOOP.is(result);
  }

  /** Whether the same may be answered soon, and so says nothing of what is there. */
  public boolean isForNow() {
    return isOfThisProcess() || isOfServer() || Errno.EIO.is(result);
  }

  /** Whether its name, or all of it, is too long. */
  public boolean isOfLength() {
    return Errno.ENAMETOOLONG.is(result);
  }

  /** Whether the server of its file system has ended, or does not answer. */
  public boolean isOfServer() {
    return Errno.ENOTCONN.is(result)
        || Errno.ECONNABORTED.is(result)
        || Errno.ESTALE.is(result)
        || Errno.ETIMEDOUT.is(result)
        || Errno.EHOSTDOWN.is(result)
        || Errno.EHOSTUNREACH.is(result);
  }
}
