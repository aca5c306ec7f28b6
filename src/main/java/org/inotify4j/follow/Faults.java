package org.inotify4j.follow;

import java.lang.System.Logger.Level;
import org.inotify4j.base.Log;

/** The rounds of a follower that have failed one after the other. In its own thread. */
final class Faults {

  /** How many rounds in a row may fail before the key is given up. */
  private static final int MOST = 3;

  private final Audience audience;
  private int inARow;

  Faults(Audience audience) {
    this.audience = audience;
  }

  /** A round has failed: says so, and whether another one is to be tried. */
  boolean mayTryAgain(Throwable cause) {
    boolean mayTry = ++inARow < MOST;
    String what =
        mayTry
            ? "an event was not followed; looking anew: "
            : "the events cannot be followed; it ends: ";
    Log.log(Level.ERROR, what + audience, cause);
    return mayTry;
  }

  /** A round has not failed. */
  void end() {
    inARow = 0;
  }
}
