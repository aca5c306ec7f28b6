package org.inotify4j.entries;

import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.inotify4j.base.IntMap;
import org.inotify4j.disk.EntryStatus;

/**
 * The rows of a table that may be other than they were seen: which of them an event has told of
 * since, and what a look has seen, which counts when that is confirmed.
 */
final class UncertainRows {

  /** Looks at an entry. */
  interface Look {

    /** Adds what an entry is to a table: its row there, or none if it cannot be told. */
    int at(byte[] path, EntryColumns seen);
  }

  /** The rows that are to be looked at. */
  private final BitSet uncertain = new BitSet();

  /** Those of them that an event was told of since they were seen. */
  private final BitSet told = new BitSet();

  private final MovedRows moved = new MovedRows();

  /** Where the next look begins; negative for at the first one. */
  private int next;

  /** The rows of {@link #seen}, by those of the table. */
  private IntMap<Integer> looks = new IntMap<>();

  private EntryColumns seen = new EntryColumns(0, 0);

  /**
   * Begins anew, with another table: its marks say which rows these are. No event is known to have
   * told of one: rather one is told of once more than never.
   */
  void begin(EntryColumns rows) {
    forgetLooks();
    uncertain.clear();
    for (int row = EntryColumns.ROOT + 1; row < rows.size(); row++) {
      uncertain.set(row, rows.isUncertain(row));
    }
    told.clear();
    moved.clear();
    next = 0;
  }

  boolean isEmpty() {
    return uncertain.isEmpty();
  }

  /** How many bytes of heap it takes, but for looks that are under way. */
  long heapBytes() {
    return ((long) uncertain.size() + told.size()) / Byte.SIZE + moved.heapBytes();
  }

  /** An event was told of a row: what was seen of it counts for nothing. */
  void toldOf(int row) {
    moved.remove(row);
    toldOfMove(row);
  }

  /** The same of the move of a row, which says no more of it than that. */
  void toldOfMove(int row) {
    uncertain.set(row);
    told.set(row);
    looks.remove(row);
  }

  /** A row was seen before an event told of it. */
  void seenBefore(int row) {
    told.clear(row);
    moved.remove(row);
  }

  /** A row is elsewhere: what was seen of it counts for nothing. */
  void moved(EntryColumns rows, int row) {
    looks.remove(row);
    if (!told.get(row) && !rows.isDirectory(row) && !rows.isUnknown(row)) {
      moved.add(row);
    }
  }

  /** A row was taken away. */
  void remove(int row) {
    uncertain.clear(row);
    told.clear(row);
    moved.remove(row);
    looks.remove(row);
  }

  /** What a row is was told just now. */
  void found(int row, boolean isUncertain) {
    uncertain.set(row, isUncertain);
    told.clear(row);
    moved.remove(row);
    looks.remove(row);
  }

  /**
   * Takes over of which rows of another table an event has told, by their paths.
   *
   * @param names the index of the table that this is of
   */
  void takeOver(UncertainRows others, EntryColumns table, NameIndex names) {
    // One that has moved just now was not told of yet.
    BitSet rows = others.moved.rows();
    rows.or(others.told);
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      if (table.isAtOrBelow(row, EntryColumns.ROOT)) {
        byte[] path = RowPath.of(table, row);
        int here = names.find(path, 0, path.length);
        if (here != EntryColumns.NONE) {
          told.set(here, others.told.get(row));
          if (others.moved.has(row)) {
            moved.add(here);
          }
        }
      }
    }
  }

  /**
   * Has some of those rows looked at, from where the last look ended: none waits for others that
   * cannot be seen. One that is nowhere is not to be looked at any more.
   *
   * @return whether there are some behind those
   */
  boolean look(EntryColumns rows, int most, Look disk) {
    int row = uncertain.nextSetBit(Math.max(next, 0));
    for (int left = most; row >= 0 && left > 0; left--) {
      if (rows.isAtOrBelow(row, EntryColumns.ROOT)) {
        int seenRow = disk.at(RowPath.of(rows, row), seen);
        if (seenRow != EntryColumns.NONE) {
          looks.put(row, seenRow);
        }
      } else {
        uncertain.clear(row);
      }
      row = uncertain.nextSetBit(row + 1);
    }
    next = row;
    return row >= 0;
  }

  /** All that was seen counts for nothing. */
  void forgetLooks() {
    looks = new IntMap<>();
    seen = new EntryColumns(0, 0);
  }

  /**
   * What was seen is what was told: it is known from here on.
   *
   * @return how many rows are certain now that were not
   */
  int confirm(EntryColumns rows) {
    int count = 0;
    for (int row : looks.keys()) {
      int seenRow = Objects.requireNonNull(looks.get(row), "one of its keys");
      if (!told.get(row) && isOther(rows, row, seen, seenRow)) {
        // The kernel is silent there. It stays as it was told: a comparison finds what is other.
        uncertain.clear(row);
      } else if (isReplaced(rows, row, seenRow)) {
        moved.setReplaced(row);
      } else if (seen.isDirectory(seenRow) == rows.isDirectory(row)) {
        boolean isStillUnreadable = !told.get(row) && isUnreadableDirectory(rows, row);
        told.clear(row);
        moved.remove(row);
        rows.setCopy(row, seen, seenRow);
        if (isStillUnreadable) {
          rows.setUnreadable(row);
        }
        if (!rows.isUncertain(row)) {
          uncertain.clear(row);
          count++;
        }
      }
    }
    forgetLooks();
    return count;
  }

  /** Whether it is not known what is in a directory: a look at it does not say that either. */
  private static boolean isUnreadableDirectory(EntryColumns rows, int row) {
    return rows.isDirectory(row) && rows.isUnreadable(row);
  }

  /** Whether another file was seen where one has moved to. */
  boolean areReplaced() {
    return moved.areReplaced();
  }

  /** Takes the paths of those files. */
  List<byte[]> takeReplaced(EntryColumns rows) {
    return moved.takeReplaced(rows);
  }

  /** Whether another file was seen than the one that has moved. */
  private boolean isReplaced(EntryColumns rows, int row, int seenRow) {
    return moved.has(row) && !seen.isDirectory(seenRow) && rows.inode(row) != seen.inode(seenRow);
  }

  /**
   * Whether what was seen is what was there before, whatever was done to it since. Who has its
   * inode's number by now was born when it was gone: so after it was changed, where that shows.
   *
   * @param born when what was seen was born
   */
  static boolean isSame(EntryColumns rows, int row, EntryColumns seen, long born) {
    boolean wasBornBefore = born != EntryStatus.NO_TIME && born < rows.changed(row);
    return wasBornBefore
        ? rows.inode(row) == seen.inode(EntryColumns.ROOT)
        : !isOther(rows, row, seen, EntryColumns.ROOT);
  }

  /** Whether another entry was seen than before, or a file that was changed. */
  private static boolean isOther(EntryColumns rows, int row, EntryColumns seen, int seenRow) {
    return !rows.isUnknown(row)
        && (rows.inode(row) != seen.inode(seenRow)
            || (!rows.isDirectory(row)
                && (rows.size(row) != seen.size(seenRow)
                    || rows.modified(row) != seen.modified(seenRow)
                    || rows.changed(row) != seen.changed(seenRow))));
  }
}
