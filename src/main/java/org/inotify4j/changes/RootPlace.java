package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.disk.FileStatus;
import org.inotify4j.hub.Refusals;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/** Looks which directory is at a root's path, through links. */
final class RootPlace {

  /** What is open itself, which may be a directory that must not be searched. */
  private static final byte[] SELF = {};

  private final LibC libC;
  private final Path path;
  private final DirectoryReader reader;

  RootPlace(LibC libC, Path path) {
    this.libC = libC;
    this.path = path;
    this.reader = new DirectoryReader(libC, PathBytes.of(path), true);
  }

  /**
   * Which directory it is.
   *
   * @throws NoSuchFileException if there is nothing
   * @throws NotDirectoryException if it is none
   * @throws IOException if nobody can say
   */
  FileIdentity identity() throws IOException {
    int fd = reader.openRoot();
    check(fd);
    try {
      FileStatus status = FileStatus.of(libC, fd, SELF);
      check(status.result());
      return status.identity();
    } finally {
      reader.close(fd);
    }
  }

  private void check(int result) throws IOException {
    if (result >= 0) {
      return;
    }
    String file = path.toString();
    if (Errno.ENOENT.is(result) || Errno.ELOOP.is(result)) {
      throw new NoSuchFileException(file);
    } else if (Errno.ENOTDIR.is(result)) {
      throw new NotDirectoryException(file);
    }
    throw Refusals.exception(path, result);
  }

  /** The path by which a root is a name, or null where it ends in none. */
  static @Nullable Path name(Path absolute) {
    Path path = absolute;
    while (path.getFileName() != null && path.getFileName().toString().equals(".")) {
      path = path.getParent();
      if (path == null) {
        return null;
      }
    }
    Path name = path.getFileName();
    return name == null || name.toString().isEmpty() || name.toString().equals("..") ? null : path;
  }

  /** Whether an entry is in the root itself. */
  static boolean isTop(byte[] entry) {
    for (byte b : entry) {
      if (b == '/') {
        return false;
      }
    }
    return true;
  }

  /** Why nothing is watched at a path, for people. */
  static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is nothing";
    } else if (failure instanceof NotDirectoryException) {
      return "it is no directory";
    } else if (failure instanceof AccessDeniedException) {
      return "it may not be read";
    }
    String reason = failure instanceof FileSystemException refused ? refused.getReason() : null;
    return reason == null ? failure.toString() : reason;
  }
}
