package org.inotify4j.follow;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a follower has taken out of its {@link Inbox} and not done yet: handed out in slices, so
 * that others come in between.
 *
 * <p>Where it was worked on for some seconds and much is still left, the rest is dropped as lost:
 * what is told would only be older and older. One thread at a time uses it.
 */
final class Backlog {

  /** How long a slice takes at most, in nanoseconds. */
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

  /** How much work a backlog may be, in nanoseconds. */
  private static final long MOST_WORK = TimeUnit.SECONDS.toNanos(4);

  /** So many bytes of records are no backlog. */
  private static final int FEW_BYTES = 256 * 1024;

  /** The time is asked for before each so many records. */
  private static final int RECORDS_PER_LOOK = 32;

  private final Inbox inbox;
  private final Consumer<KernelRecord> taker;
  private final BooleanSupplier whenLost;
  private final Consumer<KernelRecord> handingOut = this::handOut;
  private final KernelRecord carrier = new KernelRecord();

  private @Nullable InboxBatch batch;
  private long sliceEnd;
  private long work;
  private int records;

  /**
   * An empty one.
   *
   * @param taker takes each record
   * @param whenLost acts where records before the next one are lost; false to be asked again later,
   *     before anything else is handed out
   */
  Backlog(Inbox inbox, Consumer<KernelRecord> taker, BooleanSupplier whenLost) {
    this.inbox = inbox;
    this.taker = taker;
    this.whenLost = whenLost;
  }

  /** Whether all that was taken is done. */
  boolean isEmpty() {
    return batch == null;
  }

  /** Whether records are lost that came before what is handed out next. */
  boolean isOverflowed() {
    InboxBatch current = batch;
    return current != null && current.isOverflowed();
  }

  /** Hands out a slice of what is left, or of what has come; false if there is nothing. */
  boolean step() {
    InboxBatch next = batch == null ? inbox.take() : batch;
    if (next == null) {
      return false;
    }
    batch = next;
    boolean isToGoOn = false;
    try {
      isToGoOn = !handOut(next);
    } finally {
      if (!isToGoOn) {
        // Also after a fault: no mark is lost.
        next.abandon();
        drop();
      }
    }
    return true;
  }

  /** Whether that is all. */
  private boolean handOut(InboxBatch next) {
    if (next.isOverflowed()) {
      if (!whenLost.getAsBoolean()) {
        return false;
      }
      boolean unused = next.takeOverflow();
    }
    long start = System.nanoTime();
    sliceEnd = start + SLICE;
    boolean isDone = next.run(carrier, handingOut);
    work += System.nanoTime() - start;
    if (!isDone && work > MOST_WORK && next.left() > FEW_BYTES) {
      next.overflow();
    }
    return isDone;
  }

  private void handOut(KernelRecord record) {
    taker.accept(record);
    if (++records % RECORDS_PER_LOOK == 0 && System.nanoTime() - sliceEnd > 0) {
      pause();
    }
  }

  /** Hands out nothing more in this step. */
  void pause() {
    InboxBatch current = batch;
    if (current != null) {
      current.pause();
    }
  }

  /** Drops what is left. */
  void drop() {
    InboxBatch dropped = batch;
    if (dropped != null) {
      batch = null;
      work = 0;
      inbox.release(dropped);
    }
  }
}
