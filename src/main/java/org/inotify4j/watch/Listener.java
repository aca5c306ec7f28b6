package org.inotify4j.watch;

import org.jspecify.annotations.Nullable;

/** What subscribes to watches: a service for its plain keys, a tree for its directories. */
interface Listener {

  /** Takes an event of a watch. Called under the hub's lock: it must be short. */
  void deliver(KernelRecord event, HeldMoves held);

  /** The kernel has removed a watch. */
  void watchEnded(int wd, HeldMoves held);

  /** Events of one watch are lost. */
  void overflow(int wd);

  /** What is wanted of a watch, or null if nothing is. */
  @Nullable Registration askedFor(int wd);
}
