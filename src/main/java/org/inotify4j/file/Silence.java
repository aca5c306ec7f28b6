package org.inotify4j.file;

import java.util.Arrays;
import org.inotify4j.disk.FileSystemType;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;

/** Whether one of some file systems is silent: once that is known no other one is asked. */
final class Silence {

  private static final int OPTIONS = LibC.O_PATH | Processor.O_NOFOLLOW | LibC.O_CLOEXEC;

  private final LibC libC;
  private boolean isFound;

  Silence(LibC libC) {
    this.libC = libC;
  }

  boolean isFound() {
    return isFound;
  }

  /** Asks for what an open directory is on. */
  void ask(int directory) {
    isFound = isFound || FileSystemType.of(libC, directory).isSilent();
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
    }
  }
}
