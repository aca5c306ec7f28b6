package org.inotify4j.base;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who is using something that is closed by the last one to leave, so that nobody meets a
 * number that the system has given to somebody else meanwhile.
 *
 * <p>One atomic number holds the mark that it is closed and the count, so a thread either is
 * counted before the mark or is refused. Safe for use by several threads.
 */
public final class UseCount {

  /** The mark; the other bits count who is inside. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private final AtomicInteger state = new AtomicInteger();

  /** Whether nobody is let in any more. */
  public boolean isClosed() {
    return state.get() < 0;
  }

  /** Begins a use; {@link #exit} must follow where this says true. False: it is closed. */
  public boolean enter() {
    int seen;
    do {
      seen = state.get();
      if (seen < 0) {
        return false;
      }
    } while (!state.compareAndSet(seen, seen + 1));
    return true;
  }

  /** Ends a use. True, to one caller: it was the last one, and is to close what was used. */
  @CheckReturnValue
  public boolean exit() {
    return state.decrementAndGet() == CLOSED;
  }

  /**
   * Lets nobody in any more. A second call does nothing.
   *
   * @return true, to one caller: nobody is inside, and what was used is to be closed
   */
  @CheckReturnValue
  public boolean close() {
    int seen;
    do {
      seen = state.get();
      if (seen < 0) {
        return false;
      }
    } while (!state.compareAndSet(seen, (seen | CLOSED) + 1));
    return exit();
  }
}
