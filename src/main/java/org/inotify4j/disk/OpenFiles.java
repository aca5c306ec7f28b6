package org.inotify4j.disk;

import java.util.Arrays;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;

/**
 * Whether anybody has a file open for writing, whatever process it is.
 *
 * <p>The kernel grants a read lease (fcntl(2), F_SETLEASE) only where that is not so. It is taken
 * and given back at once. Who opens the file for writing in between waits for that moment, and the
 * kernel signals it to this process: by SIGURG, which does nothing unless somebody wants it, and
 * not by SIGIO, which ends a process that does not.
 *
 * <p>Leases are for the owner of a file and for privileged processes, and some file systems have
 * none. There nobody knows; to ask opens the file for reading, which others may hear of.
 */
public final class OpenFiles {

  private static final int OPTIONS = LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC;

  private static final int SIGURG = 23;

  private final LibC libC;
  private final boolean follows;

  /** Asks this kernel, and follows no links. */
  public OpenFiles(LibC libC) {
    this(libC, false);
  }

  /**
   * Asks this kernel.
   *
   * @param follows whether a link stands for what it leads to
   */
  public OpenFiles(LibC libC, boolean follows) {
    this.libC = libC;
    this.follows = follows;
  }

  /**
   * Whether an entry is a plain file: to open anything else may do something.
   *
   * @param directory a descriptor of its directory
   * @param name its name in it
   */
  public boolean isPlain(int directory, byte[] name) {
    return FileStatus.of(libC, directory, name, follows).isPlainFile();
  }

  /**
   * Whether an entry is a directory.
   *
   * @param directory a descriptor of its directory
   * @param name its name in it
   */
  public boolean isDirectory(int directory, byte[] name) {
    return FileStatus.of(libC, directory, name).isDirectory();
  }

  /** Whether anybody has a file open for writing. */
  public enum Writers {
    /** Nobody has. */
    NONE,
    /** Somebody has. */
    SOME,
    /** Nobody can say. */
    UNKNOWN
  }

  /**
   * Whether it is known that somebody has a file open for writing.
   *
   * @param directory a descriptor of its directory
   * @param name the name of a plain file in it
   */
  public boolean isBeingWritten(int directory, byte[] name) {
    return writers(directory, name) == Writers.SOME;
  }

  /**
   * Whether anybody has a file open for writing.
   *
   * @param directory a descriptor of its directory
   * @param name the name of a plain file in it, or names with slashes between them
   */
  public Writers writers(int directory, byte[] name) {
    OrderedLock.mayBlock();
    int options = follows ? OPTIONS : OPTIONS | Processor.O_NOFOLLOW;
    int fd = libC.openat(directory, Arrays.copyOf(name, name.length + 1), options);
    if (fd < 0) {
      return Writers.UNKNOWN;
    }
    try {
      if (libC.fcntl(fd, LibC.F_SETSIG, SIGURG) != 0) {
        return Writers.UNKNOWN;
      }
      int result = libC.fcntl(fd, LibC.F_SETLEASE, LibC.F_RDLCK);
      return result == 0 ? Writers.NONE : Errno.EAGAIN.is(result) ? Writers.SOME : Writers.UNKNOWN;
    } finally {
      // With the descriptor the lease is gone.
      libC.close(fd);
    }
  }
}
