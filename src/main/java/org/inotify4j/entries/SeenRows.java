package org.inotify4j.entries;

import java.util.BitSet;
import java.util.Objects;
import org.inotify4j.base.IntMap;

/** What was seen of some rows of a table, and counts when that is confirmed. */
final class SeenRows {

  /** Looks at an entry. */
  interface Look {

    /** Adds what an entry is to a table: its row there, or none if it cannot be told. */
    int at(byte[] path, EntryColumns seen);
  }

  /** The rows of {@link #seen}, by those of the table. */
  private IntMap<Integer> looks = new IntMap<>();

  private EntryColumns seen = new EntryColumns(0, 0);

  /** Has some of those rows looked at; one that is nowhere is not to be any more. */
  void look(EntryColumns rows, BitSet wanted, int most, Look disk) {
    int left = most;
    for (int row = wanted.nextSetBit(0); row >= 0 && left > 0; left--) {
      if (rows.isAtOrBelow(row, EntryColumns.ROOT)) {
        int seenRow = disk.at(RowPath.of(rows, row), seen);
        if (seenRow != EntryColumns.NONE) {
          looks.put(row, seenRow);
        }
      } else {
        wanted.clear(row);
      }
      row = wanted.nextSetBit(row + 1);
    }
  }

  /** What was seen of a row counts for nothing: it was told of since. */
  void remove(int row) {
    looks.remove(row);
  }

  /** All that was seen counts for nothing. */
  void clear() {
    looks = new IntMap<>();
    seen = new EntryColumns(0, 0);
  }

  /**
   * What was seen is what was told: it is known from here on.
   *
   * @param uncertain the rows that are to be looked at
   * @param told those of them that an event was told of since they were seen
   * @return how many rows are certain now that were not
   */
  int confirm(EntryColumns rows, BitSet uncertain, BitSet told) {
    int count = 0;
    for (int row : looks.keys()) {
      int seenRow = Objects.requireNonNull(looks.get(row), "one of its keys");
      if (!told.get(row) && isOther(rows, row, seenRow)) {
        // The kernel is silent there. It stays as it was told: a comparison finds what is other.
        uncertain.clear(row);
      } else if (seen.isDirectory(seenRow) == rows.isDirectory(row)) {
        told.clear(row);
        rows.setCopy(row, seen, seenRow);
        if (!rows.isUncertain(row)) {
          uncertain.clear(row);
          count++;
        }
      }
    }
    clear();
    return count;
  }

  /** Whether another entry was seen than before, or a file that was changed. */
  private boolean isOther(EntryColumns rows, int row, int seenRow) {
    return !rows.isUnknown(row)
        && (rows.inode(row) != seen.inode(seenRow)
            || (!rows.isDirectory(row)
                && (rows.size(row) != seen.size(seenRow)
                    || rows.modified(row) != seen.modified(seenRow)
                    || rows.changed(row) != seen.changed(seenRow))));
  }
}
