package org.inotify4j.changes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.entries.SnapshotDoor;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/** What a listener knows of the roots of a watcher when that starts. */
final class StartingPoints {

  private final Map<WatchRoot, TreeSnapshot> snapshots = new HashMap<>();

  /**
   * What snapshots say.
   *
   * @throws IllegalArgumentException if one is of none of the roots, or two are of the same, or
   *     what is there is to be told as well
   */
  StartingPoints(List<TreeSnapshot> since, List<WatchRoot> roots, boolean tellsExisting) {
    for (TreeSnapshot snapshot : since) {
      if (tellsExisting) {
        throw new IllegalArgumentException(
            "existing() and since(...) exclude each other: the one tells all that is there, the"
                + " other what is different");
      }
      if (snapshots.put(rootOf(snapshot, roots), snapshot) != null) {
        throw new IllegalArgumentException(
            "two snapshots are of the same root: " + snapshot.root());
      }
    }
  }

  private static WatchRoot rootOf(TreeSnapshot snapshot, List<WatchRoot> roots) {
    byte[] wanted = PathBytes.of(snapshot.root());
    for (WatchRoot root : roots) {
      Path path = SnapshotDoor.access().root(root.path());
      if (root.reach() != WatchRoot.Reach.FILE && Arrays.equals(wanted, PathBytes.of(path))) {
        return root;
      }
    }
    throw new IllegalArgumentException(
        "the snapshot is of " + snapshot.root() + ", which is none of the directories " + roots);
  }

  /** What is known of a root; null if nothing. */
  @Nullable KnownEntries of(WatchRoot root) {
    TreeSnapshot snapshot = snapshots.get(root);
    return snapshot == null
        ? null
        : KnownEntries.of(SnapshotDoor.access().entries(snapshot), EntryFilter.NOTHING, false);
  }
}
