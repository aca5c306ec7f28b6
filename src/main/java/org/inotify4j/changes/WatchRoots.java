package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The roots of a watcher without those that others have as well, so each change is told once. */
final class WatchRoots {

  private WatchRoots() {}

  /** Those that are left: of equal ones the first. */
  static List<WatchRoot> distinct(List<WatchRoot> roots) {
    List<WatchRoot> distinct = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      if (!isToldByOther(roots, i)) {
        distinct.add(roots.get(i));
      }
    }
    return List.copyOf(distinct);
  }

  private static boolean isToldByOther(List<WatchRoot> roots, int index) {
    WatchRoot root = roots.get(index);
    for (int i = 0; i < roots.size(); i++) {
      WatchRoot other = roots.get(i);
      boolean isBoth = root.isWithin(other) && other.isWithin(root);
      if (i != index && root.isWithin(other) && (!isBoth || i < index) && leadsThere(other, root)) {
        return true;
      }
    }
    return false;
  }

  /** Whether no link is on the way from one root to another below it: a tree follows none. */
  private static boolean leadsThere(WatchRoot outer, WatchRoot inner) {
    Path from = outer.path().toAbsolutePath();
    Path to = inner.path().toAbsolutePath();
    try {
      Path real = from.toRealPath().resolve(from.relativize(to));
      return inner.reach() == WatchRoot.Reach.FILE || to.toRealPath().equals(real.normalize());
    } catch (IOException e) {
      // It is not there yet, and will come as a directory most likely.
      return true;
    }
  }
}
