package org.inotify4j.watch;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.jspecify.annotations.Nullable;

/**
 * Joins MOVED_FROM and MOVED_TO for the keys that asked for renames.
 *
 * <p>The kernel queues the two ends of a move one after the other, though events of other threads
 * may come between them, and a read may end there. So a MOVED_FROM is held until its other end
 * comes, for 5 milliseconds at most: where the entry left what the key watches, no other end ever
 * comes. Meanwhile all other events pass. Only an event of the same name cannot, since the order of
 * the two matters to who keeps a list of names: the held one is released before it.
 *
 * <p>Not safe for use by several threads: the hub's lock guards it.
 */
final class HeldMoves {

  /** How long a MOVED_FROM waits, in nanoseconds: half of what is promised. */
  static final long WAIT = TimeUnit.MILLISECONDS.toNanos(5);

  /** In the order of their deadlines. */
  private final Queue<HeldMove> moves = new ArrayDeque<>();

  /** In the order of their deadlines. */
  private final Queue<Settlement> settlements = new ArrayDeque<>();

  private final KernelRecord released = new KernelRecord();

  /** Takes an event of a key that asked for renames. */
  void join(Key key, KernelRecord event) {
    HeldMove from = event.is(Flag.MOVED_TO) ? take(key, event.cookie()) : null;
    if (event.nameLength() > 0) {
      releaseSameName(key, event);
    }
    if (from != null) {
      key.hearRename(from, event);
    } else if (event.is(Flag.MOVED_FROM)) {
      long deadline = System.nanoTime() + WAIT;
      moves.add(new HeldMove(key, event.mask(), event.cookie(), event.entryName(), deadline));
    } else {
      key.hear(event);
    }
  }

  /** Releases what a key still waits for, before the key ends. */
  void releaseAll(Key key) {
    releaseIf(held -> held.key() == key);
  }

  /** Runs an action once everything that is held now has been joined or released. */
  void whenSettled(Runnable action) {
    if (moves.isEmpty()) {
      action.run();
    } else {
      settlements.add(new Settlement(action, System.nanoTime() + WAIT));
    }
  }

  /**
   * Releases what has waited long enough.
   *
   * @return how long until the next one has, in nanoseconds; {@link Long#MAX_VALUE} if there is
   *     none
   */
  long releaseExpired() {
    if (moves.isEmpty() && settlements.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long now = System.nanoTime();
    releaseIf(held -> held.deadline() - now <= 0);
    while (!settlements.isEmpty()
        && (moves.isEmpty() || settlements.element().deadline() - now <= 0)) {
      settlements.remove().action().run();
    }
    HeldMove next = moves.peek();
    return next == null ? Long.MAX_VALUE : Math.max(1, next.deadline() - now);
  }

  /** Forgets what is held, and keeps no action waiting: nothing comes any more. */
  void end() {
    moves.clear();
    while (!settlements.isEmpty()) {
      settlements.remove().action().run();
    }
  }

  private @Nullable HeldMove take(Key key, int cookie) {
    for (Iterator<HeldMove> all = moves.iterator(); all.hasNext(); ) {
      HeldMove held = all.next();
      if (held.cookie() == cookie && held.key() == key) {
        all.remove();
        return held;
      }
    }
    return null;
  }

  private void releaseIf(Predicate<HeldMove> condition) {
    for (Iterator<HeldMove> all = moves.iterator(); all.hasNext(); ) {
      HeldMove held = all.next();
      if (condition.test(held)) {
        all.remove();
        released.set(held);
        held.key().hear(released);
      }
    }
  }

  private void releaseSameName(Key key, KernelRecord event) {
    if (!moves.isEmpty()) {
      EntryName name = event.entryName();
      releaseIf(held -> held.key() == key && held.name().equals(name));
    }
  }

  /** An action that waits for what was held when it came. */
  private record Settlement(Runnable action, long deadline) {}
}
