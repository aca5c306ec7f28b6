package org.inotify4j.file;

import java.util.Arrays;
import org.inotify4j.disk.FileSystemType;
import org.inotify4j.disk.MountsBelow;
import org.inotify4j.disk.Refusal;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;

/**
 * Whether one of some file systems is silent: once that is known no other one is asked. It may also
 * be that nobody can say it for a moment.
 */
final class Silence {

  private static final int OPTIONS = LibC.O_PATH | Processor.O_NOFOLLOW | LibC.O_CLOEXEC;

  private final LibC libC;
  private final MountsBelow mounts;
  private boolean isFound;
  private boolean isUnsure;

  Silence(LibC libC) {
    this.libC = libC;
    this.mounts = new MountsBelow(libC);
  }

  boolean isFound() {
    return isFound;
  }

  /** Whether it is known that one is, or that none is. */
  boolean isCertain() {
    return isFound || !isUnsure;
  }

  /** One could not be asked. */
  void miss() {
    isUnsure = true;
  }

  /** Asks for what an open directory is on. */
  void ask(int directory) {
    if (!isFound) {
      FileSystemType type = mounts.typeOf(directory);
      isFound = type != null && type.isSilent();
      isUnsure |= type == null;
    }
  }

  /** Asks for what is at a name: something may be mounted on just that. */
  void ask(int directory, byte[] name) {
    if (isFound) {
      return;
    }
    int fd = libC.openat(directory, Arrays.copyOf(name, name.length + 1), OPTIONS);
    if (fd >= 0) {
      try {
        ask(fd);
      } finally {
        libC.close(fd);
      }
    } else if (new Refusal(fd).isForNow()) {
      miss();
    }
  }
}
