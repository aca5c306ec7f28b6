package org.inotify4j.base;

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
  private final Runnable closing;

  /**
   * Nobody uses it so far.
   *
   * @param closing closes what is used; runs once
   */
  public UseCount(Runnable closing) {
    this.closing = closing;
  }

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

  /** Ends a use. */
  public void exit() {
    if (state.decrementAndGet() == CLOSED) {
      closing.run();
    }
  }

  /** Lets nobody in any more. A second call does nothing. */
  public void close() {
    int seen;
    do {
      seen = state.get();
      if (seen < 0) {
        return;
      }
    } while (!state.compareAndSet(seen, (seen | CLOSED) + 1));
    exit();
  }
}
