package org.inotify4j.entries;

import java.util.Arrays;
import org.inotify4j.base.NameBytes;

/**
 * Takes names away that a directory gave twice while it was changed: of each the last row stays.
 */
final class Duplicates {

  private Duplicates() {}

  /** Looks at the rows of one directory, which are the last ones. */
  static void remove(EntryColumns rows, int start) {
    int[] slots = new int[NameIndex.capacity(rows.size() - start)];
    Arrays.fill(slots, EntryColumns.NONE);
    boolean[] isDoubled = new boolean[rows.size() - start];
    int doubled = 0;
    for (int row = rows.size() - 1; row >= start; row--) {
      int slot = slot(rows, slots, row);
      if (slots[slot] == EntryColumns.NONE) {
        slots[slot] = row;
      } else {
        isDoubled[row - start] = true;
        doubled++;
      }
    }
    if (doubled > 0) {
      rewrite(rows, start, isDoubled);
    }
  }

  private static int slot(EntryColumns rows, int[] slots, int row) {
    int begin = rows.nameStart(row);
    int mask = slots.length - 1;
    int slot = NameBytes.hash(rows.bytes(), begin, rows.nameEnd(row) - begin) >>> 7 & mask;
    while (slots[slot] != EntryColumns.NONE && !rows.hasSameName(row, rows, slots[slot])) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static void rewrite(EntryColumns rows, int start, boolean[] isDoubled) {
    EntryColumns kept =
        new EntryColumns(isDoubled.length, rows.usedBytes() - rows.nameStart(start));
    for (int i = 0; i < isDoubled.length; i++) {
      if (!isDoubled[i]) {
        kept.addCopy(EntryColumns.NONE, rows, start + i);
      }
    }
    rows.truncate(start);
    for (int row = 0; row < kept.size(); row++) {
      rows.addCopy(EntryColumns.NONE, kept, row);
    }
  }
}
