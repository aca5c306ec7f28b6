package org.inotify4j.entries;

import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.base.NameBytes;
import org.inotify4j.libc.PathBytes;

/** Finds the row of a name in a directory: a hash table with linear probing, one int a slot. */
public final class NameIndex {

  private static final int FACTOR = 0x85EBCA6B;

  private final EntryColumns table;
  private int[] slots;
  private int size;

  /** An index of all rows that a table has now, but the root's. */
  public NameIndex(EntryColumns table) {
    this.table = table;
    this.slots = new int[0];
    rebuild();
  }

  private void rebuild() {
    slots = new int[capacity(table.size())];
    Arrays.fill(slots, EntryColumns.NONE);
    size = 0;
    for (int row = EntryColumns.ROOT + 1; row < table.size(); row++) {
      if (table.parent(row) >= 0) {
        slots[freeSlot(hash(row))] = row;
        size++;
      }
    }
  }

  /** How many bytes of heap it takes. */
  long heapBytes() {
    return (long) slots.length * Integer.BYTES;
  }

  /** Adds a row that was added to the table, or is elsewhere in it now. */
  void add(int row) {
    if (3L * (size + 1) > 2L * slots.length) {
      rebuild();
    }
    if (find(table.parent(row), table.bytes(), table.nameStart(row), table.nameEnd(row)) != row) {
      slots[freeSlot(hash(row))] = row;
      size++;
    }
  }

  /** Forgets a row, before it is taken away or moved in the table. */
  void remove(int row) {
    int mask = slots.length - 1;
    int gap = hash(row) & mask;
    while (slots[gap] != row) {
      gap = (gap + 1) & mask;
    }
    size--;
    // Close the gap: a row behind it moves into it, unless it is where its hash wants it.
    for (int i = (gap + 1) & mask; slots[i] != EntryColumns.NONE; i = (i + 1) & mask) {
      int home = hash(slots[i]) & mask;
      if (((i - home) & mask) >= ((i - gap) & mask)) {
        slots[gap] = slots[i];
        gap = i;
      }
    }
    slots[gap] = EntryColumns.NONE;
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

  /** The row at a path, which is a part of some bytes and has no slash at its ends. */
  int find(byte[] path, int start, int end) {
    int row = EntryColumns.ROOT;
    int from = start;
    while (from < end && row != EntryColumns.NONE) {
      int to = from;
      while (to < end && path[to] != '/') {
        to++;
      }
      row = find(row, path, from, to);
      from = to + 1;
    }
    return row;
  }

  /** The row at a path below the root, or {@link EntryColumns#NONE}. */
  public int find(Path path) {
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
