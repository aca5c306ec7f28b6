package org.inotify4j.watch;

import java.util.concurrent.atomic.AtomicLong;
import org.inotify4j.pending.PendingLog;

/**
 * What one service has counted. On the way of an event it is plain numbers, which the service's
 * lock guards that is held there anyway; the rest, which is rare, anybody adds to.
 */
final class ServiceCounters {

  private long pendingEvents;
  private long queueOverflows;
  private long keyOverflows;

  final AtomicLong delivered = new AtomicLong();
  final AtomicLong repairs = new AtomicLong();
  final AtomicLong rescans = new AtomicLong();
  final AtomicLong pollRounds = new AtomicLong();

  // Under the service's lock.

  /**
   * Something is pending at a key that was not, or was dropped.
   *
   * @return whether it was the one too many for the key
   */
  boolean changed(PendingLog log) {
    pendingEvents += log.takeGrowth();
    boolean isOverflow = log.takeOverflow();
    keyOverflows += isOverflow ? 1 : 0;
    return isOverflow;
  }

  /** What was pending at a key is with the program, or will never be. */
  void taken(PendingLog log) {
    pendingEvents -= log.size();
  }

  void queueOverflowed() {
    queueOverflows++;
  }

  long pendingEvents() {
    return pendingEvents;
  }

  long queueOverflows() {
    return queueOverflows;
  }

  long keyOverflows() {
    return keyOverflows;
  }
}
