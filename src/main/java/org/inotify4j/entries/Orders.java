package org.inotify4j.entries;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.inotify4j.base.IntMap;
import org.inotify4j.disk.EntryFilter;
import org.jspecify.annotations.Nullable;

/** Goes through the rows of a table that are somewhere, a directory before what is in it. */
final class Orders {

  private static final int NONE = EntryColumns.NONE;

  private Orders() {}

  /** A copy with the rows in order, without those that are nowhere. */
  static EntryColumns parentsFirst(EntryColumns rows) {
    EntryColumns copy = new EntryColumns(rows.size(), rows.usedBytes());
    int[] copies = new int[rows.size()];
    copies[EntryColumns.ROOT] = copy.addCopy(NONE, rows, EntryColumns.ROOT);
    forEachBelow(
        rows,
        EntryColumns.ROOT,
        row -> copies[row] = copy.addCopy(copies[rows.parent(row)], rows, row));
    copy.trim();
    return copy;
  }

  /** Gives all rows below one, level by level. */
  static void forEachBelow(EntryColumns rows, int top, IntConsumer consumer) {
    int[] first = new int[rows.size()];
    int[] next = new int[rows.size()];
    Arrays.fill(first, NONE);
    for (int row = rows.size() - 1; row > EntryColumns.ROOT; row--) {
      int parent = rows.parent(row);
      if (parent >= 0) {
        next[row] = first[parent];
        first[parent] = row;
      }
    }
    int[] queue = new int[rows.size()];
    int end = 1;
    queue[0] = top;
    for (int at = 0; at < end; at++) {
      for (int row = first[queue[at]]; row != NONE; row = next[row]) {
        consumer.accept(row);
        queue[end++] = row;
      }
    }
  }

  /** Copies all rows below one into another table, below a row of that. */
  static void copyBelow(EntryColumns rows, int top, EntryColumns others, int directory) {
    IntMap<Integer> copies = new IntMap<>();
    copies.put(top, directory);
    forEachBelow(
        rows,
        top,
        row -> {
          int parent = Objects.requireNonNull(copies.get(rows.parent(row)), "parents come first");
          copies.put(row, others.addCopy(parent, rows, row));
        });
  }

  /**
   * Adds to what was found what is known of directories that could be read then and cannot be now.
   * Of one that was only told of, with nothing in it, it is not known that it could.
   *
   * @param names the index of what is known
   */
  static void keepHidden(EntryColumns known, NameIndex names, EntryColumns found) {
    ReadBefore readBefore = new ReadBefore(known);
    int end = found.size();
    for (int row = EntryColumns.ROOT + 1; row < end; row++) {
      if (found.isDirectory(row) && found.isUnreadable(row)) {
        byte[] path = RowPath.of(found, row);
        int old = names.find(path, 0, path.length);
        if (old != NONE && known.isDirectory(old) && readBefore.was(old)) {
          found.setReadable(row);
          copyBelow(known, old, found, row);
        }
      }
    }
  }

  /**
   * A copy of what is not left out, without permissions.
   *
   * @param rows in order
   * @param isFlat whether only what is in the root counts
   */
  static EntryColumns selected(EntryColumns rows, EntryFilter filter, boolean isFlat) {
    EntryColumns copy = new EntryColumns(rows.size(), rows.usedBytes());
    int[] copies = new int[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      boolean isRoot = row == EntryColumns.ROOT;
      int parent = isRoot ? NONE : copies[rows.parent(row)];
      boolean isLeftOut =
          !isRoot
              && (parent == NONE
                  || (isFlat && parent != EntryColumns.ROOT)
                  || filter.excludes(RowPath.of(rows, row), rows.isDirectory(row)));
      copies[row] = isLeftOut ? NONE : copy.addCopy(parent, rows, row);
      if (!isLeftOut) {
        copy.keepTypeOnly(copies[row]);
      }
    }
    copy.trim();
    return copy;
  }

  /** Of which directories of a table it is known what is in them. */
  static final class ReadBefore {
    private final EntryColumns known;

    /** Those that something is known to be in; null until that is asked for. */
    private @Nullable BitSet parents;

    ReadBefore(EntryColumns known) {
      this.known = known;
    }

    boolean was(int directory) {
      return !known.isUnreadable(directory)
          && (!known.isUnknown(directory) || parents().get(directory));
    }

    private BitSet parents() {
      BitSet all = parents;
      if (all == null) {
        all = new BitSet();
        for (int row = EntryColumns.ROOT + 1; row < known.size(); row++) {
          if (known.parent(row) >= 0) {
            all.set(known.parent(row));
          }
        }
        parents = all;
      }
      return all;
    }
  }
}
