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
import org.inotify4j.base.Insistently;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.work.Task;
import org.jspecify.annotations.Nullable;

/**
 * Joins MOVED_FROM and MOVED_TO for the keys of a service that asked for renames.
 *
 * <p>The kernel queues the two halves of a move one after the other, though records of other
 * threads may come between them, and a read may end there. So a MOVED_FROM is held until its other
 * half comes. Where the entry left what the key watches no other half ever comes: after 5
 * milliseconds a mark is placed in the queue, and when the poller comes to that the other half
 * would have come before it. So a machine that is too busy to read tears no rename apart.
 *
 * <p>The clock is that of the hub's workers, and is set only where a half is still open when its
 * batch has been handed out: nobody waits for a deadline where every rename came whole.
 *
 * <p>Meanwhile all other records pass. Only one of the same name cannot, since the order of the two
 * matters to who keeps a list of names: the held one is released before it.
 *
 * <p>The service's lock guards it. What is released may end a key, and so a watch: whoever calls a
 * method that releases holds the hub's lock as well.
 */
final class RenamePairs {

  /** How long a MOVED_FROM waits before a mark is placed, in nanoseconds. */
  static final long WAIT = TimeUnit.MILLISECONDS.toNanos(5);

  private final Hub hub;
  private final OrderedLock lock;

  /** Made for the first half that waits. */
  private @Nullable Task asking;

  /** In the order in which they came, which is that of their deadlines. */
  private final Set<OpenHalf> halves = new LinkedHashSet<>();

  private final Map<Key, OfKey> byKey = new HashMap<>();

  /** In the order in which they came. */
  private final Queue<Settlement> settlements = new ArrayDeque<>();

  private final KernelRecord released = new KernelRecord();
  private long count;

  /** Whether a deadline is set, or about to be, or a mark is under way. */
  private boolean isAsking;

  RenamePairs(Hub hub, OrderedLock lock) {
    this.hub = hub;
    this.lock = lock;
  }

  /** Takes a record of a key that asked for renames. */
  void join(Key key, KernelRecord record) {
    lock.assertHeld();
    OfKey ofKey = byKey.get(key);
    OpenHalf from = null;
    if (ofKey != null) {
      from = record.is(Flag.MOVED_TO) ? ofKey.byCookie.get(record.cookie()) : null;
      if (from != null) {
        forget(from);
      }
      OpenHalf sameName = record.nameLength() > 0 ? ofKey.byName.get(record.entryName()) : null;
      if (sameName != null) {
        release(sameName);
      }
    }
    if (from != null) {
      key.appendRename(from, record);
    } else if (record.is(Flag.MOVED_FROM)) {
      hold(key, record);
    } else {
      boolean unused = key.append(record);
    }
    settle();
  }

  private void hold(Key key, KernelRecord record) {
    if (!isAsking) {
      // First: where there is no memory for it, nothing is held for ever.
      if (asking == null) {
        asking = new Task("renames", this::askForTheLastTime);
      }
      hub.afterBatch(this::ask);
      isAsking = true;
    }
    long deadline = System.nanoTime() + WAIT;
    OpenHalf half =
        new OpenHalf(key, record.mask(), record.cookie(), record.entryName(), deadline, ++count);
    halves.add(half);
    OfKey ofKey = byKey.computeIfAbsent(key, any -> new OfKey());
    ofKey.byCookie.put(half.cookie(), half);
    ofKey.byName.put(half.name(), half);
  }

  /** Releases what a key still waits for, before the key ends. */
  void releaseAll(Key key) {
    lock.lock();
    try {
      OfKey ofKey = byKey.get(key);
      if (ofKey != null) {
        List.copyOf(ofKey.byCookie.values()).forEach(this::release);
        settle();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs an action, under the lock, once everything that is held now was joined or released. */
  void whenSettled(Runnable action) {
    lock.lock();
    try {
      settlements.add(new Settlement(action, count));
      settle();
    } finally {
      lock.unlock();
    }
  }

  /** Has a worker ask for the other half of the first one, when that has waited long enough. */
  private void ask() {
    lock.lock();
    try {
      isAsking = !halves.isEmpty();
      if (isAsking && asking != null) {
        hub.workers().submitAt(asking, halves.iterator().next().deadline());
      }
    } finally {
      lock.unlock();
    }
  }

  /** In a worker: everything has come that was there now when the poller comes to this place. */
  private void askForTheLastTime() {
    long now = System.nanoTime();
    Insistently.run(() -> hub.atThisPlace(() -> releaseUntil(now)));
  }

  private void releaseUntil(long time) {
    lock.lock();
    try {
      for (Iterator<OpenHalf> all = halves.iterator(); all.hasNext(); ) {
        OpenHalf half = all.next();
        if (half.deadline() - time > 0) {
          break;
        }
        all.remove();
        release(half);
      }
      settle();
      ask();
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    while (!settlements.isEmpty()
        && (halves.isEmpty() || halves.iterator().next().number() > settlements.element().last())) {
      settlements.remove().action().run();
    }
  }

  /** Forgets what is held: the keys hear nothing any more, and nobody waits. */
  void clear() {
    lock.assertHeld();
    halves.clear();
    byKey.clear();
    settlements.clear();
  }

  private void release(OpenHalf half) {
    forget(half);
    released.set(half.key().wd(), half.mask(), half.cookie(), half.name());
    boolean unused = half.key().append(released);
  }

  private void forget(OpenHalf half) {
    halves.remove(half);
    OfKey ofKey = byKey.get(half.key());
    if (ofKey != null) {
      ofKey.byCookie.remove(half.cookie(), half);
      ofKey.byName.remove(half.name(), half);
      if (ofKey.byCookie.isEmpty()) {
        byKey.remove(half.key());
      }
    }
  }

  /** What is held for one key, in order. */
  private static final class OfKey {
    final Map<Integer, OpenHalf> byCookie = new LinkedHashMap<>();
    final Map<EntryName, OpenHalf> byName = new HashMap<>();
  }

  /**
   * An action that waits for what was held when it came.
   *
   * @param last the number of the last one that was
   */
  private record Settlement(Runnable action, long last) {}
}
