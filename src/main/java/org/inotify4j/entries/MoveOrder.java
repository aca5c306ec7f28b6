package org.inotify4j.entries;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Puts what comes and what moves into an order in which each step can be done when it is its turn.
 *
 * <p>An entry comes to its place when the directory that it will be in is at its own, and when who
 * has the place has left it: has moved away, or everything in it that lives on has moved out. It is
 * a search in depth through these conditions. Where they go in a circle, such as when two names are
 * swapped, no order of plain moves exists; then those moves are given up that others of the circle
 * wait for, and the search is begun anew.
 */
final class MoveOrder {

  private static final int NONE = EntryColumns.NONE;

  /** So often circles are looked for, before everything that is elsewhere counts as another. */
  private static final int MOST_ROUNDS = 8;

  private static final byte WAITS = 1;
  private static final byte DONE = 2;

  private final Matching matching;
  private final Departed departed;

  /** By newer row: whether it waits for others, or has all that it waits for. */
  private final byte[] states;

  /** What comes or moves, in order. */
  private int[] order = new int[16];

  private int size;

  /** The moves that have to be given up. */
  private final BitSet circular = new BitSet();

  /** The rows that wait one for the other; each with what it waits for next. */
  private int[] stack = new int[64];

  private int[] next = new int[64];
  private int depth;

  private MoveOrder(Matching matching) {
    this.matching = matching;
    this.departed = new Departed(matching);
    this.states = new byte[matching.newer.size()];
  }

  /** Finds an order, and takes from the matching the moves that there is none for. */
  static MoveOrder of(Matching matching) {
    for (int round = 0; ; round++) {
      matching.settle(round == MOST_ROUNDS);
      MoveOrder order = new MoveOrder(matching);
      order.search();
      if (order.circular.isEmpty()) {
        return order;
      }
      matching.forget(order.circular);
    }
  }

  Departed departed() {
    return departed;
  }

  /** The newer rows that come or move, in order. */
  int[] rows() {
    return Arrays.copyOf(order, size);
  }

  private void search() {
    states[EntryColumns.ROOT] = DONE;
    for (int row = EntryColumns.ROOT + 1; row < states.length; row++) {
      if (states[row] == 0 && comesOrMoves(row)) {
        push(row);
        while (depth > 0) {
          step();
        }
      } else if (states[row] == 0 && states[matching.newer.parent(row)] == DONE) {
        states[row] = DONE;
      }
    }
  }

  private boolean comesOrMoves(int row) {
    return matching.oldOf(row) == NONE || matching.isMoved(row);
  }

  /** Goes on with the row that was waited for last. */
  private void step() {
    int row = stack[depth - 1];
    int awaited = awaited(row);
    if (awaited == NONE) {
      depth--;
      states[row] = DONE;
      if (comesOrMoves(row)) {
        append(row);
      }
    } else if (states[awaited] == WAITS) {
      giveUp(awaited);
    } else if (states[awaited] != DONE) {
      push(awaited);
    }
  }

  private static final int PARENT = -2;
  private static final int PLACE = -3;
  private static final int OVER = -4;

  /** What a row waits for next, or none. */
  private int awaited(int row) {
    int at = next[depth - 1];
    if (at == PARENT) {
      next[depth - 1] = comesOrMoves(row) ? PLACE : OVER;
      return matching.newer.parent(row);
    }
    if (at == PLACE) {
      return awaitedForPlace(row);
    }
    if (at == OVER) {
      return NONE;
    }
    int following = departed.nextMover(at);
    next[depth - 1] = following == NONE ? OVER : following;
    return matching.newOf(at);
  }

  private int awaitedForPlace(int row) {
    next[depth - 1] = OVER;
    int occupant = matching.occupant(row);
    if (occupant == NONE) {
      return NONE;
    }
    if (matching.newOf(occupant) != NONE) {
      return matching.newOf(occupant);
    }
    int mover = departed.firstMover(occupant);
    if (mover == NONE) {
      return NONE;
    }
    int following = departed.nextMover(mover);
    next[depth - 1] = following == NONE ? OVER : following;
    return matching.newOf(mover);
  }

  /** Gives up the moves of the circle that closes with a row which waits already. */
  private void giveUp(int closing) {
    int from = depth - 1;
    while (stack[from] != closing) {
      from--;
    }
    for (int i = from; i < depth; i++) {
      int awaited = i + 1 < depth ? stack[i + 1] : closing;
      // Who is waited for as a directory to be in, and not to leave a place, may move.
      if (awaited != matching.newer.parent(stack[i])) {
        circular.set(awaited);
      }
    }
  }

  private void push(int row) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
      next = Arrays.copyOf(next, 2 * depth);
    }
    stack[depth] = row;
    next[depth] = PARENT;
    states[row] = WAITS;
    depth++;
  }

  private void append(int row) {
    if (size == order.length) {
      order = Arrays.copyOf(order, 2 * size);
    }
    order[size++] = row;
  }
}
