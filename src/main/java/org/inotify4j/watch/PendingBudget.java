package org.inotify4j.watch;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that one service holds for its keys and their followers, and may hold. */
final class PendingBudget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  PendingBudget(long limit) {
    this.limit = limit;
  }

  boolean tryReserve(long bytes) {
    if (used.addAndGet(bytes) <= limit) {
      return true;
    }
    release(bytes);
    return false;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
