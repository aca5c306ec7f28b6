package org.inotify4j.entries;

/**
 * Where an older entry was, between the changes that lead from one snapshot to another. Its bytes
 * are made when they are asked for: of all entries at once they may be the square of what there is.
 *
 * <p>Immutable; it keeps both tables, which must not change any more.
 */
public final class FormerPath {

  private final Moves moves;
  private final int old;
  private final int time;

  FormerPath(Moves moves, int old, int time) {
    this.moves = moves;
    this.old = old;
    this.time = time;
  }

  /** The path, relative to the root. */
  public byte[] bytes() {
    return moves.path(old, time);
  }

  /** Of the entry and the directories above it: the first that had moved by then, or the root. */
  int movedAbove() {
    return moves.movedAbove(old, time);
  }

  /** The newer row of that one. */
  int newerOf(int moved) {
    return moves.newerOf(moved);
  }
}
