package org.inotify4j.cli.base;

import java.time.Duration;

/** How long the command waits for an event of interest: anew after each. */
public final class Patience {

  private final Duration timeout;
  private long since = System.nanoTime();

  /** Zero is for ever. */
  public Patience(Duration timeout) {
    this.timeout = timeout;
  }

  /** Whether it never ends. */
  public boolean isEndless() {
    return timeout.isZero();
  }

  /** Begins anew. */
  public void renew() {
    since = System.nanoTime();
  }

  /** What is left of it; nothing or less where it is over. */
  public Duration left() {
    return timeout.minusNanos(System.nanoTime() - since);
  }

  /** Whether it is over. */
  public boolean isOver() {
    return !isEndless() && left().compareTo(Duration.ZERO) <= 0;
  }
}
