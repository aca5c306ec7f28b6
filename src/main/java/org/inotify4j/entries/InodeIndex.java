package org.inotify4j.entries;

import java.util.Arrays;

/**
 * Finds the rows of an inode: a hash table with linear probing, which has the first row of each,
 * and a chain of those that are other names of it.
 */
final class InodeIndex {

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final EntryColumns table;

  /** By the index of a device in the table: what it is called by who asks. */
  private final int[] devices;

  private final int[] slots;

  /** By row: the next name of the same inode; empty where no inode has two. */
  private int[] next = {};

  /**
   * An index of all rows that a table has now and that are known, but the root's.
   *
   * @param devices by the index of a device in the table: what it is called by who asks
   */
  InodeIndex(EntryColumns table, int[] devices) {
    this.table = table;
    this.devices = devices;
    this.slots = new int[NameIndex.capacity(table.size())];
    Arrays.fill(slots, EntryColumns.NONE);
    // From behind, so that each chain is in the order of rows.
    for (int row = table.size() - 1; row > EntryColumns.ROOT; row--) {
      if (!table.isUnknown(row)) {
        add(row);
      }
    }
  }

  private void add(int row) {
    int slot = slot(devices[table.deviceIndex(row)], table.inode(row));
    int first = slots[slot];
    if (first != EntryColumns.NONE) {
      if (next.length == 0) {
        next = new int[table.size()];
        Arrays.fill(next, EntryColumns.NONE);
      }
      next[row] = first;
    }
    slots[slot] = row;
  }

  /** The first row of an inode, or {@link EntryColumns#NONE}. */
  int first(int device, long inode) {
    return slots[slot(device, inode)];
  }

  /** The row of the same inode that follows one, or {@link EntryColumns#NONE}. */
  int next(int row) {
    return next.length == 0 ? EntryColumns.NONE : next[row];
  }

  private int slot(int device, long inode) {
    int mask = slots.length - 1;
    long hash = (inode + device * 31L) * SPREAD;
    int slot = (int) (hash >>> 32) & mask;
    for (int row = slots[slot]; row != EntryColumns.NONE; row = slots[slot]) {
      if (table.inode(row) == inode && devices[table.deviceIndex(row)] == device) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
