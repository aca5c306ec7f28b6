package org.inotify4j.hub;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.libc.Errno;

/** What a program is told where the kernel refuses a directory on the way of a registration. */
public final class Refusals {

  private static final String NO_PROC =
      "/proc is not there: a directory that is open is watched by its name in /proc/self/fd; mount"
          + " it, as by 'mount -t proc proc /proc'";

  private Refusals() {}

  /** Loads what is needed to say so, while there are descriptors to load it with. */
  static void prepare() {
    INotifyLimitException unused = INotifyLimitException.ofOpenFiles("/");
  }

  /**
   * The exception for a call that failed.
   *
   * @param path what was to be registered
   * @param errno what the call returned; ENOENT only of one that watches what is open
   */
  public static FileSystemException exception(Path path, int errno) {
    String file = path.toString();
    if (Errno.EACCES.is(errno)) {
      return new AccessDeniedException(file);
    } else if (Errno.ENOSPC.is(errno)) {
      return INotifyLimitException.ofWatches(file, -1);
    } else if (Errno.EMFILE.is(errno)) {
      return INotifyLimitException.ofDescriptors(file);
    } else if (Errno.ENFILE.is(errno)) {
      return INotifyLimitException.ofOpenFiles(file);
    }
    String reason = Errno.ENOENT.is(errno) ? NO_PROC : Errno.describe(errno);
    return new FileSystemException(file, null, reason);
  }
}
