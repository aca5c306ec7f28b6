package org.inotify4j.changes;

import java.nio.file.Path;
import org.inotify4j.entries.SnapshotDoor;
import org.jspecify.annotations.Nullable;

/**
 * A place that is watched, as the program named it.
 *
 * @param path as it was given
 * @param reach how much of it counts
 */
record WatchRoot(Path path, Reach reach) {

  /** How much of a place counts. */
  enum Reach {
    /** A directory with everything below. */
    TREE,
    /** The entries of a directory. */
    DIRECTORY,
    /** One name. */
    FILE
  }

  /** Its absolute path, without the names that lead nowhere. */
  Path place() {
    return SnapshotDoor.access().root(path);
  }

  /** Whether all that happens here is told of another root as well, if that leaves nothing out. */
  boolean isWithin(WatchRoot other) {
    Path own = place();
    Path others = other.place();
    return switch (other.reach) {
      case TREE -> own.startsWith(others) && (reach != Reach.FILE || !own.equals(others));
      case DIRECTORY ->
          (reach == Reach.DIRECTORY && own.equals(others))
              || (reach == Reach.FILE && others.equals(own.getParent()));
      case FILE -> reach == Reach.FILE && own.equals(others);
    };
  }

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WatchRoot root && reach == root.reach && path.equals(root.path);
  }

  @Override
  public int hashCode() {
    return 31 * path.hashCode() + reach.hashCode();
  }

  /** The path: messages name it. */
  @Override
  public String toString() {
    return path.toString();
  }
}
