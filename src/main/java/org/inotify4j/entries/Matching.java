package org.inotify4j.entries;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which entry of a newer snapshot is which of an older one.
 *
 * <p>What is the same inode is the same entry, wherever it is. What is left is matched by place:
 * the same name in directories that are matched; those are another file of that name, or another
 * directory whose entries are compared one by one.
 *
 * <p>What is below a directory that could be read and cannot be any more is <em>hidden</em>:
 * nothing is known of it, so it did not go either.
 */
final class Matching {

  static final int NONE = EntryColumns.NONE;

  final EntryColumns older;
  final EntryColumns newer;
  private final OlderNames names;

  /** By newer row: the same inode's older row, as long as that is of use. */
  private final int[] identical;

  private int[] oldOf = {};
  private final int[] newOf;
  private final BitSet hidden = new BitSet();

  Matching(EntryColumns older, EntryColumns newer) {
    this.older = older;
    this.newer = newer;
    this.names = new OlderNames(older);
    this.identical = Identities.of(older, newer, names);
    this.newOf = new int[older.size()];
  }

  /** The older row of a newer one, or none. */
  int oldOf(int row) {
    return oldOf[row];
  }

  /** The newer row of an older one, or none. */
  int newOf(int old) {
    return newOf[old];
  }

  /** Whether nothing is known of what an older row was any more. */
  boolean isHidden(int old) {
    return hidden.get(old);
  }

  /** Whether a newer row is an entry that was elsewhere. */
  boolean isMoved(int row) {
    int old = oldOf[row];
    return row != EntryColumns.ROOT && old != NONE && !isInPlace(old, row);
  }

  /** Whether a newer row is another inode than the one that it is matched with by its place. */
  boolean isReplaced(int row) {
    int old = oldOf[row];
    return row != EntryColumns.ROOT
        && old != NONE
        && identical[row] != old
        && !older.isUnknown(old)
        && !newer.isUnknown(row)
        && !Identities.areSame(older, old, newer, row);
  }

  /** Whether what is known of an entry differs, or may differ by now. */
  boolean isModified(int row) {
    int old = oldOf[row];
    if (older.mode(old) != newer.mode(row) || older.isUnreadable(old) != newer.isUnreadable(row)) {
      return true;
    }
    return !newer.isDirectory(row)
        && (older.isUncertain(old)
            || older.size(old) != newer.size(row)
            || older.modified(old) != newer.modified(row)
            // To move a file is a change of it.
            || (older.changed(old) != newer.changed(row) && isInPlace(old, row)));
  }

  /** The older row that has the place of a newer one, which is not that one, or none. */
  int occupant(int row) {
    int parent = oldOf[newer.parent(row)];
    return parent == NONE ? NONE : names.find(parent, newer, row);
  }

  /** Takes the inodes of newer rows for others than they are. */
  void forget(BitSet rows) {
    rows.stream().forEach(row -> identical[row] = NONE);
  }

  /**
   * Matches by inodes, and the rest by place.
   *
   * @param onlyInPlace whether what is elsewhere is not matched at all
   */
  void settle(boolean onlyInPlace) {
    oldOf = identical.clone();
    hidden.clear();
    Arrays.fill(newOf, NONE);
    for (int row = 0; row < oldOf.length; row++) {
      int old = oldOf[row];
      if (onlyInPlace && row != EntryColumns.ROOT && old != NONE && !isInPlace(old, row)) {
        oldOf[row] = NONE;
      } else if (old != NONE) {
        newOf[old] = row;
      }
    }
    matchByPlace();
    hide();
  }

  private boolean isInPlace(int old, int row) {
    return oldOf[newer.parent(row)] == older.parent(old) && newer.hasSameName(row, older, old);
  }

  private void matchByPlace() {
    for (int row = EntryColumns.ROOT + 1; row < oldOf.length; row++) {
      if (oldOf[row] == NONE) {
        int old = occupant(row);
        if (old != NONE && newOf[old] == NONE && Identities.areComparable(older, old, newer, row)) {
          oldOf[row] = old;
          newOf[old] = row;
        }
      }
    }
  }

  private void hide() {
    for (int old = EntryColumns.ROOT + 1; old < newOf.length; old++) {
      int parent = older.parent(old);
      boolean isOutOfSight = newOf[parent] == NONE ? hidden.get(parent) : isLost(parent);
      if (isOutOfSight && (newOf[old] == NONE || !older.isDirectory(old))) {
        // A file may still be there, and what is elsewhere another name of it.
        if (newOf[old] != NONE) {
          oldOf[newOf[old]] = NONE;
          newOf[old] = NONE;
        }
        hidden.set(old);
      }
    }
  }

  /** Whether a directory is still there and cannot be read any more. */
  private boolean isLost(int old) {
    int row = newOf[old];
    return newer.isUnreadable(row)
        && !older.isUnreadable(old)
        && (newer.isUnknown(row) || Identities.areSame(older, old, newer, row));
  }
}
