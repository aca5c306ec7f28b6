package org.inotify4j.hub;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
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
 * <p>Where records are lost the kernel is asked which watches are left. With many that takes long,
 * so the lock is given back meanwhile: as between two batches. Asked is just before the mark at
 * which the loss is told, so the ends are told before whatever is marked behind it; and only those
 * watches end that were in the table before. One that comes meanwhile, and whose own end may be
 * lost, is for who places it to ask for ({@link Registrar}). Where it is asked at another time, by
 * that one or since the kernel did not tell before, records of a watch that is gone may be queued
 * yet, and nobody is told that these are lost: so it ends behind a mark.
 *
 * <p>The hub's lock guards it.
 */
final class Dispatcher {

  private static final int[] NONE = {};

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

  /**
   * Whether watches may be gone whose end was lost, and the kernel did not tell which. It changes
   * under the lock.
   */
  private volatile boolean owesEnds;

  /** Whether it was said that the kernel does not tell, and it has not told since. */
  private boolean isSilenceSaid;

  /** Whether it was asked for the record at hand which watches are left. */
  private boolean isAsked;

  /** The watches that are gone, where the kernel told. */
  private int @Nullable [] gone;

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
    isAsked = isLossToldAt(records);
    // What fails here is not the record's fault: it may be a mark, and is not passed over.
    gone = isAsked ? askForGone() : null;
    try {
      if (isAsked && life.isClosed()) {
        return true;
      }
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
    } finally {
      isAsked = false;
      gone = null;
    }
  }

  /** Whether all keys will hear of a loss at this record. */
  private boolean isLossToldAt(RecordCursor records) {
    return Flag.Q_OVERFLOW.isIn(records.mask())
        ? !marks.isReady()
        : owesLoss && marks.isAwaited(records.wd(), Flag.IGNORED.isIn(records.mask()));
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
    Subscriptions.runBoth(
        () -> table.ended(wd, watch), () -> tell(watch, subscriber -> subscriber.watchEnded(wd)));
  }

  private static void tell(Watch watch, Consumer<Subscriber> notice) {
    Subscriptions.tell(Arrays.asList(watch.subscriptions()), notice);
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
      Subscriptions.runBoth(subscriptions::recordsLost, this::endLost);
    }
  }

  private void endLost() {
    if (!life.isClosed()) {
      // Under the lock only where the mark could not be placed after all.
      end(isAsked ? gone : gone(table.wds()));
    }
  }

  /** Events of one watch are lost. */
  private void overflow(int wd) {
    lock.lock();
    try {
      Watch watch = wd > 0 ? table.get(wd) : null;
      if (watch != null) {
        tell(watch, subscriber -> subscriber.recordsLost(wd));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has the watches end that the kernel has no more, and whose IGNORED was lost. Where it does not
   * tell, for want of a descriptor, say, the poller is to ask again. Under no lock.
   */
  void reconcile() {
    if (!tryToReconcile()) {
      lock.lock();
      try {
        // So that the poller does not wait for records without an end.
        boolean unused = !life.isClosed() && marks.place(() -> {}) == 0;
      } finally {
        lock.unlock();
      }
    }
  }

  /** The same for the poller; false if it is to ask again. */
  boolean tryToReconcile() {
    lock.lock();
    try {
      endGone();
      runAfterwards();
      return !owesEnds;
    } finally {
      lock.unlock();
      log();
    }
  }

  /** Whether the kernel is to be asked once more which watches are left. Any thread may ask. */
  boolean owesEnds() {
    return owesEnds;
  }

  /** Ends what is gone, behind its records. The lock is held, and given back meanwhile. */
  private void endGone() {
    int[] ended = life.isClosed() ? null : askForGone();
    if (life.isClosed()) {
      return;
    }
    boolean isOwed = owesEnds;
    // Also where there is no memory for the mark.
    owesEnds = true;
    boolean isMarked = ended != null && ended.length > 0 && marks.place(() -> end(ended)) >= 0;
    owesEnds = isOwed;
    if (!isMarked) {
      end(ended);
    }
  }

  /**
   * The watches of the table that the kernel has no more, or null where it does not tell. The lock
   * is held, once, and given back meanwhile, as between two batches.
   */
  private int @Nullable [] askForGone() {
    runAfterwards();
    // Before it is asked: where another thread is not told meanwhile, that is still owed.
    owesEnds = false;
    int[] wds = table.wds();
    int @Nullable [] answer = null;
    lock.unlock();
    try {
      OrderedLock.mayBlock();
      answer = gone(wds);
    } finally {
      lock.lock();
      owesEnds |= answer == null;
    }
    return answer;
  }

  private int @Nullable [] gone(int[] wds) {
    if (!instance.enter()) {
      return null;
    }
    try {
      return LiveWatches.missing(instance.libC(), instance.fd(), wds, marks.isReady());
    } catch (OutOfMemoryError e) {
      return null; // There may be some when it is asked again.
    } finally {
      instance.exit();
    }
  }

  /** Ends watches that are gone, but for those that were ended meanwhile; null if none is known. */
  private void end(int @Nullable [] wds) {
    owesEnds |= wds == null;
    if (wds == null && !isSilenceSaid) {
      report(
          Level.WARNING, "the kernel does not tell which watches are left after an overflow", null);
    }
    isSilenceSaid = wds == null;
    Throwable fault = null;
    for (int wd : wds == null ? NONE : wds) {
      try {
        Watch watch = table.get(wd);
        if (watch != null) {
          end(wd, watch);
        }
      } catch (RuntimeException | Error e) {
        fault = Subscriptions.both(fault, e);
      }
    }
    Subscriptions.throwAny(fault);
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
