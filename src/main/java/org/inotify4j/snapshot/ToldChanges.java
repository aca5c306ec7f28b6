package org.inotify4j.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.entries.ChangeList;
import org.inotify4j.entries.FormerPath;
import org.inotify4j.snapshot.SnapshotChange.Kind;

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
  public void created(int row) {
    changes.add(new SnapshotChange(Kind.CREATED, null, null, after(row)));
  }

  @Override
  public void deleted(FormerPath path, int old) {
    changes.add(new SnapshotChange(Kind.DELETED, path, before(old), null));
  }

  @Override
  public void replaced(int old, int row) {
    changes.add(new SnapshotChange(Kind.REPLACED, null, before(old), after(row)));
  }

  @Override
  public void modified(int old, int row) {
    changes.add(new SnapshotChange(Kind.MODIFIED, null, before(old), after(row)));
  }

  @Override
  public void moved(FormerPath from, int old, int row) {
    changes.add(new SnapshotChange(Kind.MOVED, from, before(old), after(row)));
  }

  private TreeSnapshot.Entry before(int old) {
    return new TreeSnapshot.Entry(older, old);
  }

  private TreeSnapshot.Entry after(int row) {
    return new TreeSnapshot.Entry(newer, row);
  }
}
