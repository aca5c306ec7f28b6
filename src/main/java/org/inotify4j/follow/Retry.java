package org.inotify4j.follow;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.TimeUnit;

/** When something that failed is tried again: after a second, and then in twice the time each. */
public final class Retry {

  private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
  private static final long LAST = TimeUnit.SECONDS.toNanos(64);

  /** How long it is waited, in nanoseconds; 0 where nothing is to be tried again. */
  private long wait;

  private long time;

  /** Something failed for the first time: it is tried soon, whatever else is waited for. */
  public void begin() {
    long soon = System.nanoTime() + FIRST;
    if (wait == 0 || time - soon > 0) {
      time = soon;
    }
    wait = FIRST;
  }

  /** It failed, for the first time or again. */
  public void failed() {
    wait = wait == 0 ? FIRST : Math.min(LAST, 2 * wait);
    postpone();
  }

  /** The same, where it is also tried for other reasons: these, however many, do not delay it. */
  public void failedInTime() {
    if (!isOwed() || isDue()) {
      failed();
    }
  }

  /** It failed, for the first time or again, perhaps since no directory is at the path. */
  public void failed(IOException why) {
    if (why instanceof NoSuchFileException || why instanceof NotDirectoryException) {
      wasAway();
    } else {
      failed();
    }
  }

  /**
   * What it needs was not at its path: that is looked at each second, which costs next to nothing,
   * and it may be back at any time.
   */
  public void wasAway() {
    wait = FIRST;
    postpone();
  }

  /** It is tried again after the same time, should nobody say before how it went. */
  public void postpone() {
    time = System.nanoTime() + wait;
  }

  public void succeeded() {
    wait = 0;
  }

  /** It may succeed now. */
  public void hasten() {
    time = System.nanoTime();
  }

  /** Whether something is to be tried again, now or later. */
  public boolean isOwed() {
    return wait > 0;
  }

  public boolean isDue() {
    return wait > 0 && time - System.nanoTime() <= 0;
  }

  /** How long until it is due, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  public long untilDue() {
    return wait == 0 ? Long.MAX_VALUE : Math.max(1, time - System.nanoTime());
  }
}
