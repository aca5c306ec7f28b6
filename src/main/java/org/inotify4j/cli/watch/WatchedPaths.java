package org.inotify4j.cli.watch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.HashMap;
import java.util.Map;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.cli.base.Reasons;
import org.inotify4j.cli.base.WatchedPath;

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
      throw Reasons.notWatched(path, e);
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
}
