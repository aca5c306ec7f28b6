package org.inotify4j.entries;

/** Puts what was found in a part of a table into it, where an entry of the same type is known. */
final class FoundPart {

  private FoundPart() {}

  static void put(EntryColumns found, EntryColumns rows, NameIndex names, UncertainRows uncertain) {
    rows.setCopy(EntryColumns.ROOT, found, EntryColumns.ROOT);
    Orders.ReadBefore readBefore = new Orders.ReadBefore(rows);
    int[] olds = new int[found.size()];
    for (int row = EntryColumns.ROOT + 1; row < found.size(); row++) {
      int parent = olds[found.parent(row)];
      int old =
          parent == EntryColumns.NONE
              ? EntryColumns.NONE
              : names.find(parent, found.bytes(), found.nameStart(row), found.nameEnd(row));
      olds[row] = old;
      if (old != EntryColumns.NONE && rows.isDirectory(old) == found.isDirectory(row)) {
        boolean isHidden = found.isUnreadable(row) && readBefore.was(old);
        rows.setCopy(old, found, row);
        if (isHidden && rows.isDirectory(old)) {
          rows.setReadable(old);
        }
        uncertain.found(old, rows.isUncertain(old));
      }
    }
  }
}
