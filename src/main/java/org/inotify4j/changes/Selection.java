package org.inotify4j.changes;

import java.util.Objects;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.SnapshotDoor;
import org.jspecify.annotations.Nullable;

/**
 * What of a root is left out: what the globs leave out, what git does, and what is deeper than
 * asked for.
 *
 * @param globs what the patterns say
 * @param git what git leaves out, where that counts
 * @param maxDepth how many names an entry's path has at most
 */
record Selection(EntryFilter globs, EntryFilter git, int maxDepth) implements EntryFilter {

  /** That of a watcher. */
  static EntryFilter of(WatchSettings settings, EntryFilter git) {
    EntryFilter globs = globs(settings);
    boolean isSimple = git.equals(EntryFilter.NOTHING) && settings.maxDepth() == Integer.MAX_VALUE;
    return isSimple ? globs : new Selection(globs, git, settings.maxDepth());
  }

  /** What the patterns of a watcher leave out. */
  static EntryFilter globs(WatchSettings settings) {
    return SnapshotDoor.access().reach(settings.filter()).filter();
  }

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Selection selection
        && maxDepth == selection.maxDepth
        && globs.equals(selection.globs)
        && git.equals(selection.git);
  }

  @Override
  public int hashCode() {
    return Objects.hash(globs, git, maxDepth);
  }

  @Override
  public boolean excludes(byte[] path, boolean isDirectory) {
    int depth = 1;
    for (byte b : path) {
      depth += b == '/' ? 1 : 0;
    }
    return depth > maxDepth || globs.excludes(path, isDirectory) || git.excludes(path, isDirectory);
  }

  /** How deep an entry is depends on its directory. */
  @Override
  public boolean isPositional() {
    return true;
  }
}
