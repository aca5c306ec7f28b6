package org.inotify4j.recovery;

/** Something that is told piece by piece, as there is room for it. */
interface Telling {

  /** Tells what comes next; false if there is no room for it now, and it is to be tried again. */
  boolean next();

  /** Whether all is told. */
  boolean isDone();
}
