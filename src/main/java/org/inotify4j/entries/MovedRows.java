package org.inotify4j.entries;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The files of which it was told that they moved, and nothing since; and where another one was seen
 * then.
 *
 * <p>Of two arrivals of one name in a row the kernel makes one record, whatever their cookies are:
 * a file that has moved, and is replaced at once by one that comes from elsewhere, is heard as the
 * move alone. Nobody has told of the other one then.
 *
 * <p>There are few at any time, so nothing is kept where there are none.
 */
final class MovedRows {

  private BitSet moved = new BitSet();

  /** Those of them where another file was seen. */
  private BitSet replaced = new BitSet();

  void add(int row) {
    moved.set(row);
  }

  boolean has(int row) {
    return moved.get(row);
  }

  /** All of them. */
  BitSet rows() {
    return (BitSet) moved.clone();
  }

  /** Something else was told of a row, or what was seen is what was told. */
  void remove(int row) {
    if (has(row)) {
      moved.clear(row);
      replaced.clear(row);
      if (moved.isEmpty()) {
        clear();
      }
    }
  }

  void clear() {
    moved = new BitSet();
    replaced = new BitSet();
  }

  /** Another file was seen there. */
  void setReplaced(int row) {
    replaced.set(row);
  }

  boolean areReplaced() {
    return !replaced.isEmpty();
  }

  /** Takes the paths where another file was seen. */
  List<byte[]> takeReplaced(EntryColumns table) {
    List<byte[]> paths = new ArrayList<>();
    replaced.stream()
        .filter(row -> table.isAtOrBelow(row, EntryColumns.ROOT))
        .forEach(row -> paths.add(RowPath.of(table, row)));
    moved.andNot(replaced);
    replaced = new BitSet();
    return paths;
  }

  /** How many bytes of heap it takes. */
  long heapBytes() {
    return ((long) moved.size() + replaced.size()) / Byte.SIZE;
  }
}
