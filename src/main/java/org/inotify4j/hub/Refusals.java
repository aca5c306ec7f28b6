package org.inotify4j.hub;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.libc.Errno;

/** What a program is told where the kernel refuses a directory on the way of a registration. */
public final class Refusals {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private static final String NO_PROC =
      "/proc is not there, or is that of other processes: a directory that is open is watched by its"
          + " name in /proc/self/fd; mount it, as by 'mount -t proc proc /proc'";

  private static final String NO_WATCH_LEFT =
      "no inotify watch is left (ENOSPC): see fs.inotify.max_user_watches";

  private static final String NOT_REACHED = "its path does not lead to it (ENOENT)";

  private Refusals() {}

  /** Loads this class, while there are descriptors to load it with. */
  static void prepare() {}

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

  /**
   * Why something that is registered is not watched, in words.
   *
   * @param errno what the call returned
   */
  public static String reason(int errno) {
    if (Errno.ENOSPC.is(errno)) {
      return NO_WATCH_LEFT;
    } else if (Errno.ENOENT.is(errno)) {
      return Files.isDirectory(OPEN_FILES) ? NOT_REACHED : NO_PROC;
    }
    return Errno.describe(errno);
  }

  /** The number of the error that an exception of {@link #exception} stands for, or 0. */
  public static int errno(IOException exception) {
    if (exception instanceof AccessDeniedException) {
      return Errno.EACCES.number();
    } else if (exception instanceof INotifyLimitException met) {
      return switch (met.limit()) {
        case "RLIMIT_NOFILE" -> Errno.EMFILE.number();
        case "fs.file-max" -> Errno.ENFILE.number();
        default -> Errno.ENOSPC.number();
      };
    }
    return 0;
  }
}
