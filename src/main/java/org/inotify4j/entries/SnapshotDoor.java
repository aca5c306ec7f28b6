package org.inotify4j.entries;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets the floors above make snapshots of entries, and entries of snapshots, without a public
 * method of the exported package: the class of the snapshots opens it when it is loaded.
 */
public final class SnapshotDoor {

  private static final String SNAPSHOTS = "org.inotify4j.snapshot.TreeSnapshot";

  private static volatile @Nullable Access access;

  private SnapshotDoor() {}

  /** What is behind the door. */
  public interface Access {

    /** The entries of a snapshot. */
    EntryColumns entries(Object snapshot);

    /** What a root is called: an absolute path. */
    Path root(Path given);

    /** What a filter of snapshots has of a tree. */
    Reach reach(Object filter);

    /** A snapshot of entries, which nobody changes any more. */
    Object snapshot(Path root, Object filter, EntryColumns entries);
  }

  /** Opens it. */
  public static void open(Access newer) {
    access = newer;
  }

  /** What is behind it. */
  public static Access access() {
    Access current = access;
    if (current == null) {
      initialise();
      current = access;
    }
    return Objects.requireNonNull(current, "the class of the snapshots has not opened its door");
  }

  private static void initialise() {
    try {
      Class.forName(SNAPSHOTS, true, SnapshotDoor.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a part of this library is missing: " + SNAPSHOTS, e);
    }
  }
}
