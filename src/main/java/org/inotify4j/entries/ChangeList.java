package org.inotify4j.entries;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells what differs between two snapshots, change by change, each of which can be done when those
 * before it are done.
 *
 * <p>First what is gone, as far as nothing has to move out of it; then what comes and moves, each
 * to its place for good, and before it what has the place and goes; then what is gone by now; then
 * what is another one, or changed, in its place.
 */
public final class ChangeList {

  private static final int NONE = EntryColumns.NONE;

  private final Matching matching;
  private final EntryColumns older;
  private final EntryColumns newer;
  private final Departed departed;
  private final int[] order;
  private final Changes changes;

  /** Those done so far. */
  private final Moves moves;

  /** The older rows that something had to move out of, and that are yet to go. */
  private final BitSet left = new BitSet();

  /** The same, by the one furthest up that goes with them; those below come first. */
  private final Map<Integer, List<Integer>> leftOf = new HashMap<>();

  private ChangeList(Matching matching, MoveOrder order, Changes changes) {
    this.matching = matching;
    this.older = matching.older;
    this.newer = matching.newer;
    this.departed = order.departed();
    this.order = order.rows();
    this.changes = changes;
    this.moves = new Moves(older, newer, countMoves());
  }

  /** Tells what differs. */
  public static void tell(EntryColumns older, EntryColumns newer, Changes changes) {
    Matching matching = new Matching(older, newer);
    new ChangeList(matching, MoveOrder.of(matching), changes).tell();
  }

  private void tell() {
    BitSet replaced = replacedByAnotherType();
    for (int old = older.size() - 1; old > EntryColumns.ROOT; old--) {
      if (isGone(old) && !replaced.get(old)) {
        if (departed.keepsSomething(old)) {
          left.set(old);
          leftOf.computeIfAbsent(departed.top(old), any -> new ArrayList<>()).add(old);
        } else {
          changes.deleted(moves.now(old), old);
        }
      }
    }
    for (int row : order) {
      put(row);
    }
    for (int old = left.length() - 1; old >= 0; old = left.previousSetBit(old - 1)) {
      tellLeft(old);
    }
    for (int row = 0; row < newer.size(); row++) {
      tellInPlace(row);
    }
  }

  private int countMoves() {
    int count = 0;
    for (int row : order) {
      count += matching.oldOf(row) == NONE ? 0 : 1;
    }
    return count;
  }

  private boolean isGone(int old) {
    return matching.newOf(old) == NONE && !matching.isHidden(old);
  }

  /** The older rows whose names a newer entry of another type has. */
  private BitSet replacedByAnotherType() {
    BitSet replaced = new BitSet();
    for (int row : order) {
      if (matching.oldOf(row) == NONE) {
        int occupant = goneFrom(row);
        if (occupant != NONE && !(older.isDirectory(occupant) && newer.isDirectory(row))) {
          replaced.set(occupant);
        }
      }
    }
    return replaced;
  }

  /** Who had the place of a newer row and is gone, or none. */
  private int goneFrom(int row) {
    int occupant = matching.occupant(row);
    return occupant != NONE && isGone(occupant) ? occupant : NONE;
  }

  /** A row that comes or moves takes its place. */
  private void put(int row) {
    int occupant = goneFrom(row);
    int old = matching.oldOf(row);
    boolean isReplacement =
        occupant != NONE && old == NONE && !(older.isDirectory(occupant) && newer.isDirectory(row));
    if (occupant != NONE) {
      leftOf.getOrDefault(occupant, List.of()).forEach(this::tellLeft);
    }
    if (isReplacement) {
      changes.replaced(occupant, row);
    } else if (old == NONE) {
      changes.created(row);
    } else {
      changes.moved(moves.now(old), old, row);
      moves.add(old, row);
    }
  }

  private void tellLeft(int old) {
    changes.deleted(moves.now(old), old);
    left.clear(old);
  }

  private void tellInPlace(int row) {
    int old = matching.oldOf(row);
    if (old == NONE) {
      return;
    }
    if (matching.isReplaced(row)) {
      changes.replaced(old, row);
    } else if (matching.isModified(row)) {
      changes.modified(old, row);
    }
  }

  /** Hears of the changes, in order. What is not deleted is at the path of its newer row. */
  public interface Changes {

    void created(int row);

    void deleted(FormerPath path, int old);

    void replaced(int old, int row);

    void modified(int old, int row);

    void moved(FormerPath from, int old, int row);
  }
}
