package org.inotify4j.cli.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.TreeReading;
import org.inotify4j.cli.base.WatchedPath;
import org.inotify4j.cli.roots.GitIgnored;
import org.inotify4j.cli.roots.TreeOptions;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;

/** Finds the paths that were watched, also those at which nothing happened. */
final class StatsRows {

  private final TreeOptions options;

  StatsRows(TreeOptions options) {
    this.options = options;
  }

  /** Has a row for each of them in a table. */
  void include(List<byte[]> watched, StatsTable table) throws IOException {
    for (byte[] path : watched) {
      boolean isDirectory = Files.isDirectory(PathNames.path(path), options.links(path));
      table.include(new WatchedPath(path, isDirectory));
      if (isDirectory && options.isRecursive()) {
        includeBelow(path, table);
      }
    }
  }

  private void includeBelow(byte[] root, StatsTable table) throws IOException {
    TreeFilter filter = TreeFilter.EVERYTHING;
    for (byte[] pattern : options.patterns(root)) {
      filter = filter.exclude(pattern);
    }
    Path top = PathNames.path(root);
    GitIgnored git = options.isGitIgnoring() ? new GitIgnored(top) : null;
    TreeSnapshot taken = TreeSnapshot.take(top, filter, TreeReading.threads());
    taken
        .entries()
        .filter(TreeSnapshot.Entry::isDirectory)
        .filter(entry -> git == null || !git.matchesDirectory(entry.path()))
        .forEach(entry -> table.include(below(root, entry.path())));
  }

  private static WatchedPath below(byte[] root, Path relative) {
    return new WatchedPath(PathNames.resolve(root, relative), true);
  }
}
