package org.inotify4j.watch;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;

/**
 * Joins MOVED_FROM and MOVED_TO for the keys that asked for renames.
 *
 * <p>The kernel queues the two ends of a move one after the other, though events of other threads
 * may come between them, and a read may end there. So a MOVED_FROM is held until its other end
 * comes. Where the entry left what the key watches no other end ever comes: after 5 milliseconds a
 * mark is placed in the queue, and when the poller comes to that the other end would have come
 * before it. So a machine that is too busy to read tears no rename apart.
 *
 * <p>Meanwhile all other events pass. Only an event of the same name cannot, since the order of the
 * two matters to who keeps a list of names: the held one is released before it.
 *
 * <p>Not safe for use by several threads: the hub's lock guards it.
 */
final class HeldMoves {

  /** How long a MOVED_FROM waits before a mark is placed, in nanoseconds. */
  static final long WAIT = TimeUnit.MILLISECONDS.toNanos(5);

  private final Barriers barriers;

  /** In the order in which they came, which is that of their deadlines. */
  private final Set<HeldMove> moves = new LinkedHashSet<>();

  private final Map<Key, OfKey> byKey = new HashMap<>();

  /** In the order in which they came. */
  private final Queue<Settlement> settlements = new ArrayDeque<>();

  private final KernelRecord released = new KernelRecord();
  private long count;
  private boolean markIsUnderWay;

  HeldMoves(Barriers barriers) {
    this.barriers = barriers;
  }

  /** Takes an event of a key that asked for renames. */
  void join(Key key, KernelRecord event) {
    OfKey ofKey = byKey.get(key);
    HeldMove from = null;
    if (ofKey != null) {
      from = event.is(Flag.MOVED_TO) ? ofKey.byCookie.get(event.cookie()) : null;
      if (from != null) {
        forget(from);
      }
      HeldMove sameName = event.nameLength() > 0 ? ofKey.byName.get(event.entryName()) : null;
      if (sameName != null) {
        release(sameName);
      }
    }
    if (from != null) {
      key.hearRename(from, event);
    } else if (event.is(Flag.MOVED_FROM)) {
      hold(key, event);
    } else {
      key.hear(event);
    }
  }

  private void hold(Key key, KernelRecord event) {
    long deadline = System.nanoTime() + WAIT;
    HeldMove move =
        new HeldMove(key, event.mask(), event.cookie(), event.entryName(), deadline, ++count);
    moves.add(move);
    OfKey ofKey = byKey.computeIfAbsent(key, any -> new OfKey());
    ofKey.byCookie.put(move.cookie, move);
    ofKey.byName.put(move.name, move);
  }

  /** Releases what a key still waits for, before the key ends. */
  void releaseAll(Key key) {
    OfKey ofKey = byKey.get(key);
    if (ofKey != null) {
      List.copyOf(ofKey.byCookie.values()).forEach(this::release);
    }
  }

  /** Runs an action once everything that is held now has been joined or released. */
  void whenSettled(Runnable action) {
    if (moves.isEmpty()) {
      action.run();
    } else {
      settlements.add(new Settlement(action, count));
    }
  }

  /**
   * Asks for the last time for the other ends of what has waited long enough.
   *
   * @return how long until the next one has, in nanoseconds; {@link Long#MAX_VALUE} if there is
   *     none, or what comes next comes out of the queue
   */
  long releaseExpired() {
    long wait = Long.MAX_VALUE;
    if (!moves.isEmpty() && !markIsUnderWay) {
      HeldMove first = moves.iterator().next();
      long now = System.nanoTime();
      if (first.deadline - now > 0) {
        wait = first.deadline - now;
      } else if (barriers.place(() -> markReached(now)) >= 0) {
        markIsUnderWay = true;
      } else {
        releaseUntil(now);
        wait = moves.isEmpty() ? wait : Math.max(1, moves.iterator().next().deadline - now);
      }
    }
    settle();
    return wait;
  }

  /** Everything has come that was there when the mark was placed. */
  private void markReached(long placed) {
    markIsUnderWay = false;
    releaseUntil(placed);
  }

  private void releaseUntil(long time) {
    for (Iterator<HeldMove> all = moves.iterator(); all.hasNext(); ) {
      HeldMove held = all.next();
      if (held.deadline - time > 0) {
        return;
      }
      all.remove();
      release(held);
    }
  }

  private void settle() {
    while (!settlements.isEmpty()
        && (moves.isEmpty() || moves.iterator().next().number > settlements.element().last())) {
      settlements.remove().action().run();
    }
  }

  /** Forgets what is held, and keeps no action waiting: nothing comes any more. */
  void end() {
    moves.clear();
    byKey.clear();
    while (!settlements.isEmpty()) {
      settlements.element().action().run();
      settlements.remove();
    }
  }

  private void release(HeldMove held) {
    forget(held);
    released.set(held);
    held.key.hear(released);
  }

  private void forget(HeldMove held) {
    moves.remove(held);
    OfKey ofKey = byKey.get(held.key);
    if (ofKey != null) {
      ofKey.byCookie.remove(held.cookie, held);
      ofKey.byName.remove(held.name, held);
      if (ofKey.byCookie.isEmpty()) {
        byKey.remove(held.key);
      }
    }
  }

  /** What is held for one key, in order. */
  private static final class OfKey {
    final Map<Integer, HeldMove> byCookie = new LinkedHashMap<>();
    final Map<EntryName, HeldMove> byName = new HashMap<>();
  }

  /**
   * An action that waits for what was held when it came.
   *
   * @param last the number of the last one that was
   */
  private record Settlement(Runnable action, long last) {}
}
