package org.inotify4j.cli.base;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has the end of the JVM, as by Ctrl-C, interrupt the thread that made this and wait for what that
 * still has to print; then the exit code is that thread's, not the signal's.
 */
public final class AtInterrupt implements AutoCloseable {

  /** How long that may take. */
  private static final long PATIENCE_SECONDS = 10;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread = Thread.currentThread();
  private volatile int exitCode = -1;

  /** Says with which code the JVM ends, if it is ending. */
  public void endsWith(int code) {
    exitCode = code;
  }

  /** The JVM is ending. */
  void interrupt() {
    thread.interrupt();
    try {
      if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && exitCode >= 0) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      // Then it ends as the signal has it.
    }
  }

  /** Nothing more is printed; where the JVM is ending, it goes on now. */
  @Override
  public void close() {
    done.countDown();
  }
}
