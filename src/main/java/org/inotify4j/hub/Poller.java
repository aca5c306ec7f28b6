package org.inotify4j.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.inotify4j.EventBuffer;
import org.inotify4j.base.Daemons;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.RecordCursor;

/**
 * Moves what the kernel has into the hub, until the hub is closed. It does nothing else, so that
 * the kernel's queue drains at the speed of reading, whatever the consumers do.
 *
 * <p>Where events come faster than they are consumed, reading each as it comes would cost more than
 * all the rest: this thread would wake up for every single one. So where nobody had to be woken for
 * what was read, since all who take it are busy with what came before, it lets some more gather in
 * the kernel's queue before it reads again. Who waits is told at once: an event for which somebody
 * is woken is followed by no such pause. Nor is a read that filled the memory: many have gathered
 * already.
 *
 * <p>It waits in the read itself: one call for each batch. (With a poll before each read it took,
 * from a write to {@code take()}, 1.13 to 1.26 times as long as with the JDK's service, without it
 * 0.96 to 1.02.) The close, and all that wants it to look at something, has a record come ({@link
 * QueueMarks}). Where there can be none for the time being it waits for a moment at a time, and
 * tries to have it otherwise. It also waits for a while at a time where the kernel did not tell
 * which watches are left after an overflow: then it is asked again, ever more rarely, however many
 * records come meanwhile.
 */
final class Poller implements Runnable {

  static final String THREAD_NAME = "inotify4j-poller";

  static final int CAPACITY = 256 * 1024;

  /**
   * How long events gather, in nanoseconds: too short for anybody to notice, and for the queue to
   * fill up.
   */
  private static final long GATHERING = 500_000;

  /** How long it waits at a time where nobody can wake it, in milliseconds. */
  private static final int PATIENCE = 100;

  /** How long it waits at most until the kernel is asked again, in milliseconds. */
  private static final int MOST_PATIENCE = 60_000;

  private final Hub hub;
  private final Instance instance;
  private final ByteBuffer memory;
  private final RecordCursor records;

  /**
   * How long it waits until the kernel is asked again, in milliseconds: twice as long each time.
   */
  private int patience = PATIENCE;

  /** When it was asked last, or is to be for the first time after this, in nanoseconds. */
  private long asked;

  /** Whether it is to be asked again. */
  private boolean isOwing;

  private Poller(Hub hub, Instance instance, int capacity) {
    this.hub = hub;
    this.instance = instance;
    this.memory = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    this.records = new RecordCursor(memory);
  }

  /** Starts the thread that polls. */
  static void start(Hub hub, Instance instance, int capacity) {
    Poller poller = new Poller(hub, instance, capacity);
    if (!instance.enter()) {
      throw new IllegalStateException("the hub is closed before it is open");
    }
    try {
      Daemons.thread(poller, THREAD_NAME).start();
    } catch (Throwable e) {
      instance.exit();
      throw e;
    }
  }

  @Override
  public void run() {
    try {
      while (awaitRecords()) {
        boolean isMoreThere = read();
        if (hub.dispatch(records) && !isMoreThere) {
          LockSupport.parkNanos(this, GATHERING);
        }
        FlightEvents.check();
      }
    } catch (Throwable e) {
      hub.fail(e);
    } finally {
      instance.exit();
    }
  }

  /**
   * Waits for records as long as the read is not to: where nobody could end that, or the kernel is
   * to be asked again.
   *
   * @return whether the hub is open
   */
  private boolean awaitRecords() {
    boolean canBeWoken = hub.canWakePoller();
    while (owes() || !canBeWoken) {
      if (hub.isOver()) {
        return false;
      }
      boolean isMoreThere = instance.awaitRecords(canBeWoken ? patience : PATIENCE) != 0;
      if (isOwing && (isTimeToAsk() || (canBeWoken && !isMoreThere))) {
        askAgain();
      }
      if (isMoreThere) {
        // An error too: reading will tell which.
        return true;
      }
      canBeWoken = hub.canWakePoller();
    }
    return !hub.isOver();
  }

  /** Whether the kernel is to be asked again; from when that begins the time is counted. */
  private boolean owes() {
    boolean wasOwing = isOwing;
    isOwing = hub.dispatcher().owesEnds();
    if (isOwing && !wasOwing) {
      patience = PATIENCE;
      asked = System.nanoTime();
    }
    return isOwing;
  }

  private boolean isTimeToAsk() {
    return System.nanoTime() - asked >= TimeUnit.MILLISECONDS.toNanos(patience);
  }

  private void askAgain() {
    if (!hub.dispatcher().tryToReconcile()) {
      patience = Math.min(2 * patience, MOST_PATIENCE);
      asked = System.nanoTime();
    }
  }

  /**
   * Waits for records, which may be a mark or what tells that the hub is closed.
   *
   * @return whether there was no room for one more, which is likely there then
   */
  private boolean read() throws IOException {
    int length = instance.read(memory);
    if (length < 0) {
      throw new IOException("cannot read inotify events: " + Errno.describe(length));
    }
    records.restart(length);
    return length > memory.capacity() - EventBuffer.MIN_CAPACITY;
  }
}
