package org.inotify4j.hub;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * Hands each record of the kernel to who subscribes to its watch: by way of the table, or to a mark
 * whose place has come, or to all where records are lost.
 *
 * <p>A fault that concerns a record costs the records of its watch, of which its subscribers are
 * told. One after which marks or the ends of watches may be lost is the poller's, and ends the hub.
 *
 * <p>The hub's lock guards it.
 */
final class Dispatcher {

  private final LifeCycle life;
  private final Instance instance;
  private final OrderedLock lock;
  private final WatchTable table;
  private final QueueMarks marks;
  private final Subscriptions subscriptions;

  /** The record at hand. */
  private final KernelRecord record = new KernelRecord();

  /** What is to be done when the batch is through, and not under the lock of a subscriber. */
  private final Queue<Runnable> afterwards = new ArrayDeque<>();

  private final Queue<Report> reports = new ConcurrentLinkedQueue<>();

  /** Whether records were lost, and no key was told. */
  private boolean owesLoss;

  /** Whether watches may be gone whose end was lost, and the kernel did not tell which. */
  private boolean owesEnds;

  /** Whether records were lost, and no recording was told. */
  private volatile boolean isOverflowUntold;

  Dispatcher(
      LifeCycle life,
      Instance instance,
      OrderedLock lock,
      WatchTable table,
      QueueMarks marks,
      Subscriptions subscriptions) {
    this.life = life;
    this.instance = instance;
    this.lock = lock;
    this.table = table;
    this.marks = marks;
    this.subscriptions = subscriptions;
  }

  /**
   * Hands the records of a batch to who subscribes.
   *
   * @return whether all who take them are busy with what came before, so that none of them hurries
   */
  boolean dispatch(RecordCursor records) {
    boolean some = false;
    boolean urgent = false;
    lock.lock();
    try {
      while (!life.isClosed() && next(records)) {
        some = true;
        urgent |= dispatchNow(records);
      }
      if (owesEnds && !life.isClosed()) {
        reconcile();
      }
      runAfterwards();
    } finally {
      lock.unlock();
      log();
    }
    return some && !urgent;
  }

  /** Moves to the next record; where the bytes are none, what they may have been is lost. */
  private boolean next(RecordCursor records) {
    try {
      return records.next();
    } catch (IllegalArgumentException e) {
      overflow();
      report(Level.ERROR, "the kernel's bytes cannot be read; all keys get OVERFLOW", e);
      return false;
    }
  }

  /** Hands out the current record; where that fails it is an overflow of its watch. */
  private boolean dispatchNow(RecordCursor records) {
    try {
      record.set(records);
      return handOut(records);
    } catch (RuntimeException e) {
      lost(records.wd(), e);
      return true;
    } catch (OutOfMemoryError e) {
      if (table.get(records.wd()) == null || Flag.IGNORED.isIn(records.mask())) {
        // A mark, the end of a watch, or what is to be kept for one: it cannot be made good.
        throw e;
      }
      lost(records.wd(), e);
      return true;
    }
  }

  private void lost(int wd, Throwable cause) {
    // First what gives memory back.
    overflow(wd);
    report(Level.ERROR, "an event could not be delivered; its keys get OVERFLOW", cause);
  }

  /** Hands out what came of a watch before it was in the table. The lock is held. */
  void dispatchEarly(int wd) {
    lock.assertHeld();
    for (INotifyEvent kept : table.early().take(wd)) {
      record.set(kept);
      boolean unused = handOut(null);
    }
    runAfterwards();
  }

  /** Does something when the batch is through. The lock is held. */
  void afterBatch(Runnable action) {
    lock.assertHeld();
    afterwards.add(action);
  }

  void runAfterwards() {
    lock.assertHeld();
    while (!afterwards.isEmpty()) {
      afterwards.remove().run();
    }
  }

  /**
   * Hands out the record at hand, and those behind it that who takes it takes as well; whether
   * somebody was woken for one, or may be.
   */
  private boolean handOut(@Nullable RecordCursor batch) {
    int wd = record.wd();
    Watch watch = wd > 0 ? table.get(wd) : null;
    if (watch != null && !record.is(Flag.IGNORED)) {
      return deliver(watch, batch);
    }
    if (record.is(Flag.Q_OVERFLOW)) {
      overflow();
    } else if (watch != null) {
      end(wd, watch);
    } else if (wd > 0) {
      if (!marks.reached(wd, record.is(Flag.IGNORED))) {
        table.early().keep(record);
      }
    }
    return true;
  }

  private boolean deliver(Watch watch, @Nullable RecordCursor batch) {
    boolean woken = false;
    Subscription[] all = watch.subscriptions();
    record.mayGoOn(all.length == 1 ? batch : null);
    for (Subscription subscription : all) {
      Subscriber subscriber = subscription.subscriber();
      if (subscriber != null) {
        woken |= subscriber.record(record);
      }
    }
    return woken;
  }

  /** The kernel has removed a watch: its keys end. */
  private void end(int wd, Watch watch) {
    table.ended(wd, watch);
    for (Subscription subscription : watch.subscriptions()) {
      Subscriber subscriber = subscription.subscriber();
      if (subscriber != null) {
        subscriber.watchEnded(wd);
      }
    }
  }

  /**
   * The kernel's queue was full, so records of any watch may be lost. Those too that are queued
   * behind this one have gaps, of which the kernel says nothing any more: it dropped records for
   * want of room until this one was read. From a place that is marked now on they have none, and
   * there it is told.
   */
  private void overflow() {
    lock.lock();
    try {
      table.early().overflow();
      isOverflowUntold = true;
      owesLoss = true;
      marks.placeAgain(this::tellLoss);
    } finally {
      lock.unlock();
    }
  }

  /** Every key hears of the loss, and those whose watch is gone end. */
  private void tellLoss() {
    if (owesLoss) {
      owesLoss = false;
      subscriptions.recordsLost();
      reconcile();
    }
  }

  /** Events of one watch are lost. */
  private void overflow(int wd) {
    lock.lock();
    try {
      Watch watch = wd > 0 ? table.get(wd) : null;
      if (watch != null) {
        for (Subscription subscription : watch.subscriptions()) {
          Subscriber subscriber = subscription.subscriber();
          if (subscriber != null) {
            subscriber.recordsLost(wd);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the keys of watches that the kernel has no more, and whose IGNORED was lost. Where it does
   * not tell, for want of a descriptor, say, it is asked again behind each batch.
   */
  void reconcile() {
    lock.assertHeld();
    Set<Integer> live = LiveWatches.of(instance.libC(), instance.fd());
    boolean isNews = live == null && !owesEnds;
    owesEnds = live == null;
    if (isNews) {
      report(
          Level.WARNING, "the kernel does not tell which watches are left after an overflow", null);
    }
    if (live == null) {
      return;
    }
    for (int wd : table.wds()) {
      Watch watch = table.get(wd);
      if (watch != null && !live.contains(wd)) {
        end(wd, watch);
      }
    }
  }

  private void report(Level level, String what, @Nullable Throwable cause) {
    reports.add(new Report(level, what, cause));
  }

  /** Logs what was reported. Not under a lock, since loggers may be the program's. */
  void log() {
    if (isOverflowUntold) {
      isOverflowUntold = false;
      FlightEvents.queueOverflow();
    }
    Report report;
    while ((report = reports.poll()) != null) {
      Log.log(report.level(), report.what(), report.cause());
    }
  }

  /** Something to be logged. */
  private record Report(Level level, String what, @Nullable Throwable cause) {}
}
