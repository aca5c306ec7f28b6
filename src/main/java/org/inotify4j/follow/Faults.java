package org.inotify4j.follow;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.inotify4j.base.Log;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;

/**
 * The rounds of a follower that have failed one after the other: when the next one is tried, and
 * when the key is given up.
 *
 * <p>One that finds no memory is tried again in a while, when others may have given some back, and
 * only several of those count as one that failed: a program that is short of memory for a moment
 * keeps its keys. In the follower's own thread.
 */
final class Faults {

  /** How many rounds in a row may fail before the key is given up. */
  static final int MOST = 3;

  /** How many rounds without memory count as one that failed. */
  static final int WAITS = 4;

  /** How long it is waited for memory each time, in nanoseconds. */
  static final long WAIT = TimeUnit.MILLISECONDS.toNanos(100);

  private final Audience audience;
  private final Workers workers;
  private final Task task;
  private int inARow;
  private int withoutMemory;

  /** Whether no round is to be before the time. */
  private boolean isWaiting;

  private long time;

  /**
   * No faults so far.
   *
   * @param task the follower's rounds
   */
  Faults(Audience audience, Workers workers, Task task) {
    this.audience = audience;
    this.workers = workers;
    this.task = task;
  }

  /** A round has failed: whether {@link #tryAgain another one} is to be tried. */
  boolean mayTryAgain(Throwable cause) {
    isWaiting = cause instanceof OutOfMemoryError;
    boolean isFirst = inARow == 0 && withoutMemory == 0;
    boolean counts = !isWaiting || ++withoutMemory % WAITS == 0;
    if (counts) {
      inARow++;
    }
    if (inARow == MOST) {
      say("the events cannot be followed; it ends: ", cause);
    } else if (counts || isFirst) {
      say("an event was not followed; looking anew: ", cause);
    }
    return inARow < MOST;
  }

  private void say(String what, Throwable cause) {
    try {
      Log.log(Level.ERROR, what + audience, cause);
    } catch (OutOfMemoryError e) {
      // There is no room to say it.
    }
  }

  /** Has another round come: at once, or when there may be memory. */
  void tryAgain() {
    if (isWaiting) {
      time = System.nanoTime() + WAIT;
      comeBack();
    } else {
      workers.submit(task);
    }
  }

  /** Whether a round comes too early, for whatever reason: then there is another one in time. */
  boolean putsOff() {
    isWaiting = isWaiting && time - System.nanoTime() > 0;
    if (isWaiting) {
      comeBack();
    }
    return isWaiting;
  }

  private void comeBack() {
    try {
      workers.submitAt(task, time);
    } catch (OutOfMemoryError e) {
      // Not even for a deadline: then this thread waits, and nothing is forgotten.
      LockSupport.parkNanos(time - System.nanoTime());
      workers.submit(task);
    }
  }

  /** A round has not failed. */
  void end() {
    inARow = 0;
    withoutMemory = 0;
  }
}
