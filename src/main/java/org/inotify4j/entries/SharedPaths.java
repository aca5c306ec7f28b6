package org.inotify4j.entries;

import java.util.Arrays;

/**
 * The paths of entries of two tables, each by a number. They share their beginnings: so they take
 * room in proportion to what there is, however deep it is, and stay when the tables are changed.
 */
final class SharedPaths {

  private static final int NONE = EntryColumns.NONE;
  private static final int FIRST_CAPACITY = 16;

  /** The names, each below those before it; the root is the path of the root. */
  private final EntryColumns names = new EntryColumns(FIRST_CAPACITY, FIRST_CAPACITY);

  SharedPaths() {
    int unused = names.add(NONE, new byte[0], 0, 0);
  }

  /** The bytes of a path. */
  byte[] path(int number) {
    return RowPath.of(names, number);
  }

  /** Adds a path as it is. */
  int add(byte[] path) {
    return path.length == 0
        ? EntryColumns.ROOT
        : names.add(EntryColumns.ROOT, path, 0, path.length);
  }

  /** Adds paths of one table. */
  final class OfTable {
    private final EntryColumns table;

    /** By row: the number of its path, or none. Made for the first: there may be none at all. */
    private int[] numbers = {};

    /** By row of which there is a number: below which other one that is. */
    private int[] tops = {};

    /** The rows on the way to the one at hand. */
    private int[] way = new int[FIRST_CAPACITY];

    OfTable(EntryColumns table) {
      this.table = table;
    }

    /** Adds the path of a row. */
    int add(int row) {
      return add(row, EntryColumns.ROOT, EntryColumns.ROOT);
    }

    /**
     * Adds the path of a row, where one of the directories above is at a path of its own.
     *
     * @param top that directory
     * @param path the number of where it is
     */
    int add(int row, int top, int path) {
      if (numbers.length == 0) {
        numbers = new int[table.size()];
        tops = new int[table.size()];
        Arrays.fill(numbers, NONE);
      }
      int depth = 0;
      int at = row;
      while (at != top && (numbers[at] == NONE || tops[at] != path)) {
        if (depth == way.length) {
          way = Arrays.copyOf(way, 2 * depth);
        }
        way[depth++] = at;
        at = table.parent(at);
      }
      int number = at == top ? path : numbers[at];
      while (depth > 0) {
        int next = way[--depth];
        number = names.add(number, table.bytes(), table.nameStart(next), table.nameEnd(next));
        numbers[next] = number;
        tops[next] = path;
      }
      return number;
    }
  }
}
