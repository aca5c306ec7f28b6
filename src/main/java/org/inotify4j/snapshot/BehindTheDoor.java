package org.inotify4j.snapshot;

import java.nio.file.Path;
import org.inotify4j.entries.EntryColumns;
import org.inotify4j.entries.Reach;
import org.inotify4j.entries.SnapshotDoor;

/** Makes snapshots of entries, and entries of snapshots, for the other packages of this library. */
final class BehindTheDoor implements SnapshotDoor.Access {

  @Override
  public EntryColumns entries(Object snapshot) {
    return ((TreeSnapshot) snapshot).table();
  }

  @Override
  public Path root(Path given) {
    return RootPath.of(given);
  }

  @Override
  public Reach reach(Object filter) {
    return ((TreeFilter) filter).reach();
  }

  @Override
  public Object snapshot(Path root, Object filter, EntryColumns entries) {
    return new TreeSnapshot(TreeState.of(RootPath.of(root), (TreeFilter) filter, entries));
  }
}
