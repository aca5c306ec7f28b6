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
  private static final byte[] TOP = {};

  private final Matching matching;
  private final EntryColumns older;
  private final EntryColumns newer;
  private final Departed departed;
  private final int[] order;
  private final Changes changes;

  /** The newer rows that have moved so far. */
  private final BitSet moved = new BitSet();

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
          changes.deleted(pathOf(old), old);
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
    byte[] path = RowPath.of(newer, row);
    if (isReplacement) {
      changes.replaced(path, occupant, row);
    } else if (old == NONE) {
      changes.created(path, row);
    } else {
      byte[] from = pathOf(old);
      moved.set(row);
      changes.moved(from, path, old, row);
    }
  }

  private void tellLeft(int old) {
    changes.deleted(pathOf(old), old);
    left.clear(old);
  }

  private void tellInPlace(int row) {
    int old = matching.oldOf(row);
    if (old == NONE) {
      return;
    }
    if (matching.isReplaced(row)) {
      changes.replaced(RowPath.of(newer, row), old, row);
    } else if (matching.isModified(row)) {
      changes.modified(RowPath.of(newer, row), old, row);
    }
  }

  /** Where an older entry is by now. */
  private byte[] pathOf(int old) {
    if (moved.isEmpty()) {
      return RowPath.of(older, old);
    }
    for (int at = old; at != EntryColumns.ROOT; at = older.parent(at)) {
      int row = matching.newOf(at);
      if (row != NONE && moved.get(row)) {
        return RowPath.below(older, old, at, RowPath.of(newer, row));
      }
    }
    return RowPath.below(older, old, EntryColumns.ROOT, TOP);
  }

  /** Hears of the changes, in order. Paths are relative to the root. */
  public interface Changes {

    void created(byte[] path, int row);

    void deleted(byte[] path, int old);

    void replaced(byte[] path, int old, int row);

    void modified(byte[] path, int old, int row);

    void moved(byte[] from, byte[] path, int old, int row);
  }
}
