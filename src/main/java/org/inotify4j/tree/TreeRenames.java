package org.inotify4j.tree;

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
 * The moves in a tree of which not all records have come yet.
 *
 * <p>The wait for what belongs to a move is over when a mark has come by that was placed some
 * milliseconds after its first record: whatever belongs to it would have come before. Nothing is
 * kept of a move whose wait is over, since what comes then is told as something new.
 */
final class TreeRenames {

  /** Those of the open ones whose second end has not come, by cookie. */
  private final Map<Integer, OpenRename> halves = new HashMap<>();

  /** Those that wait, in the order of their deadlines. */
  private final Set<OpenRename> open = new LinkedHashSet<>();

  /** Those of the open ones that have a node, by that. */
  private final Map<TreeNode, OpenRename> byNode = new LinkedHashMap<>();

  /** Those of the open ones that have none, by their old place. */
  private final Map<TreeEntry, OpenRename> byPlace = new HashMap<>();

  private boolean markIsUnderWay;

  /** When the last mark that came by was placed, in {@link System#nanoTime}. */
  private long marked = System.nanoTime() - OpenRename.WAIT;

  /** The first end of a move. */
  OpenRename begin(
      TreeNode directory,
      byte[] name,
      int mask,
      int cookie,
      @Nullable TreeNode node,
      boolean owesDeletion) {
    OpenRename move = new OpenRename(directory, name, mask, cookie, node, owesDeletion);
    if (node != null) {
      byNode.put(node, move);
    } else if (owesDeletion) {
      byPlace.put(new TreeEntry(directory, EntryName.of(name)), move);
    }
    if (move.isOpen()) {
      open.add(move);
      halves.put(cookie, move);
    }
    return move;
  }

  /** The move whose second end this is, or null. */
  @Nullable OpenRename takeHalf(int cookie) {
    return halves.remove(cookie);
  }

  /** A move does not wait any more. */
  void end(OpenRename move) {
    if (open.remove(move)) {
      halves.remove(move.cookie, move);
      if (move.node != null) {
        byNode.remove(move.node, move);
      } else {
        byPlace.remove(new TreeEntry(move.directory, EntryName.of(move.name)), move);
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
    return !open.isEmpty() && open.iterator().next().began - time <= 0;
  }

  /** The move of a directory that has not said yet that it moved, or null. */
  @Nullable OpenRename of(TreeNode node) {
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
  List<OpenRename> endedBy(TreeNode directory, byte[] name, int cookie) {
    if (open.isEmpty()) {
      return List.of();
    }
    List<OpenRename> ended = new ArrayList<>(1);
    for (OpenRename move : byNode.values()) {
      boolean isSecondEnd = move.cookie == cookie && move.toDirectory == null;
      if (!isSecondEnd && (move.directory == directory || move.toDirectory == directory)) {
        ended.add(move);
      }
    }
    OpenRename held = byPlace.get(new TreeEntry(directory, EntryName.of(name)));
    if (held != null && held.cookie != cookie) {
      ended.add(held);
    }
    return ended;
  }

  /** The first of the moves that have waited long enough, or null. */
  @Nullable OpenRename firstExpired() {
    if (open.isEmpty()) {
      return null;
    }
    OpenRename first = open.iterator().next();
    return first.deadline() - marked <= 0 ? first : null;
  }

  /** Whether a mark is to be placed, since a move has waited for some time. */
  boolean needsMark() {
    return !open.isEmpty()
        && !markIsUnderWay
        && open.iterator().next().deadline() - System.nanoTime() <= 0;
  }

  void markPlaced() {
    markIsUnderWay = true;
  }

  /** A mark has come by, or it cannot be placed. */
  void markReached(long placed) {
    markIsUnderWay = false;
    marked = placed;
  }

  /**
   * How long until a mark is to be placed, in nanoseconds; {@link Long#MAX_VALUE} if there is
   * nothing to wait for, or the mark is.
   */
  long untilNext() {
    return open.isEmpty() || markIsUnderWay
        ? Long.MAX_VALUE
        : Math.max(1, open.iterator().next().deadline() - System.nanoTime());
  }

  /** All that are open. */
  List<OpenRename> all() {
    return new ArrayList<>(open);
  }
}
