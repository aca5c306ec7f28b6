package org.inotify4j.hub;

import java.util.concurrent.locks.LockSupport;
import org.inotify4j.EventBuffer;
import org.inotify4j.INotify;
import org.inotify4j.work.Daemons;

/**
 * Moves what the kernel has into the hub, until the hub is closed. It does nothing else, so that
 * the kernel's queue drains at the speed of reading, whatever the consumers do.
 *
 * <p>Where events come faster than they are consumed, reading each as it comes would cost more than
 * all the rest: this thread would wake up for every single one. So where nobody had to be woken for
 * what was read, since all who take it are busy with what came before, it lets some more gather in
 * the kernel's queue before it reads again. Who waits is told at once: an event for which somebody
 * is woken is followed by no such pause.
 */
final class Poller implements Runnable {

  static final String THREAD_NAME = "inotify4j-poller";

  static final int CAPACITY = 256 * 1024;

  /**
   * How long events gather, in nanoseconds: too short for anybody to notice, and for the queue to
   * fill up.
   */
  private static final long GATHERING = 500_000;

  private final Hub hub;
  private final INotify inotify;
  private final EventBuffer buffer;

  private Poller(Hub hub, INotify inotify, int capacity) {
    this.hub = hub;
    this.inotify = inotify;
    this.buffer = EventBuffer.allocate(capacity);
  }

  /** Starts the thread that polls. */
  static void start(Hub hub, INotify inotify, int capacity) {
    Poller poller = new Poller(hub, inotify, capacity);
    if (!hub.uses().enter()) {
      throw new IllegalStateException("the hub is closed before it is open");
    }
    try {
      Daemons.thread(poller, THREAD_NAME).start();
    } catch (Throwable e) {
      hub.uses().exit();
      throw e;
    }
  }

  @Override
  public void run() {
    try {
      while (true) {
        inotify.read(buffer);
        if (hub.dispatch(buffer)) {
          LockSupport.parkNanos(this, GATHERING);
        }
      }
    } catch (Throwable e) {
      // A ClosedChannelException where the hub was closed: that is no fault, and the hub knows.
      hub.fail(e);
    } finally {
      hub.uses().exit();
    }
  }
}
