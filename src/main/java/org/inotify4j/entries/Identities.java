package org.inotify4j.entries;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the entries of a newer snapshot in an older one by their inodes, wherever they are.
 *
 * <p>Of an inode with several names those that are where they were are found first. The others are
 * matched one by one, but only where none is left in its place: else they are names that came or
 * went. The root is the root, whichever directory that is.
 */
final class Identities {

  private static final int NONE = EntryColumns.NONE;

  private final EntryColumns older;
  private final EntryColumns newer;
  private final OlderNames names;
  private final int[] devices;
  private final InodeIndex inodes;

  /** By newer row: the first row of its inode in the older snapshot; later, what it is there. */
  private final int[] found;

  /** By older row that is the first of its inode: the newer row that asked, later the next name. */
  private final int[] asked;

  /** The first rows of inodes that have several names in either snapshot. */
  private final BitSet several = new BitSet();

  private Identities(EntryColumns older, EntryColumns newer, OlderNames names) {
    this.older = older;
    this.newer = newer;
    this.names = names;
    this.devices = DeviceMatching.of(older, newer);
    this.inodes = new InodeIndex(older, devices);
    this.found = new int[newer.size()];
    this.asked = new int[older.size()];
    Arrays.fill(asked, NONE);
  }

  /** By newer row: the older row that is the same file or directory, or none. */
  static int[] of(EntryColumns older, EntryColumns newer, OlderNames names) {
    return new Identities(older, newer, names).match();
  }

  /** Whether two rows are the same file or directory, as far as inodes tell. */
  static boolean areSame(EntryColumns older, int old, EntryColumns newer, int row) {
    return older.inode(old) == newer.inode(row)
        && older.type(old) == newer.type(row)
        && older.birth(old) == newer.birth(row);
  }

  /** Whether what is known of one row may be compared with what is known of the other. */
  static boolean areComparable(EntryColumns older, int old, EntryColumns newer, int row) {
    return !older.isFormer(old)
        && older.isDirectory(old) == newer.isDirectory(row)
        && !(older.isDirectory(old) && older.isUnreadable(old) && !newer.isUnreadable(row));
  }

  private int[] match() {
    for (int row = EntryColumns.ROOT + 1; row < found.length; row++) {
      found[row] = newer.isUnknown(row) ? NONE : ask(row);
    }
    BitSet left = several.isEmpty() ? several : withSeveral();
    for (int row = EntryColumns.ROOT + 1; row < found.length; row++) {
      if (!left.get(row) && found[row] != NONE && !isMatch(found[row], row)) {
        found[row] = NONE;
      }
    }
    found[EntryColumns.ROOT] = EntryColumns.ROOT;
    if (!left.isEmpty()) {
      matchSeveral(left);
    }
    return found;
  }

  private int ask(int row) {
    int first = inodes.first(newer.deviceIndex(row), newer.inode(row));
    if (first != NONE) {
      if (asked[first] != NONE || inodes.next(first) != NONE) {
        several.set(first);
      }
      asked[first] = row;
    }
    return first;
  }

  private BitSet withSeveral() {
    BitSet rows = new BitSet();
    for (int row = EntryColumns.ROOT + 1; row < found.length; row++) {
      if (found[row] != NONE && several.get(found[row])) {
        rows.set(row);
      }
    }
    return rows;
  }

  private boolean isMatch(int old, int row) {
    return areSame(older, old, newer, row) && areComparable(older, old, newer, row);
  }

  /** Matches the rows whose inodes have several names. */
  private void matchSeveral(BitSet rows) {
    BitSet taken = new BitSet();
    BitSet inPlace = new BitSet();
    BitSet left = new BitSet();
    int[] first = new int[rows.length()];
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      first[row] = found[row];
      found[row] = NONE;
      int parent = found[newer.parent(row)];
      int old = parent == NONE ? NONE : names.find(parent, newer, row);
      if (old != NONE && isOf(old, row) && !taken.get(old)) {
        found[row] = old;
        taken.set(old);
        inPlace.set(first[row]);
      } else {
        left.set(row);
        asked[first[row]] = first[row];
      }
    }
    for (int row = left.nextSetBit(0); row >= 0; row = left.nextSetBit(row + 1)) {
      if (!inPlace.get(first[row])) {
        found[row] = nextFree(first[row], row);
      }
    }
  }

  /** Whether an older row is a name of a newer row's inode. */
  private boolean isOf(int old, int row) {
    return devices[older.deviceIndex(old)] == newer.deviceIndex(row) && isMatch(old, row);
  }

  /** The next older name of an inode that was not given out. */
  private int nextFree(int first, int row) {
    int old = asked[first];
    while (old != NONE && !isMatch(old, row)) {
      old = inodes.next(old);
    }
    asked[first] = old == NONE ? NONE : inodes.next(old);
    return old;
  }
}
