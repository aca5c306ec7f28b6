package org.inotify4j.base;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does what must not fail for want of memory: nobody else would do it. Where there is none it waits
 * for others to give some back.
 */
public final class Insistently {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private Insistently() {}

  /** Loads this class, while there are descriptors to load it with. */
  public static void prepare() {}

  /** What runs an action so. */
  public static Runnable each(Runnable action) {
    return new Each(action);
  }

  private static final class Each implements Runnable {
    private final Runnable action;

    Each(Runnable action) {
      this.action = action;
    }

    @Override
    public void run() {
      Insistently.run(action);
    }
  }

  /**
   * Runs an action, and once more as long as it runs out of memory.
   *
   * @param action may be run several times, and may have done a part of its work each time
   */
  public static void run(Runnable action) {
    boolean isDone = false;
    while (!isDone) {
      try {
        action.run();
        isDone = true;
      } catch (OutOfMemoryError e) {
        LockSupport.parkNanos(PAUSE);
      }
    }
  }
}
