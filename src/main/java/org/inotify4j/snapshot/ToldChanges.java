package org.inotify4j.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.entries.ChangeList;
import org.inotify4j.snapshot.SnapshotChange.Kind;
import org.jspecify.annotations.Nullable;

/** Makes a list of what differs between two snapshots. */
final class ToldChanges implements ChangeList.Changes {

  private final TreeSnapshot older;
  private final TreeSnapshot newer;
  private final List<SnapshotChange> changes = new ArrayList<>();

  ToldChanges(TreeSnapshot older, TreeSnapshot newer) {
    this.older = older;
    this.newer = newer;
  }

  List<SnapshotChange> list() {
    return changes;
  }

  @Override
  public void created(byte[] path, int row) {
    changes.add(new SnapshotChange(Kind.CREATED, path, null, null, after(row)));
  }

  @Override
  public void deleted(byte[] path, int old) {
    changes.add(new SnapshotChange(Kind.DELETED, path, null, before(old), null));
  }

  @Override
  public void replaced(byte[] path, int old, int row) {
    add(Kind.REPLACED, path, null, old, row);
  }

  @Override
  public void modified(byte[] path, int old, int row) {
    add(Kind.MODIFIED, path, null, old, row);
  }

  @Override
  public void moved(byte[] from, byte[] path, int old, int row) {
    add(Kind.MOVED, path, from, old, row);
  }

  private void add(Kind kind, byte[] path, byte @Nullable [] from, int old, int row) {
    changes.add(new SnapshotChange(kind, path, from, before(old), after(row)));
  }

  private TreeSnapshot.Entry before(int old) {
    return new TreeSnapshot.Entry(older, old);
  }

  private TreeSnapshot.Entry after(int row) {
    return new TreeSnapshot.Entry(newer, row);
  }
}
