package org.inotify4j.tree;

/**
 * How an entry that came is told.
 *
 * @param asDirectory tells it, where it is a directory
 * @param asOther tells it, where it is none
 * @param evidence what is known of it before it is opened
 */
record Arrival(Runnable asDirectory, Runnable asOther, Evidence evidence) {

  /** There is nothing to tell of what came, for sure. */
  static final Arrival TOLD_BEFORE =
      new Arrival(Arrival::tellNothing, Arrival::tellNothing, Evidence.REPORTED);

  private static void tellNothing() {}

  /** What is known of an entry before it is opened. */
  enum Evidence {
    /** The kernel said that it came: it is told also if it is gone already. */
    REPORTED,
    /** Its directory was read, and it was there. */
    LISTED,
    /** Nothing: somebody looks whether there is one. */
    NONE
  }

  /** There is nothing to tell. */
  static Arrival untold(Evidence evidence) {
    return new Arrival(Arrival::tellNothing, Arrival::tellNothing, evidence);
  }
}
