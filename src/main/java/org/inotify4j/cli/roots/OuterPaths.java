package org.inotify4j.cli.roots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inotify4j.cli.base.PathNames;

/**
 * Drops those paths that the tree of another one has in it: watched twice, what happens there would
 * be told twice.
 *
 * <p>A path stays where the tree does not come to it, since it or a directory above it cannot be
 * read, or is left out. It stays wherever patterns leave something out, too: they mean something
 * else in each tree.
 */
final class OuterPaths {

  private final TreeOptions options;

  /** The trees as they are spelled, by where they really are. */
  private final Map<Path, byte[]> trees = new HashMap<>();

  private OuterPaths(TreeOptions options) {
    this.options = options;
  }

  /** Those of the paths that are to be watched, in their order. */
  static List<byte[]> of(List<byte[]> paths, TreeOptions options) throws IOException {
    if (paths.size() < 2 || !options.isRecursive() || options.hasPatterns()) {
      return paths;
    }
    OuterPaths outer = new OuterPaths(options);
    for (byte[] path : paths) {
      if (outer.isDirectory(path)) {
        outer.trees.putIfAbsent(PathNames.path(path).toRealPath(), path);
      }
    }
    return paths.stream().filter(path -> !outer.isInTree(path)).toList();
  }

  private boolean isDirectory(byte[] path) {
    return Files.isDirectory(PathNames.path(path), options.links(path));
  }

  private boolean isInTree(byte[] path) {
    if (!isDirectory(path)) {
      return false;
    }
    Path real;
    try {
      real = PathNames.path(path).toRealPath();
    } catch (IOException e) {
      return false; // To watch it fails as well, and says why.
    }
    boolean isInside = false;
    Path above = real.getParent();
    for (; above != null && Files.isReadable(above); above = above.getParent()) {
      byte[] tree = trees.get(above);
      if (tree != null && options.leavesOut(tree, above.relativize(real))) {
        return false;
      }
      isInside |= tree != null;
    }
    return isInside;
  }
}
