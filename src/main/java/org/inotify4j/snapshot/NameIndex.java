package org.inotify4j.snapshot;

import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.base.NameBytes;
import org.inotify4j.libc.PathBytes;

/** Finds the row of a name in a directory: a hash table with linear probing. */
final class NameIndex {

  private static final int FACTOR = 0x85EBCA6B;

  private final EntryColumns table;
  private final int[] slots;

  /** An index of all rows that a table has now, but the root's. */
  NameIndex(EntryColumns table) {
    this.table = table;
    this.slots = new int[capacity(table.size())];
    Arrays.fill(slots, EntryColumns.NONE);
    for (int row = EntryColumns.ROOT + 1; row < table.size(); row++) {
      slots[freeSlot(hash(row))] = row;
    }
  }

  /** A power of two, so large that at most two slots in three are taken. */
  static int capacity(int entries) {
    long wanted = Math.max(8, entries + (entries >> 1));
    return (int) Math.min(1 << 30, Long.highestOneBit(wanted - 1) << 1);
  }

  /** The row of a name in a directory, or {@link EntryColumns#NONE}. */
  int find(int parent, byte[] bytes, int start, int end) {
    int mask = slots.length - 1;
    int slot = hash(parent, bytes, start, end) & mask;
    int row = slots[slot];
    while (row != EntryColumns.NONE && !is(row, parent, bytes, start, end)) {
      slot = (slot + 1) & mask;
      row = slots[slot];
    }
    return row;
  }

  /** The row at a path below the root, or {@link EntryColumns#NONE}. */
  int find(Path path) {
    int row = EntryColumns.ROOT;
    for (Path name : path) {
      byte[] bytes = PathBytes.nameOf(name);
      boolean isSelf = name.toString().isEmpty() || name.toString().equals(".");
      row = isSelf ? row : find(row, bytes, 0, bytes.length);
      if (row == EntryColumns.NONE) {
        break;
      }
    }
    return row;
  }

  private boolean is(int row, int parent, byte[] bytes, int start, int end) {
    return table.parent(row) == parent
        && Arrays.equals(
            table.bytes(), table.nameStart(row), table.nameEnd(row), bytes, start, end);
  }

  private int freeSlot(int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != EntryColumns.NONE) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int hash(int row) {
    return hash(table.parent(row), table.bytes(), table.nameStart(row), table.nameEnd(row));
  }

  private static int hash(int parent, byte[] bytes, int start, int end) {
    int hash = NameBytes.hash(bytes, start, end - start) + parent * FACTOR;
    return hash ^ hash >>> 15;
  }
}
