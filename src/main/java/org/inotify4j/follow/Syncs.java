package org.inotify4j.follow;

import java.util.List;
import java.util.Queue;
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

  /** Acts when everything has been told that is in the inbox by now, and what is held of it. */
  void add(Runnable action) {
    Sync sync = new Sync(action);
    waiting.add(sync);
    inbox.mark(sync::arm);
  }

  /** Acts for whom everything has been told. In the worker, with the inbox taken. */
  void run(Model model) {
    if (waiting.isEmpty()) {
      return;
    }
    for (Sync sync : List.copyOf(waiting)) {
      if (sync.isArmed && !model.holdsSince(sync.time) && waiting.remove(sync)) {
        sync.action.run();
      }
    }
  }

  /** Lets nobody wait for what will not come any more. */
  void end() {
    for (Sync sync = waiting.poll(); sync != null; sync = waiting.poll()) {
      sync.action.run();
    }
  }

  /** An action that waits for what happened before it. */
  private static final class Sync {
    final Runnable action;
    boolean isArmed;
    long time;

    Sync(Runnable action) {
      this.action = action;
    }

    /** Everything has come; what is held of it is told in a moment. */
    void arm() {
      isArmed = true;
      time = System.nanoTime();
    }
  }
}
