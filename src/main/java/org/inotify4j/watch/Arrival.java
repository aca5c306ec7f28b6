package org.inotify4j.watch;

/**
 * How an entry that came is told.
 *
 * @param asDirectory tells it, where it is a directory
 * @param asOther tells it, where it is none
 * @param isCertain whether the kernel said that it came, so that it is told also if it is gone
 *     already
 */
record Arrival(Runnable asDirectory, Runnable asOther, boolean isCertain) {

  /** There is nothing to tell. */
  static final Arrival UNTOLD = new Arrival(Arrival::tellNothing, Arrival::tellNothing, false);

  /** There is nothing to tell of what came, for sure. */
  static final Arrival TOLD_BEFORE = new Arrival(Arrival::tellNothing, Arrival::tellNothing, true);

  private static void tellNothing() {}
}
