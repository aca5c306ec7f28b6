package org.inotify4j;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.inotify4j.libc.LibC;

/**
 * One thread's wait for an inotify descriptor or a wake-up, with the memory that poll(2) wants.
 *
 * <pre>
 * offset 0  struct pollfd { int fd; short events; short revents; }   the inotify descriptor
 *        8  struct pollfd { int fd; short events; short revents; }   the eventfd
 * </pre>
 */
final class ReadinessPoll {

  /** Waits until there is something. */
  static final long FOREVER = Long.MAX_VALUE;

  /** A descriptor that poll passes over. */
  private static final int NONE = -1;

  private static final int POLLFD = 8;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;

  private final ByteBuffer fds =
      ByteBuffer.allocateDirect(2 * POLLFD).order(ByteOrder.nativeOrder());

  /**
   * Waits until events can be read or somebody signals, or the time is over.
   *
   * @param nanos how long, in nanoseconds, rounded up to milliseconds; not positive does not wait
   */
  void await(Descriptors descriptors, long nanos) throws IOException {
    poll(descriptors, descriptors.inotify(), nanos);
  }

  /** Waits until somebody signals, or the time is over, whether or not events can be read. */
  void awaitSignal(Descriptors descriptors, long nanos) throws IOException {
    poll(descriptors, NONE, nanos);
  }

  /** Whether the last wait found events to read, or an error that reading them will tell. */
  boolean isReadable() {
    return fds.getShort(REVENTS) != 0;
  }

  /** Whether the last wait found a signal. */
  boolean isSignalled() {
    return fds.getShort(POLLFD + REVENTS) != 0;
  }

  private void poll(Descriptors descriptors, int inotify, long nanos) throws IOException {
    set(0, inotify, LibC.POLLIN);
    set(1, descriptors.eventfd(), LibC.POLLIN);
    int result = descriptors.libC().poll(fds, 2, millis(nanos));
    if (result < 0) {
      throw Failures.waiting(result);
    }
  }

  private void set(int index, int fd, short events) {
    int start = index * POLLFD;
    fds.putInt(start, fd);
    fds.putShort(start + EVENTS, events);
    fds.putShort(start + REVENTS, (short) 0);
  }

  private static int millis(long nanos) {
    if (nanos == FOREVER) {
      return -1;
    }
    if (nanos <= 0) {
      return 0;
    }
    long whole = TimeUnit.NANOSECONDS.toMillis(nanos);
    long roundedUp = TimeUnit.MILLISECONDS.toNanos(whole) == nanos ? whole : whole + 1;
    return (int) Math.min(roundedUp, Integer.MAX_VALUE);
  }
}
