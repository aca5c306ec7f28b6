package org.inotify4j.entries;

import java.util.Objects;
import org.inotify4j.base.IntMap;

/** What was seen of some rows of a table, and counts when that is confirmed. */
final class SeenRows {

  /** The rows of {@link #seen}, by those of the table. */
  private IntMap<Integer> looks = new IntMap<>();

  private EntryColumns seen = new EntryColumns(0, 0);

  /** Where a look adds what it sees. */
  EntryColumns table() {
    return seen;
  }

  /** Says which row of {@link #table} is what was seen of a row. */
  void put(int row, int seenRow) {
    looks.put(row, seenRow);
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

  /** The rows of which something was seen. */
  int[] rows() {
    return looks.keys();
  }

  /** The row of {@link #table} that is what was seen of a row. */
  int of(int row) {
    return Objects.requireNonNull(looks.get(row), "one of its rows");
  }

  /** Whether a row's entry was seen other than it is known. */
  boolean isOther(EntryColumns rows, int row) {
    int seenRow = of(row);
    return rows.inode(row) != seen.inode(seenRow)
        || rows.size(row) != seen.size(seenRow)
        || rows.modified(row) != seen.modified(seenRow)
        || rows.changed(row) != seen.changed(seenRow);
  }
}
