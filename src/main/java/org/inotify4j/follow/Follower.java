package org.inotify4j.follow;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.base.Log;
import org.inotify4j.base.Uninterruptibly;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link Model} in step with the kernel's records, and has it tell an {@link Audience}: its
 * life, from the registration through every repair to its end.
 *
 * <p>The poller puts records into the {@link Inbox}, and does no more. What the model knows is
 * confined to one thread at a time: to the one that registers it until that is done, and then to a
 * thread of the hub's {@link Workers}. So no lock is held while the disk is looked at or matchers
 * of the program run.
 *
 * <p><b>Silence.</b> Registering looks at the disk, with nothing to tell, and so does the repair
 * after an overflow. What changes meanwhile is queued, and much of it was seen by the look already.
 * So a mark is placed in the kernel's queue behind the look, and up to that mark events keep the
 * follower in step and are not told. A registration returns when its own mark has come by: what
 * there was when it was placed is watched. Events that are lost meanwhile are made good by one more
 * look; where that happens again the rest is left to the worker, as after any overflow, and the key
 * is told so. After a repair the key is told of the overflow at the mark: who looks then finds
 * everything that was passed over.
 *
 * <p><b>Succession.</b> One that takes the place of another tells what comes after its mark, and
 * the other one what came before. The other one may have a lot to do yet, or be held up: nobody
 * waits for it but the one that succeeds it, whose records gather in its inbox until then.
 *
 * <p><b>Backlog.</b> A worker goes through the inbox in slices, so that others come in between.
 * Where it has worked for some seconds and much is still left, it drops the rest and looks at the
 * disk: what is told would only be older and older.
 */
public final class Follower {

  /** How many rounds in a row may fail before the key is given up. */
  private static final int MOST_FAILURES = 3;

  /** How many followers of a key may wait one for the other. */
  private static final int LONGEST_QUEUE = 8;

  /** How long one that would drop another waits for that to be done. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** How long the worker is with one follower at most before others come, in nanoseconds. */
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

  /** How much work a backlog may be, in nanoseconds. */
  private static final long MOST_WORK = TimeUnit.SECONDS.toNanos(4);

  /** So many bytes of records are no backlog. */
  private static final int FEW_BYTES = 256 * 1024;

  /** The time is asked for before each so many records. */
  private static final int RECORDS_PER_LOOK = 32;

  private final Hub hub;
  private final FollowerSet set;
  private final Inbox inbox;
  private final Model model;
  private final Audience audience;
  private final Semaphore awake = new Semaphore(0);
  private final Queue<Sync> syncs = new ConcurrentLinkedQueue<>();
  private final KernelRecord carrier = new KernelRecord();

  /** Its rounds, which are what the worker does. */
  private final Task task;

  /** What was taken out of the inbox and is not done yet. */
  private @Nullable InboxBatch batch;

  private long sliceEnd;
  private long workOnBatch;
  private int records;

  /** Counts the times that it fell silent, so that only the last mark ends the silence. */
  private int silences;

  private boolean isSilent = true;

  private int failures;

  /** How often it looked anew while it was registered. */
  private int looksWhileRegistering;

  /** Whether the key is to be told of an overflow before anything else. */
  private boolean owesOverflow;

  /** Of how many others it waits for the last one. */
  private int queuedBehind;

  /** Whether another one told the key before, and what was looked at by then. */
  private volatile boolean replaces;

  /** The one that it waits for, until it starts. */
  private volatile @Nullable Follower predecessor;

  private volatile int looksWhenReplacing = -1;

  /** Whether nothing is told ever again. */
  private volatile boolean isMuted;

  /** Whether its registration is done. */
  private volatile boolean isInPlace;

  /** What is to happen before the worker has it: its registration, and the end of another. */
  private final AtomicInteger startsAfter = new AtomicInteger(1);

  /** Whether the worker has it. */
  private volatile boolean started;

  private final CountDownLatch hasStarted = new CountDownLatch(1);

  /** Who tells the key when this one is closed. */
  private final AtomicReference<@Nullable Follower> successor = new AtomicReference<>();

  private volatile boolean closed;

  /**
   * One that has not looked at the disk yet.
   *
   * @param set where it is until it is closed
   * @param inbox where the model's records come
   */
  public Follower(Hub hub, FollowerSet set, Inbox inbox, Model model, Audience audience) {
    this.hub = hub;
    this.set = set;
    this.inbox = inbox;
    this.model = model;
    this.audience = audience;
    this.task = new Task(audience, this::work);
    inbox.bind(this::wake);
  }

  /** Looks at the disk for the first time; false if the path leads elsewhere by now. */
  public boolean build() throws IOException {
    return model.build();
  }

  // In the thread that registers.

  /**
   * Prepares to tell the key in the place of another one; false if too many wait already, and the
   * other one is to be closed. Before its mark is placed.
   */
  public boolean succeed(Follower before) {
    replaces = true;
    predecessor = before;
    startsAfter.set(2);
    queuedBehind = before.started ? 0 : before.queuedBehind + 1;
    owesOverflow = queuedBehind > LONGEST_QUEUE;
    return !owesOverflow;
  }

  /** Tells the events after this place in the queue, which the poller comes to now. */
  public void tellFromHere() {
    looksWhenReplacing = model.looks();
    inbox.mark(() -> endSilence(0));
  }

  /**
   * Waits a moment where so many wait already that this one would be dropped for another: who
   * registers again and again is to be slower then, before it loses anything.
   */
  public void letPassWhoWaits() {
    if (!started && queuedBehind == LONGEST_QUEUE) {
      Uninterruptibly.await(hasStarted, PATIENCE);
    }
  }

  /** Keeps up with what happens until the place that {@link #tellFromHere} was called for. */
  public void catchUp() {
    while (isSilent && looksWhileRegistering < 2 && isOpen()) {
      InboxBatch next = batch == null ? inbox.take() : batch;
      if (next == null) {
        awake.acquireUninterruptibly();
      } else {
        process(next);
      }
    }
  }

  /** Its registration is done: the worker has it as soon as it may start. */
  public void isRegistered() {
    isInPlace = true;
    mayStart();
  }

  // From any thread.

  /** One thing less that it waits for. */
  private void mayStart() {
    if (startsAfter.decrementAndGet() == 0) {
      started = true;
      predecessor = null;
      hasStarted.countDown();
      if (closed) {
        passOn();
      } else {
        hub.workers().submit(task);
      }
    }
  }

  private void passOn() {
    Follower next = successor.getAndSet(null);
    if (next != null) {
      next.mayStart();
    }
  }

  /** Whether neither it nor its service is closed. */
  boolean isOpen() {
    return !closed && audience.isOpen();
  }

  boolean isInPlace() {
    return isInPlace;
  }

  /** Drops all watches; nothing is told any more. It may be called more than once. */
  void close() {
    closed = true;
    if (started) {
      passOn();
    }
    model.close();
    inbox.close();
    endSyncs();
    awake.release();
  }

  boolean isClosed() {
    return closed;
  }

  /** Lets the thread that registers it see that the service is closed. */
  void wakeRegistration() {
    awake.release();
  }

  /** Lets nobody wait for what will not come any more. */
  private void endSyncs() {
    for (Sync sync = syncs.poll(); sync != null; sync = syncs.poll()) {
      sync.action.run();
    }
  }

  /** Acts when everything that came before has been told, or there is nothing to come any more. */
  void whenSettled(Runnable action) {
    Sync sync = new Sync(action);
    syncs.add(sync);
    inbox.mark(sync::arm);
    if (!isOpen()) {
      endSyncs();
    }
  }

  /**
   * Tells nothing of what happens after this place, which the poller comes to now, and closes when
   * it has told the rest: another one goes on then.
   */
  public void giveWayTo(Follower next) {
    successor.set(next);
    closeWhenDone();
    if (closed && started) {
      passOn();
    }
  }

  /**
   * Closes when it has told what happened before this place. The key is told by others from here
   * on: what is late for that is dropped for an OVERFLOW, also of those that it waits for.
   */
  public void closeFromHere() {
    if (!started || !inbox.isIdle()) {
      for (Follower late = this; late != null; late = late.predecessor) {
        late.isMuted = true;
      }
      audience.overflow();
    }
    closeWhenDone();
  }

  private void closeWhenDone() {
    inbox.mark(
        () -> {
          settleBeforeEnd();
          set.remove(this);
        });
  }

  /** It tells nothing from here on: what is owed is told. */
  private void settleBeforeEnd() {
    if (isMuted) {
      return;
    }
    model.settle();
    if (isSilent && isInPlace) {
      audience.overflow();
    }
  }

  /** Records are lost. */
  public void overflow() {
    inbox.overflow();
  }

  /** What it follows. */
  public Model model() {
    return model;
  }

  private void wake() {
    if (started) {
      hub.workers().submit(task);
    } else {
      awake.release();
    }
  }

  // In the worker.

  private void work() {
    if (!isOpen()) {
      dropBatch();
      return;
    }
    try {
      if (owesOverflow) {
        owesOverflow = false;
        audience.overflow();
      }
      InboxBatch next = batch == null ? inbox.take() : batch;
      if (next != null) {
        process(next);
        // Others come in between.
        hub.workers().submit(task);
      }
      if (batch == null) {
        finishRound();
      }
      failures = 0;
    } catch (Throwable e) {
      // Whatever it is, an Error of the program's matcher too: the events must be followed.
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    try {
      model.abandon();
      failures++;
      if (failures == MOST_FAILURES) {
        end();
        Log.log(Level.ERROR, "the events cannot be followed; it ends: " + audience, cause);
      } else {
        inbox.overflow();
        hub.workers().submit(task);
        Log.log(Level.ERROR, "an event was not followed; looking anew: " + audience, cause);
      }
    } catch (Throwable again) {
      // No memory, most likely. Nobody else would notice that this one is deaf.
      audience.failed(again);
    }
  }

  private void process(InboxBatch next) {
    batch = next;
    boolean isToGoOn = false;
    try {
      if (next.isOverflowed() && !isInPlace && ++looksWhileRegistering == 2) {
        isToGoOn = true;
        return;
      }
      if (next.takeOverflow()) {
        overflowed();
      }
      long start = System.nanoTime();
      sliceEnd = start + SLICE;
      isToGoOn = !next.run(carrier, this::take);
      workOnBatch += System.nanoTime() - start;
      if (isToGoOn && workOnBatch > MOST_WORK && next.left() > FEW_BYTES) {
        next.overflow();
      }
    } finally {
      if (!isToGoOn) {
        next.abandon();
        dropBatch();
      }
    }
  }

  private void dropBatch() {
    InboxBatch dropped = batch;
    if (dropped != null) {
      batch = null;
      workOnBatch = 0;
      inbox.release(dropped);
    }
  }

  /** Records were dropped. */
  private void overflowed() {
    if (model.isOver()) {
      // What said so is among them.
      model.settle();
      audience.overflow();
      end();
    } else {
      repair();
    }
  }

  private void take(KernelRecord event) {
    if (closed || isMuted) {
      return;
    }
    if (model.isEnd(event)) {
      settleBeforeEnd();
      end();
      return;
    }
    model.take(event);
    if (audience.isOver()) {
      // It has had its one event.
      end();
    }
    if (++records % RECORDS_PER_LOOK == 0 && System.nanoTime() - sliceEnd > 0) {
      pause();
    }
  }

  private void pause() {
    InboxBatch current = batch;
    if (current != null) {
      current.pause();
    }
  }

  private void end() {
    audience.ended();
    set.remove(this);
  }

  private void finishRound() {
    if (closed) {
      return;
    }
    model.endRound();
    runSyncs();
    if (audience.isOver()) {
      // It has had its one event.
      end();
      return;
    }
    long wait = model.untilNext();
    if (wait != Long.MAX_VALUE) {
      hub.workers().submitAt(task, System.nanoTime() + wait);
    }
  }

  private void runSyncs() {
    if ((isSilent && !isMuted) || syncs.isEmpty()) {
      return;
    }
    for (Sync sync : List.copyOf(syncs)) {
      if (sync.isArmed && !model.holdsSince(sync.time) && syncs.remove(sync)) {
        sync.action.run();
      }
    }
  }

  // Silence.

  /** Events were lost: looks what there is, and tells the key when it knows. */
  private void repair() {
    if (isSilent && isInPlace && !isMuted) {
      // Once more: so that nobody waits for ever where events are lost all the time.
      audience.overflow();
    }
    isSilent = true;
    model.quiet(true);
    model.look();
    int silence = ++silences;
    Runnable end = () -> endSilence(silence);
    if (!inbox.markIn(hub, end)) {
      inbox.mark(end);
    }
  }

  /** The mark behind a look has come by. */
  private void endSilence(int silence) {
    if (silence != silences || isMuted) {
      return;
    }
    if (isInPlace) {
      audience.overflow();
    } else {
      // What was found since, in silence, may be what the other one does not tell any more.
      owesOverflow |= replaces && (silence > 0 || model.looks() != looksWhenReplacing);
      // What follows is told when the other one is done.
      pause();
    }
    isSilent = false;
    model.quiet(false);
  }

  /** An action that waits for what happened before it. */
  private static final class Sync {
    final Runnable action;
    boolean isArmed;
    long time;

    Sync(Runnable action) {
      this.action = action;
    }

    /** Everything has come; what is held of it is told in a moment. */
    void arm() {
      isArmed = true;
      time = System.nanoTime();
    }
  }
}
