package org.inotify4j.entries;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.inotify4j.libc.Errno;

/** Says what a failed system call means for a snapshot, here and nowhere else. */
final class ReadFailures {

  private ReadFailures() {}

  /** The exception that java.nio has for a root that cannot be read. */
  static FileSystemException ofRoot(String root, int result) {
    if (Errno.ENOENT.is(result)) {
      return new NoSuchFileException(root);
    }
    if (Errno.EACCES.is(result)) {
      return new AccessDeniedException(root);
    }
    if (Errno.ENOTDIR.is(result)) {
      return new NotDirectoryException(root);
    }
    return new FileSystemException(root, null, Errno.describe(result));
  }

  /** Whether what should be opened is gone, or another thing by now. */
  static boolean isGone(int result) {
    return Errno.ENOENT.is(result) || Errno.ENOTDIR.is(result) || Errno.ELOOP.is(result);
  }
}
