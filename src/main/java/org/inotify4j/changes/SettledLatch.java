package org.inotify4j.changes;

import java.util.concurrent.CountDownLatch;
import org.inotify4j.follow.Waiter;

/** A latch for a thread that waits until all followers of a watcher have told everything. */
final class SettledLatch implements Waiter {

  final CountDownLatch latch = new CountDownLatch(1);
  private volatile boolean isGivenUp;

  @Override
  public void settled() {
    latch.countDown();
  }

  @Override
  public boolean isWaiting() {
    return !isGivenUp;
  }

  /** Nobody waits any more. */
  void giveUp() {
    isGivenUp = true;
  }
}
