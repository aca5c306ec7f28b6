package org.inotify4j.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inotify4j.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * The moves in a tree of which not all events have come yet.
 *
 * <p>The wait for what belongs to a move is over when its time is over, but not before all that was
 * there to be taken after its first event has been taken: a busy machine may let a lot of time pass
 * between two events that lie one after the other in the queue. A move whose wait is over is
 * remembered for a while.
 */
final class TreeMoves {

  /** How long a move waits for what belongs to it, in nanoseconds, as in {@link HeldMoves}. */
  static final long WAIT = HeldMoves.WAIT;

  private static final int MOST_REMEMBERED = 1024;

  /** Those whose second end has not come, by cookie: open ones, and the last others. */
  private final Map<Integer, TreeMove> halves =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, TreeMove> eldest) {
          return size() > MOST_REMEMBERED && !eldest.getValue().isOpen();
        }
      };

  /** Those that wait, in the order of their deadlines. */
  private final Set<TreeMove> open = new LinkedHashSet<>();

  /** Those of the open ones that have a node, by that. */
  private final Map<TreeNode, TreeMove> byNode = new LinkedHashMap<>();

  /** Those of the open ones that have none, by their old place. */
  private final Map<Place, TreeMove> byPlace = new HashMap<>();

  /** Counts the rounds of the tree's work. */
  private int round;

  /** A round is over: all that was there has been taken. */
  void endRound() {
    round++;
  }

  /** The first end of a move. */
  TreeMove begin(
      TreeNode directory,
      byte[] name,
      int mask,
      int cookie,
      @Nullable TreeNode node,
      boolean owesDeletion) {
    long deadline = System.nanoTime() + WAIT;
    TreeMove move =
        new TreeMove(directory, name, mask, cookie, node, owesDeletion, deadline, round);
    halves.put(cookie, move);
    if (node != null) {
      byNode.put(node, move);
    } else if (owesDeletion) {
      byPlace.put(new Place(directory, EntryName.of(name)), move);
    }
    if (move.isOpen()) {
      open.add(move);
    }
    return move;
  }

  /** The move whose second end this is, or null. */
  @Nullable TreeMove takeHalf(int cookie) {
    return halves.remove(cookie);
  }

  /** A move does not wait any more. */
  void end(TreeMove move) {
    if (open.remove(move)) {
      if (move.node != null) {
        byNode.remove(move.node, move);
      } else {
        byPlace.remove(new Place(move.directory, EntryName.of(move.name)), move);
      }
    }
  }

  void clear() {
    halves.clear();
    open.clear();
    byNode.clear();
    byPlace.clear();
  }

  /** Whether something is yet to be told of a move that began before a time. */
  boolean isOpenSince(long time) {
    return !open.isEmpty() && open.iterator().next().deadline - WAIT - time <= 0;
  }

  /** The move of a directory that has not said yet that it moved, or null. */
  @Nullable TreeMove of(TreeNode node) {
    return byNode.get(node);
  }

  /** Whether the deletion of a directory's old name will be told. */
  boolean isLeaving(TreeNode node) {
    return byNode.containsKey(node);
  }

  /**
   * The moves that wait in vain, now that an entry of a directory changes: both ends of a rename
   * and MOVE_SELF come without another change of either directory between them.
   *
   * @param cookie that of the change, whose own first end waits for it rightly
   */
  List<TreeMove> endedBy(TreeNode directory, byte[] name, int cookie) {
    if (open.isEmpty()) {
      return List.of();
    }
    List<TreeMove> ended = new ArrayList<>(1);
    for (TreeMove move : byNode.values()) {
      boolean isSecondEnd = move.cookie == cookie && move.toDirectory == null;
      if (!isSecondEnd && (move.directory == directory || move.toDirectory == directory)) {
        ended.add(move);
      }
    }
    TreeMove held = byPlace.get(new Place(directory, EntryName.of(name)));
    if (held != null && held.cookie != cookie) {
      ended.add(held);
    }
    return ended;
  }

  /** The first of the moves that have waited long enough, or null. */
  @Nullable TreeMove firstExpired() {
    if (open.isEmpty()) {
      return null;
    }
    TreeMove first = open.iterator().next();
    return first.round < round && first.deadline - System.nanoTime() <= 0 ? first : null;
  }

  /** How long until the first one has, in nanoseconds; {@link Long#MAX_VALUE} if there is none. */
  long untilNext() {
    return open.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(1, open.iterator().next().deadline - System.nanoTime());
  }

  /** All that are open. */
  List<TreeMove> all() {
    return new ArrayList<>(open);
  }

  /** An entry of a directory. */
  private record Place(TreeNode directory, EntryName name) {}
}
