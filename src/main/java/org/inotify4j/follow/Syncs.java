package org.inotify4j.follow;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Who waits until a follower has told everything that came before. A worker runs them; any thread
 * may add one, or end them all.
 */
final class Syncs {

  private final Inbox inbox;
  private final Queue<Sync> waiting = new ConcurrentLinkedQueue<>();

  Syncs(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Tells when everything has been told that is in the inbox by now, and what is held of it. */
  void add(Waiter waiter) {
    dropWhoGaveUp();
    Sync sync = new Sync(waiter);
    waiting.add(sync);
    inbox.mark(sync);
  }

  /** Of those there may be any number, where something cannot be told for long. */
  private void dropWhoGaveUp() {
    Set<Runnable> dropped = new HashSet<>();
    waiting.removeIf(sync -> !sync.waiter.isWaiting() && dropped.add(sync));
    if (!dropped.isEmpty()) {
      inbox.unmark(dropped);
    }
  }

  /** Acts for whom everything has been told. In the worker, with the inbox taken. */
  void run(Model model) {
    if (waiting.isEmpty()) {
      return;
    }
    for (Sync sync : List.copyOf(waiting)) {
      if (sync.isArmed && !model.holdsSince(sync.time) && waiting.remove(sync)) {
        sync.waiter.settled();
      }
    }
  }

  /** Lets nobody wait for what will not come any more. */
  void end() {
    for (Sync sync = waiting.poll(); sync != null; sync = waiting.poll()) {
      sync.waiter.settled();
    }
  }

  /** One who waits for what happened before. */
  private static final class Sync implements Runnable {
    final Waiter waiter;
    boolean isArmed;
    long time;

    Sync(Waiter waiter) {
      this.waiter = waiter;
    }

    /** Everything has come; what is held of it is told in a moment. */
    @Override
    public void run() {
      isArmed = true;
      time = System.nanoTime();
    }
  }
}
