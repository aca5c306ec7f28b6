package org.inotify4j.entries;

import org.jspecify.annotations.Nullable;

/** Finds the rows of the older snapshot by their names, with an index from the first time on. */
final class OlderNames {

  private final EntryColumns older;
  private @Nullable NameIndex index;

  OlderNames(EntryColumns older) {
    this.older = older;
  }

  /** The row in an older directory that has the name of a newer row, or none. */
  int find(int directory, EntryColumns newer, int row) {
    NameIndex names = index;
    if (names == null) {
      names = new NameIndex(older);
      index = names;
    }
    return names.find(directory, newer.bytes(), newer.nameStart(row), newer.nameEnd(row));
  }
}
