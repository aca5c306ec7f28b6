package org.inotify4j.watch;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.util.concurrent.CountDownLatch;

/** Where a thread waits until a test lets it go on. It is used in child processes as well. */
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
        await(opened, "the gate is opened");
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A matcher of what is left out, which leaves nothing out: for an entry of this name it waits.
   */
  WatchEvent.Modifier holdingAt(String name) {
    PathMatcher waiting =
        path -> {
          if (path.endsWith(name)) {
            pass();
          }
          return false;
        };
    return INotifyModifiers.exclude(waiting);
  }

  /** Waits until a thread waits here. */
  void awaitReached() throws InterruptedException {
    await(reached, "the gate is reached");
  }

  private static void await(CountDownLatch latch, String about) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, SECONDS)) {
      throw new AssertionError("not in time: " + about);
    }
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
