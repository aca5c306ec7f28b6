package org.inotify4j.entries;

/**
 * The moves from one snapshot to another, in the order in which they are done, so that it can be
 * said later where an older entry was after some of them.
 *
 * <p>A time is how many are done. What was written before a time is all that is read for it, so
 * other threads may ask for any that has been, also while there are more moves to come.
 */
final class Moves {

  private final EntryColumns older;
  private final EntryColumns newer;

  /** By older row: the time when it had moved; 0 for never. Without room where nothing moves. */
  private final int[] times;

  /** By time: the newer row that had moved last. */
  private final int[] rows;

  private int now;

  /**
   * No moves so far.
   *
   * @param count how many there will be at most
   */
  Moves(EntryColumns older, EntryColumns newer, int count) {
    this.older = older;
    this.newer = newer;
    this.times = new int[count == 0 ? 0 : older.size()];
    this.rows = new int[count + 1];
  }

  /** Adds a move. */
  void add(int old, int row) {
    now++;
    times[old] = now;
    rows[now] = row;
  }

  /** Where an older entry is by now. */
  FormerPath now(int old) {
    return new FormerPath(this, old, now);
  }

  /** Of an older entry and the directories above it: the first that had moved, or the root. */
  int movedAbove(int old, int time) {
    for (int at = old; time > 0 && at != EntryColumns.ROOT; at = older.parent(at)) {
      if (times[at] > 0 && times[at] <= time) {
        return at;
      }
    }
    return EntryColumns.ROOT;
  }

  /** The newer row of one that had moved, or of the root. */
  int newerOf(int moved) {
    return moved == EntryColumns.ROOT ? EntryColumns.ROOT : rows[times[moved]];
  }

  /** Where an older entry was at a time. */
  byte[] path(int old, int time) {
    int top = movedAbove(old, time);
    return RowPath.below(older, old, top, RowPath.of(newer, newerOf(top)));
  }
}
