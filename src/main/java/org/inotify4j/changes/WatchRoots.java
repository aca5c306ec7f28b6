package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * The roots of a watcher without those of which another one has all, so each change is told once.
 *
 * <p>What is left out is left out by the path below a root. So one root has all of another below it
 * only where no rule counts that sees more of a path than its names; else both are kept, and both
 * tell what both have.
 */
final class WatchRoots {

  private final WatchSettings settings;
  private final EntryFilter globs;

  WatchRoots(WatchSettings settings) {
    this.settings = settings;
    this.globs = Selection.globs(settings);
  }

  /** Those that are left: of equal ones the first. */
  List<WatchRoot> distinct(List<WatchRoot> roots) {
    List<WatchRoot> distinct = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      if (!isToldByOther(roots, i)) {
        distinct.add(roots.get(i));
      }
    }
    return List.copyOf(distinct);
  }

  private boolean isToldByOther(List<WatchRoot> roots, int index) {
    WatchRoot root = roots.get(index);
    for (int i = 0; i < roots.size(); i++) {
      WatchRoot other = roots.get(i);
      boolean isBoth = root.isWithin(other) && other.isWithin(root);
      if (i != index && root.isWithin(other) && (!isBoth || i < index) && hasAllOf(other, root)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasAllOf(WatchRoot outer, WatchRoot inner) {
    if (outer.place().equals(inner.place())) {
      return true;
    }
    Path way = way(outer.place(), inner);
    if (way == null || settings.isGitIgnoring() || !isDeepEnough(way.getNameCount(), inner)) {
      return false;
    }
    boolean isFile = inner.reach() == WatchRoot.Reach.FILE;
    if (!isFile && globs.isPositional()) {
      return false;
    }
    for (int names = 1; names < way.getNameCount(); names++) {
      if (globs.excludes(bytes(way.subpath(0, names)), true)) {
        return false;
      }
    }
    return !globs.excludes(bytes(way), !isFile);
  }

  /** The bytes of a relative path. */
  private static byte[] bytes(Path path) {
    byte[] absolute = PathBytes.of(Path.of("/").resolve(path));
    return Arrays.copyOfRange(absolute, 1, absolute.length - 1);
  }

  private boolean isDeepEnough(int depth, WatchRoot inner) {
    return switch (inner.reach()) {
      case TREE -> settings.maxDepth() == Integer.MAX_VALUE;
      case DIRECTORY -> depth < settings.maxDepth();
      case FILE -> depth <= settings.maxDepth();
    };
  }

  /**
   * The path by which a tree has what is below it; null where a link is on the way, or leads on.
   */
  private static @Nullable Path way(Path outer, WatchRoot inner) {
    Path place = inner.place();
    Path way = place.subpath(outer.getNameCount(), place.getNameCount());
    try {
      Path top = outer.toRealPath();
      Path expected = top.resolve(way).normalize();
      return expected.startsWith(top) && expected.equals(real(inner))
          ? top.relativize(expected)
          : null;
    } catch (IOException e) {
      // It is not there yet, and will come as a directory most likely.
      return way.equals(way.normalize()) && !way.startsWith("..") ? way : null;
    }
  }

  private static @Nullable Path real(WatchRoot root) throws IOException {
    Path place = root.place();
    Path parent = place.getParent();
    if (root.reach() != WatchRoot.Reach.FILE || parent == null) {
      return place.toRealPath();
    }
    return Files.isSymbolicLink(place) ? null : parent.toRealPath().resolve(place.getFileName());
  }
}
