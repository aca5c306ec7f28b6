package org.inotify4j.changes;

import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.SnapshotDoor;

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
    EntryFilter globs = SnapshotDoor.access().reach(settings.filter()).filter();
    boolean isSimple = git.equals(EntryFilter.NOTHING) && settings.maxDepth() == Integer.MAX_VALUE;
    return isSimple ? globs : new Selection(globs, git, settings.maxDepth());
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
