package org.inotify4j.watch;

/** What subscribes to watches: a service for its plain keys, a tree for its directories. */
interface Listener {

  /**
   * Takes an event of a watch. Called under the hub's lock: it must be short.
   *
   * @return whether somebody was woken for it; not where who takes it is busy with what came before
   */
  boolean deliver(KernelRecord event, HeldMoves held);

  /** The kernel has removed a watch. */
  void watchEnded(int wd, HeldMoves held);

  /** Events of one watch are lost. */
  void overflow(int wd);

  /** The bits that are wanted of a watch, with EXCL_UNLINK where that is; 0 if none are. */
  int mask(int wd);

  /**
   * The kernel's mask of a watch is not what its subscribers want together, since one of them has
   * left: who can reach the directory is to replace it, later and in another thread.
   */
  default void maskIsOther(int wd) {}

  /** A watch was removed, by whomever: where there was no room there may be some. */
  default void roomIsMade() {}
}
