package org.inotify4j.cli;

import java.time.Duration;

/** How long the command waits for an event of interest: anew after each. */
final class Patience {

  private final Duration timeout;
  private long since = System.nanoTime();

  /** Zero is for ever. */
  Patience(Duration timeout) {
    this.timeout = timeout;
  }

  /** Whether it never ends. */
  boolean isEndless() {
    return timeout.isZero();
  }

  /** Begins anew. */
  void renew() {
    since = System.nanoTime();
  }

  /** What is left of it; nothing or less where it is over. */
  Duration left() {
    return timeout.minusNanos(System.nanoTime() - since);
  }

  /** Whether it is over. */
  boolean isOver() {
    return !isEndless() && left().compareTo(Duration.ZERO) <= 0;
  }
}
