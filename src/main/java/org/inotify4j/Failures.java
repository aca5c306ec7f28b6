package org.inotify4j;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.RecordCursor;

/**
 * Turns a failed system call into the exception that java.nio has for it: here and nowhere else.
 */
final class Failures {

  private Failures() {}

  static IOException opening(int result, LibC libC) {
    if (Errno.EMFILE.is(result)) {
      return KernelLimits.descriptorsOrInstances(libC);
    }
    if (Errno.ENFILE.is(result)) {
      return KernelLimits.openFilesOfTheSystem(null);
    }
    return new IOException("cannot open an inotify instance: " + Errno.describe(result));
  }

  static IOException addingWatch(int result, byte[] path, int mask) {
    String file = PathBytes.decode(path);
    if (Errno.EINVAL.is(result)) {
      throw new IllegalArgumentException(
          "the kernel does not accept the mask "
              + Mask.toString(mask)
              + ": it has a bit that inotify_add_watch does not know, or options that exclude each"
              + " other");
    }
    if (Errno.ENOSPC.is(result)) {
      return KernelLimits.watches(file);
    }
    return ofPath(result, file);
  }

  static IOException removingWatch(int result, int wd) {
    if (Errno.EINVAL.is(result)) {
      throw new IllegalArgumentException(
          "no watch of this instance has the watch descriptor "
              + wd
              + ": it was never added, or is gone already (an event with IGNORED says so)");
    }
    return new IOException("cannot remove watch " + wd + ": " + Errno.describe(result));
  }

  /** What a read gives where the kernel has nothing: 0. Every other failure is thrown. */
  static int reading(int result) throws IOException {
    if (Errno.EAGAIN.is(result)) {
      return 0;
    }
    throw new IOException("cannot read inotify events: " + Errno.describe(result));
  }

  /** The same, of a read into so many bytes. */
  static int reading(int result, int capacity) throws IOException {
    if (Errno.EINVAL.is(result) && capacity < RecordCursor.LONGEST_RECORD) {
      throw new IOException(
          "cannot read inotify events: the next one does not fit into a buffer of "
              + capacity
              + " bytes, since its name is longer than most file systems have them; "
              + RecordCursor.LONGEST_RECORD
              + " bytes take every event");
    }
    return reading(result);
  }

  static IOException waiting(int result) {
    return new IOException("cannot wait for inotify events: " + Errno.describe(result));
  }

  private static FileSystemException ofPath(int result, String file) {
    if (Errno.ENOENT.is(result)) {
      return new NoSuchFileException(file);
    }
    if (Errno.EACCES.is(result)) {
      return new AccessDeniedException(file);
    }
    if (Errno.ENOTDIR.is(result)) {
      return new NotDirectoryException(file);
    }
    if (Errno.ELOOP.is(result)) {
      // In the JDK's words, and no others: programs match on them.
      return new FileSystemException(file, null, Errno.ELOOP.description());
    }
    if (Errno.EEXIST.is(result)) {
      return new FileAlreadyExistsException(file, null, "is watched by this instance already");
    }
    return new FileSystemException(file, null, Errno.describe(result));
  }
}
