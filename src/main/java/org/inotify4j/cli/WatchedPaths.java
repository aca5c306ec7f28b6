package org.inotify4j.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.Map;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.Escaping;

/** Places the watches, and knows which path a watch descriptor stands for. */
final class WatchedPaths {

  private final Map<Integer, WatchedPath> paths = new HashMap<>();

  /**
   * Watches a directory. One that is watched already keeps the spelling that it was first given.
   *
   * @throws IOException if that is not possible; its message is for the user
   */
  void add(INotify inotify, byte[] path, int mask) throws IOException {
    try {
      int wd = inotify.addWatch(path, mask | Flag.ONLYDIR.bit());
      paths.putIfAbsent(wd, new WatchedPath(path, true));
    } catch (FileSystemException e) {
      throw refused(path, e);
    }
  }

  /** The path of a watch descriptor, or {@link WatchedPath#NONE}. */
  WatchedPath get(int wd) {
    return paths.getOrDefault(wd, WatchedPath.NONE);
  }

  /** Forgets a watch that is gone. */
  void remove(int wd) {
    paths.remove(wd);
  }

  /** How many files are watched. */
  int size() {
    return paths.size();
  }

  /** Why a path cannot be watched, for the user. */
  static IOException refused(byte[] path, FileSystemException e) {
    String reason =
        e instanceof INotifyLimitException limit
            ? Escaping.escape(limit.getMessage())
            : reason(path, e);
    return new IOException(reason, e);
  }

  private static String reason(byte[] path, FileSystemException e) {
    return Escaping.escape(path) + ": " + Reasons.of(e) + wayOut(e);
  }

  private static String wayOut(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "; make it first, or watch the directory that it will be in";
    } else if (e instanceof AccessDeniedException) {
      return "; it must be readable, and every directory on the way to it searchable";
    } else if (e instanceof NotDirectoryException) {
      return "; a file has nothing below it to watch";
    }
    return "";
  }
}
