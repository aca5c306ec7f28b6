package org.inotify4j.watch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;

/** Where a thread waits until a test lets it go on. */
final class Gate implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Waits here, as in a system call: an interrupt changes nothing. */
  void pass() {
    reached.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        assertThat(opened.await(PATIENCE_SECONDS, SECONDS)).as("the gate is opened").isTrue();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a thread waits here. */
  void awaitReached() throws InterruptedException {
    assertThat(reached.await(PATIENCE_SECONDS, SECONDS)).as("the gate is reached").isTrue();
  }

  /** Whether a thread waits here, or has waited. */
  boolean isReached() {
    return reached.getCount() == 0;
  }

  /** Lets go on whoever waits here, and whoever comes. */
  void open() {
    opened.countDown();
  }

  @Override
  public void close() {
    open();
  }
}
