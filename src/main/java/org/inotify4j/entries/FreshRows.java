package org.inotify4j.entries;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rows that were told of so lately that who was told may look at the entries only now, where
 * they are by their paths.
 *
 * <p>A directory above may be elsewhere just then, and back before anybody has noticed: records of
 * both moves may be lost. Then nothing differs in the end, and who looked has found nothing, or
 * what is in another directory. What moves leaves traces in two places: the time of change of what
 * moved, and the time of modification of the directory that it was in. So a file that was told of
 * lately counts as modified where a directory above it bears both. That is said once too often
 * where a directory was changed in other ways; but never of a file that was told of long ago.
 */
final class FreshRows {

  private static final int NONE = EntryColumns.NONE;
  private static final int ROOT = EntryColumns.ROOT;

  /** Of a directory: with all below. */
  private final BitSet rows = new BitSet();

  /** An entry was told of; of a directory that it moved, with all below. */
  void add(int row) {
    if (!rows.get(ROOT)) {
      rows.set(row);
    }
  }

  /** All was told. */
  void addAll() {
    rows.set(ROOT);
  }

  /** Those at these paths were told of; the empty one is all. */
  void addAll(List<byte[]> paths, NameIndex names) {
    for (byte[] path : paths) {
      int row = names.find(path, 0, path.length);
      if (row != NONE) {
        rows.set(row);
      }
    }
  }

  void remove(int row) {
    rows.clear(row);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void clear() {
    rows.clear();
  }

  /** Where they are: of all it is the empty path. */
  List<byte[]> paths(EntryColumns table) {
    List<byte[]> paths = new ArrayList<>();
    rows.stream()
        .filter(row -> table.isAtOrBelow(row, ROOT))
        .forEach(row -> paths.add(RowPath.of(table, row)));
    return paths;
  }

  /**
   * Has those files count as modified that may have been looked at while a directory above was
   * elsewhere.
   *
   * @param known the table that the rows are of
   * @param found what is there by now
   */
  void doubt(EntryColumns known, EntryColumns found) {
    if (rows.isEmpty()) {
      return;
    }
    NameIndex names = new NameIndex(found);
    int[] places = new int[known.size()];
    BitSet fresh = new BitSet();
    BitSet moved = new BitSet();
    fresh.set(ROOT, rows.get(ROOT));
    Orders.forEachBelow(
        known,
        ROOT,
        row -> {
          int parent = known.parent(row);
          int there = places[parent];
          places[row] =
              there == NONE
                  ? NONE
                  : names.find(there, known.bytes(), known.nameStart(row), known.nameEnd(row));
          fresh.set(row, fresh.get(parent) || rows.get(row));
          if (!known.isDirectory(row)) {
            doubt(known, row, fresh.get(row) && moved.get(parent));
          } else if (places[row] != NONE) {
            moved.set(row, moved.get(parent) || mayHaveMoved(known, row, found, places[row]));
          }
        });
  }

  private static void doubt(EntryColumns known, int row, boolean isDoubtful) {
    if (isDoubtful) {
      known.setUncertain(row);
    }
  }

  /** Whether a directory may have been elsewhere: by its own times, and its parent's. */
  private static boolean mayHaveMoved(EntryColumns known, int row, EntryColumns found, int there) {
    int above = known.parent(row);
    return (known.isUncertain(row) || known.changed(row) != found.changed(there))
        && (known.isUncertain(above)
            || known.modified(above) != found.modified(found.parent(there)));
  }
}
