package org.inotify4j.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The moves in a tree of which not all is known yet, and the last ones of which it is. */
final class TreeMoves {

  /** How long a MOVED_FROM waits for its MOVED_TO, in nanoseconds, as in {@link HeldMoves}. */
  static final long WAIT = HeldMoves.WAIT;

  /** How long a move of a directory waits for its MOVE_SELF, which comes surely but for races. */
  static final long WAIT_FOR_SELF = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int MOST_CLOSED = 32;
  private static final int MOST_RECENT = 16;

  private final List<TreeMove> moves = new ArrayList<>();
  private final Deque<TreeMove> recent = new ArrayDeque<>();

  void add(TreeMove move) {
    moves.add(move);
    if (moves.size() > MOST_CLOSED) {
      long now = System.nanoTime();
      moves.removeIf(old -> !old.isOpen() && old.deadline - now <= 0);
    }
  }

  void remove(TreeMove move) {
    moves.remove(move);
  }

  void clear() {
    moves.clear();
    recent.clear();
  }

  /** The move whose second end has come, or null. */
  @Nullable TreeMove byCookie(int cookie) {
    return first(move -> move.cookie == cookie && move.toDirectory == null);
  }

  /** The move of a directory that was at a place, or null. */
  @Nullable TreeMove from(TreeNode directory, byte[] name) {
    return first(move -> move.node != null && move.isFrom(directory, name));
  }

  @Nullable TreeMove first(Predicate<TreeMove> condition) {
    for (TreeMove move : moves) {
      if (condition.test(move)) {
        return move;
      }
    }
    return null;
  }

  /**
   * Notes that both ends of a move have come. Exchanging two entries looks like moving one there
   * and back again, so a move that is the reverse of another one may be half of an exchange.
   */
  void paired(TreeMove move, TreeNode toDirectory, byte[] toName) {
    for (TreeMove other : recent) {
      if (other.isFrom(toDirectory, toName) && other.isTo(move.directory, move.name)) {
        move.isMirror = true;
      }
    }
    recent.add(move);
    if (recent.size() > MOST_RECENT) {
      recent.remove();
    }
  }

  /** Whether something is to be done yet. */
  boolean isOpen() {
    return first(TreeMove::isOpen) != null;
  }

  /** How long until the next move has waited long enough, in nanoseconds. */
  long untilNext() {
    long now = System.nanoTime();
    long least = Long.MAX_VALUE;
    for (TreeMove move : moves) {
      if (move.isOpen()) {
        least = Math.min(least, Math.max(1, move.deadline - now));
      }
    }
    return least;
  }
}
