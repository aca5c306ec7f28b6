package org.inotify4j.watch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.inotify4j.libc.PathBytes;

/**
 * What is left out of a tree.
 *
 * @param matchers each is given a path relative to the root
 * @param isPositional whether the directory that an entry is in can matter
 */
record Exclusion(List<PathMatcher> matchers, boolean isPositional) implements WatchEvent.Modifier {

  static final Exclusion NONE = new Exclusion(List.of(), false);

  private static final Logger LOG = System.getLogger("org.inotify4j.watch");

  static Exclusion of(PathMatcher matcher) {
    return new Exclusion(List.of(Objects.requireNonNull(matcher, "matcher")), true);
  }

  static Exclusion of(String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    return glob.indexOf('/') >= 0
        ? of(matcher)
        : new Exclusion(List.of(path -> matcher.matches(path.getFileName())), false);
  }

  Exclusion and(Exclusion other) {
    return new Exclusion(
        Stream.concat(matchers.stream(), other.matchers.stream()).toList(),
        isPositional || other.isPositional);
  }

  /** Whether an entry is left out. */
  boolean matches(Path root, TreeNode directory, byte[] name) {
    if (matchers.isEmpty()) {
      return false;
    }
    Path empty = root.getFileSystem().getPath("");
    Path path = PathBytes.resolve(empty, TreeNodes.path(directory, name));
    for (PathMatcher matcher : matchers) {
      try {
        if (matcher.matches(path)) {
          return true;
        }
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a matcher that excludes failed; not excluded: " + path, e);
      }
    }
    return false;
  }

  @Override
  public String name() {
    return "EXCLUDE";
  }
}
