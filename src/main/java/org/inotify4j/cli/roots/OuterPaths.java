package org.inotify4j.cli.roots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inotify4j.cli.base.PathNames;
import org.jspecify.annotations.Nullable;

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
  static List<byte[]> of(List<byte[]> paths, TreeOptions options) {
    if (paths.size() < 2 || !options.isRecursive() || options.hasPatterns()) {
      return paths;
    }
    OuterPaths outer = new OuterPaths(options);
    for (byte[] path : paths) {
      Path real = outer.real(path);
      if (real != null) {
        outer.trees.putIfAbsent(real, path);
      }
    }
    return paths.stream().filter(path -> !outer.isInTree(path)).toList();
  }

  /** Where the directory at a path really is; null where there is none that can be read. */
  private @Nullable Path real(byte[] path) {
    Path spelled = PathNames.path(path);
    try {
      boolean isTree = Files.isDirectory(spelled, options.links(path)) && Files.isReadable(spelled);
      return isTree ? spelled.toRealPath() : null;
    } catch (IOException e) {
      return null; // To watch it fails as well, and says why.
    }
  }

  private boolean isInTree(byte[] path) {
    Path real = real(path);
    if (real == null) {
      return false;
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
