package org.inotify4j;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.libc.RecordCursor;

/**
 * Every wait and read of an {@link INotify}: until there are events, a wake-up, a close or the
 * timeout.
 *
 * <p>Many threads may wait at once, and each event is given to one of them. So who is told that
 * there is something to read may find that another was faster, and waits on; where a read of the
 * descriptor would block then, one thread at a time asks how much there is, and reads it.
 *
 * <p>Safe for use by several threads, between {@link Descriptors#enter} and {@link
 * Descriptors#exit}.
 */
final class EventReads {

  /** Room for some 2,000 events with short names: what one read of a list asks the kernel for. */
  private static final int SPARE_CAPACITY = 64 * 1024;

  /** How long a reader lets events come before it looks whether the instance is closed. */
  private static final long LONGEST_SLICE = 1_000_000_000L; // a second, in nanoseconds

  private final Descriptors descriptors;
  private final boolean nonblocking;

  /** Held between asking how much there is to read and reading it, where the read could block. */
  private final Lock blockingRead = new OrderedLock(Rank.INSTANCE);

  /** Buffers of the reads that return a list: as many as ever read at the same time. */
  private final Queue<EventBuffer> spares = new ConcurrentLinkedQueue<>();

  EventReads(Descriptors descriptors, boolean nonblocking) {
    this.descriptors = descriptors;
    this.nonblocking = nonblocking;
  }

  /** Waits until there are events, lets more of them come, and reads all that are there. */
  List<INotifyEvent> readAll(long timeoutNanos, long delayNanos) throws IOException {
    EventBuffer spare = spares.poll();
    EventBuffer buffer = spare != null ? spare : EventBuffer.allocate(SPARE_CAPACITY);
    try {
      List<INotifyEvent> events = new ArrayList<>();
      int length = awaitAndRead(buffer, timeoutNanos, delayNanos);
      addAll(buffer, events);
      if (length > buffer.capacity() - RecordCursor.LONGEST_RECORD) {
        // The next record may not have found room. What is there now is read, and no more, so that
        // this ends also where events come faster than they are read.
        int left = descriptors.available(buffer.memory());
        while (left > 0 && (length = readNow(buffer)) > 0) {
          addAll(buffer, events);
          left -= length;
        }
      }
      return events;
    } finally {
      spares.add(buffer);
    }
  }

  private static void addAll(EventBuffer buffer, List<INotifyEvent> events) {
    while (buffer.next()) {
      events.add(buffer.event());
    }
  }

  /**
   * Waits until there are events, lets more of them come, and reads as many as the buffer takes.
   *
   * @return how many bytes; 0 after a wake-up or the timeout
   */
  int awaitAndRead(EventBuffer buffer, long timeoutNanos, long delayNanos) throws IOException {
    buffer.filled(0);
    ReadinessPoll poll = buffer.poll();
    long start = System.nanoTime();
    // What is far below zero would wrap round.
    long most = Math.max(0, timeoutNanos);
    long left = most;
    long delay = delayNanos > 0 && !isReadableNow(poll) ? delayNanos : 0;
    while (true) {
      poll.await(descriptors, left);
      boolean isWoken = takeWakeup(buffer);
      boolean isReadable = !isWoken && poll.isReadable();
      if (isReadable) {
        isWoken = isWokenDuring(delay, buffer);
        delay = 0;
      }
      int length = isWoken || isReadable ? readNow(buffer) : 0;
      if (isWoken || length > 0) {
        return length;
      }
      // Where another thread was faster the wait goes on.
      if (most != ReadinessPoll.FOREVER) {
        left = most - (System.nanoTime() - start);
        if (left <= 0) {
          return 0;
        }
      }
    }
  }

  /** Lets events come for a while; whether this thread is to answer a wake-up meanwhile. */
  private boolean isWokenDuring(long delayNanos, EventBuffer buffer) throws IOException {
    long left = delayNanos;
    boolean isWoken = false;
    while (left > 0 && !isWoken) {
      // In slices: a close that cannot signal is seen at the end of one.
      long slice = Math.min(left, LONGEST_SLICE);
      buffer.poll().awaitSignal(descriptors, slice);
      isWoken = takeWakeup(buffer);
      left -= slice;
    }
    return isWoken;
  }

  private boolean isReadableNow(ReadinessPoll poll) throws IOException {
    poll.await(descriptors, 0);
    return poll.isReadable();
  }

  /** Whether this thread is the one to answer a wake-up. Throws where the signal was a close. */
  private boolean takeWakeup(EventBuffer buffer) throws AsynchronousCloseException {
    boolean taken = buffer.poll().isSignalled() && descriptors.takeSignal(buffer.memory());
    if (descriptors.isClosed()) {
      throw new AsynchronousCloseException();
    }
    return taken;
  }

  /** Reads what is there, without waiting; 0 where nothing is. */
  private int readNow(EventBuffer buffer) throws IOException {
    if (nonblocking) {
      return readOnce(buffer);
    }
    blockingRead.lock();
    try {
      return descriptors.available(buffer.memory()) > 0 ? readOnce(buffer) : 0;
    } finally {
      blockingRead.unlock();
    }
  }

  private int readOnce(EventBuffer buffer) throws IOException {
    buffer.filled(0);
    int length = descriptors.libC().read(descriptors.inotify(), buffer.memory(), buffer.capacity());
    if (length < 0) {
      return Failures.reading(length, buffer.capacity());
    }
    buffer.filled(length);
    return length;
  }
}
