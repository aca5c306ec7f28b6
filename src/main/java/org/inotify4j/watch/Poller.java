package org.inotify4j.watch;

import java.time.Duration;
import org.inotify4j.EventBuffer;
import org.inotify4j.INotify;

/**
 * Moves what the kernel has into the hub, until the hub is closed. It does nothing else, so that
 * the kernel's queue drains at the speed of reading, whatever the consumers do.
 */
final class Poller implements Runnable {

  static final String THREAD_NAME = "inotify4j-poller";

  static final int CAPACITY = 256 * 1024;

  private final Hub hub;
  private final INotify inotify;
  private final EventBuffer buffer;

  private Poller(Hub hub, INotify inotify, int capacity) {
    this.hub = hub;
    this.inotify = inotify;
    this.buffer = EventBuffer.allocate(capacity);
  }

  /** Starts a daemon thread that polls; it has nothing of the thread that starts it. */
  static void start(Hub hub, INotify inotify, int capacity) {
    Thread thread = new Thread(null, new Poller(hub, inotify, capacity), THREAD_NAME, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  @Override
  public void run() {
    try {
      long wait = Long.MAX_VALUE;
      while (true) {
        if (wait == Long.MAX_VALUE) {
          inotify.read(buffer);
        } else {
          inotify.read(buffer, Duration.ofNanos(wait));
        }
        wait = hub.dispatch(buffer);
      }
    } catch (Throwable e) {
      // A ClosedChannelException where the hub was closed: that is no fault, and the hub knows.
      hub.fail(e);
    }
  }
}
