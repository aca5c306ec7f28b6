package org.inotify4j.tree;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tree in step with the kernel's records, and has told what these say.
 *
 * <p>The rule is simple, and never wrong: a name that goes takes everything below with it, watches
 * and all; a directory that comes is opened, watched, read and told ({@link EntryChanges}). The
 * records lie behind the disk, so what is opened may be another directory than the one that came;
 * then its own records will say so, and {@link ToldEntries} sees to it that the program hears of
 * each entry once.
 *
 * <p>A directory that is renamed need not be read again: {@link MoveRecords} says when. Two that
 * are exchanged look like one that comes and goes: {@link Exchanges} looks what is there.
 */
final class TreeRecords {

  private static final int CHANGES = Mask.of(Flag.CREATE, Flag.DELETE) | Mask.MOVE;

  private final TreePlaces places;
  private final TreeReporter reporter;
  private final EntryChanges changes;
  private final MoveRecords moves;
  private final Exchanges exchanges;
  private final Reattempts reattempts;

  /** The directory that was unmounted, whose IGNORED comes next. */
  private @Nullable TreeNode unmounted;

  TreeRecords(
      TreePlaces places,
      TreeReporter reporter,
      EntryChanges changes,
      MoveRecords moves,
      Exchanges exchanges,
      Reattempts reattempts) {
    this.places = places;
    this.reporter = reporter;
    this.changes = changes;
    this.moves = moves;
    this.exchanges = exchanges;
    this.reattempts = reattempts;
  }

  /** Takes a record of a directory of the tree, but for the end of the root. */
  void take(KernelRecord record) {
    TreeNode directory = places.heard(record.wd());
    if (directory == null) {
      return; // It was dropped.
    }
    int mask = record.mask();
    if (Flag.IGNORED.isIn(mask)) {
      ended(directory);
    } else if (record.nameLength() == 0) {
      ofItself(directory, mask);
    } else {
      byte[] name = record.nameBytes();
      if (!reporter.isExcluded(directory, name, Flag.ISDIR.isIn(mask))) {
        ofEntry(directory, name, mask, record.cookie());
      }
    }
  }

  private void ofItself(TreeNode directory, int mask) {
    if (directory == places.root()) {
      reporter.rootEvent(mask);
      if (Flag.MOVE_SELF.isIn(mask)) {
        reattempts.rootMoved();
      } else if (Flag.ATTRIB.isIn(mask)) {
        reattempts.permissionsChanged(directory);
      }
    } else if (Flag.MOVE_SELF.isIn(mask)) {
      moves.ofItself(directory);
    } else if (Flag.UNMOUNT.isIn(mask)) {
      unmounted = directory;
    }
  }

  /** The watch of a directory is gone: it was deleted, which its parent will say, or unmounted. */
  private void ended(TreeNode directory) {
    places.watchEnded(directory);
    if (directory == unmounted) {
      unmounted = null;
      reattempts.unmounted(directory);
    } else {
      reattempts.watchEnded(directory);
    }
  }

  private void ofEntry(TreeNode directory, byte[] name, int mask, int cookie) {
    if ((mask & CHANGES) != 0) {
      moves.changes(directory, name, cookie);
      changed(directory, name, mask, cookie);
    } else {
      changes.happens(directory, name, mask, cookie);
      if (Mask.of(Flag.ATTRIB, Flag.ISDIR) == mask) {
        TreeNode node = places.at(directory, name);
        if (node != null) {
          reattempts.permissionsChanged(node);
        }
      }
    }
  }

  private void changed(TreeNode directory, byte[] name, int mask, int cookie) {
    if (Flag.MOVED_FROM.isIn(mask)) {
      moves.from(directory, name, mask, cookie);
      exchanges.went(directory);
    } else if (Flag.MOVED_TO.isIn(mask)) {
      exchanges.moved(directory, name);
      moves.to(directory, name, mask, cookie);
    } else if (Flag.CREATE.isIn(mask)) {
      exchanges.made(directory, name);
      changes.comes(directory, name, mask, cookie);
    } else {
      exchanges.went(directory);
      changes.goes(directory, name, mask, cookie);
    }
  }

  /** Records are lost, and everything is looked at. */
  void forget() {
    moves.forget();
    unmounted = null;
  }
}
