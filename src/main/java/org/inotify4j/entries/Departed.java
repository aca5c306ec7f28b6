package org.inotify4j.entries;

import java.util.BitSet;

/**
 * The older entries that are no more: in which of them there is still something that has to move
 * out before they can go.
 */
final class Departed {

  private static final int NONE = EntryColumns.NONE;

  private final Matching matching;

  /** Of the rows that are no more: those with something in them that lives on elsewhere. */
  private final BitSet keepers = new BitSet();

  /** By row that is no more: the one furthest up that is no more either. */
  private final int[] tops;

  /** By such a top: the last found of what has to move out of it; by that: the one before. */
  private final int[] movers;

  Departed(Matching matching) {
    this.matching = matching;
    EntryColumns older = matching.older;
    this.tops = new int[older.size()];
    this.movers = new int[older.size()];
    for (int row = EntryColumns.ROOT + 1; row < tops.length; row++) {
      int parent = older.parent(row);
      boolean isBelow = !isThere(parent);
      tops[row] = isBelow ? tops[parent] : row;
      movers[row] = NONE;
      if (isBelow && isThere(row)) {
        movers[row] = movers[tops[row]];
        movers[tops[row]] = row;
        markAbove(parent);
      }
    }
  }

  private boolean isThere(int row) {
    return matching.newOf(row) != NONE;
  }

  private void markAbove(int start) {
    for (int at = start; !isThere(at) && !keepers.get(at); at = matching.older.parent(at)) {
      keepers.set(at);
    }
  }

  /** Whether something has to move out of a row before it can go. */
  boolean keepsSomething(int row) {
    return keepers.get(row);
  }

  /** The rows that something has to move out of; those above come first. */
  BitSet keepers() {
    return keepers;
  }

  /** The row furthest up that goes with a row. */
  int top(int row) {
    return tops[row];
  }

  /** What has to move out of a top, or out of what is below it: the first, or none. */
  int firstMover(int top) {
    return movers[top];
  }

  /** The next one, or none. */
  int nextMover(int mover) {
    return movers[mover];
  }
}
