package org.inotify4j.watch;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * Follows the kernel's events for one key that more than one watch is needed for, and tells the key
 * what it makes of them: its life, from the registration through every repair to its end.
 *
 * <p>The poller puts records into the {@link Inbox}, and does no more. What a follower knows is
 * confined to one thread at a time: to the one that registers it until that is done, and then to
 * the hub's {@link Worker}. So no lock is held while the disk is looked at or matchers of the
 * program run.
 *
 * <p><b>Silence.</b> Registering looks at the disk, with nothing to tell, and so does the repair
 * after an overflow. What changes meanwhile is queued, and much of it was seen by the look already.
 * So a mark is placed in the kernel's queue behind the look, and up to that mark events keep the
 * follower in step and are not told. A registration returns when the mark has come by: what there
 * was when it was placed is watched. After a repair the key is told of the overflow there: who
 * looks then finds everything that was passed over.
 */
abstract class Follower {

  /** How many rounds in a row may fail before the key is given up. */
  private static final int MOST_FAILURES = 3;

  final Hub hub;
  final Key key;
  private final INotifyWatchService service;
  private final Followers followers;
  private final Inbox inbox = new Inbox(this::wake);
  private final Semaphore awake = new Semaphore(0);
  private final Queue<Sync> syncs = new ConcurrentLinkedQueue<>();
  private final KernelRecord carrier = new KernelRecord();

  /** Counts the times that it fell silent, so that only the last mark ends the silence. */
  private int silences;

  private boolean isSilent = true;
  private boolean timerIsSet;
  private int failures;

  /** Whether nothing is told ever again. */
  private volatile boolean isMuted;

  /** Whether the worker has it. */
  private volatile boolean started;

  private volatile boolean closed;

  Follower(Hub hub, INotifyWatchService service, Followers followers, Key key) {
    this.hub = hub;
    this.service = service;
    this.followers = followers;
    this.key = key;
  }

  // What it follows.

  /**
   * Looks at the disk for the first time, and watches what there is.
   *
   * @return false if the key's path leads elsewhere by now
   * @throws IOException if that is not possible
   */
  abstract boolean build() throws IOException;

  /** Looks at the disk again, and trusts nothing else. */
  abstract void look();

  /** Takes an event. */
  abstract void event(KernelRecord event);

  /** Whether this event is the end of the key. */
  abstract boolean isEnd(KernelRecord event);

  /** Whether the event that is the end of the key is in the inbox, or was. */
  abstract boolean isOver();

  /** Counts what was looked at. */
  abstract int looks();

  /** Does what is to be done when all has been taken that was there. */
  abstract void endRound();

  /** Tells what is owed: nothing comes any more. */
  abstract void settleAll();

  /** Whether something is held that came before a time, in {@link System#nanoTime}. */
  abstract boolean isHoldingSince(long time);

  /** How long until there is something to do, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  abstract long untilNext();

  /** What comes from here on is told, or not. */
  abstract void tell(boolean on);

  /** Closes what a look that failed has left open. */
  abstract void abandon();

  /** Gives all watches back, from any thread. */
  abstract void unwatchAll();

  /** How many directories are watched beside that of the key. Any thread may ask. */
  abstract int watchCount();

  // In the thread that registers.

  /**
   * Tells the events after this place in the queue, which the poller comes to now.
   *
   * @param before is waited for there
   * @param replaces whether another one told the key before
   */
  final void tellFromHere(CountDownLatch before, boolean replaces) {
    int looksBefore = looks();
    inbox.mark(
        () -> {
          Waiting.uninterruptibly(before);
          if (replaces && looks() != looksBefore) {
            // What was found since, in silence, may be what the other one did not tell any more.
            key.overflow();
          }
          speak(silences);
        });
  }

  /** Keeps up with what happens until the place that {@link #tellFromHere} was called for. */
  final void catchUp() {
    while (isSilent && !closed) {
      Inbox.Content content = inbox.take();
      if (content == null) {
        awake.acquireUninterruptibly();
      } else {
        process(content);
      }
    }
  }

  /** Hands it over to the worker. */
  final void start() {
    started = true;
    hub.worker().run(this::work);
  }

  // From any thread.

  final boolean isStarted() {
    return started;
  }

  /** Drops all watches; nothing is told any more. It may be called more than once. */
  final void close() {
    closed = true;
    unwatchAll();
    endSyncs();
    awake.release();
  }

  final boolean isClosed() {
    return closed;
  }

  /** Lets nobody wait for what will not come any more. */
  final void endSyncs() {
    for (Sync sync = syncs.poll(); sync != null; sync = syncs.poll()) {
      sync.action.run();
    }
  }

  /** Acts when everything that came before has been told, or there is nothing to come any more. */
  final void whenSettled(Runnable action) {
    Sync sync = new Sync(action);
    syncs.add(sync);
    inbox.mark(sync::arm);
    if (closed || !service.isOpen()) {
      endSyncs();
    }
  }

  /** Tells nothing of what happened after this place, which the poller comes to now. */
  final void tellUntilHere() {
    inbox.mark(
        () -> {
          settleBeforeEnd();
          isMuted = true;
          tell(false);
        });
  }

  /**
   * Closes when it has told what happened before this place. The key is told by others from here
   * on: what is late for that is dropped for an OVERFLOW.
   */
  final void closeFromHere() {
    if (!inbox.isIdle()) {
      isMuted = true;
      key.overflow();
    }
    inbox.mark(
        () -> {
          settleBeforeEnd();
          followers.remove(this);
        });
  }

  /** It tells nothing from here on: what is owed is told. */
  private void settleBeforeEnd() {
    settleAll();
    if (isSilent && started && !isMuted) {
      key.overflow();
    }
  }

  /** Acts, in its own thread, when the poller has come to this place; false if that cannot be. */
  final boolean mark(Runnable action) {
    return hub.mark(() -> inbox.mark(action));
  }

  // From the poller, under the hub's lock.

  /** Whether the worker was woken for it. */
  final boolean add(KernelRecord event) {
    return inbox.add(event);
  }

  final void addEnd(int wd) {
    inbox.addEnd(wd);
  }

  final void overflow() {
    inbox.overflow();
  }

  private void wake() {
    if (started) {
      hub.worker().run(this::work);
    } else {
      awake.release();
    }
  }

  // In the worker.

  private void work() {
    if (closed) {
      return;
    }
    try {
      Inbox.Content content = inbox.take();
      if (content != null) {
        process(content);
        // Others come in between.
        hub.worker().run(this::work);
      }
      finishRound();
      failures = 0;
    } catch (Throwable e) {
      // Whatever it is, an Error of the program's matcher too: the events must be followed.
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    abandon();
    failures++;
    if (failures == MOST_FAILURES) {
      end();
      Log.log(Level.ERROR, "the events cannot be followed; the key ends: " + key, cause);
    } else {
      inbox.overflow();
      hub.worker().run(this::work);
      Log.log(Level.ERROR, "an event was not followed; looking anew: " + key, cause);
    }
  }

  private void process(Inbox.Content content) {
    if (content.isOverflowed() && isOver()) {
      // What said so is among what was dropped.
      settleAll();
      key.overflow();
      end();
    } else if (content.isOverflowed()) {
      repair();
    }
    content.forEach(carrier, this::take);
  }

  private void take(KernelRecord event) {
    if (closed || isMuted) {
      return;
    }
    if (isEnd(event)) {
      settleBeforeEnd();
      end();
      return;
    }
    event(event);
    if (!key.isValid()) {
      // It has had its one event.
      followers.ended(this);
    }
  }

  private void end() {
    key.end();
    followers.ended(this);
  }

  private void finishRound() {
    if (closed) {
      return;
    }
    endRound();
    runSyncs();
    if (!key.isValid()) {
      // It has had its one event.
      followers.ended(this);
      return;
    }
    long wait = untilNext();
    if (wait != Long.MAX_VALUE && !timerIsSet) {
      timerIsSet = true;
      hub.worker().runLater(this::timeIsOver, wait);
    }
  }

  private void timeIsOver() {
    timerIsSet = false;
    work();
  }

  private void runSyncs() {
    if ((isSilent && !isMuted) || syncs.isEmpty()) {
      return;
    }
    for (Sync sync : List.copyOf(syncs)) {
      if (sync.isArmed && !isHoldingSince(sync.time) && syncs.remove(sync)) {
        sync.action.run();
      }
    }
  }

  // Silence.

  /** Events were lost: looks what there is, and tells the key when it knows. */
  private void repair() {
    if (isSilent && started && !isMuted) {
      // Once more: so that nobody waits for ever where events are lost all the time.
      key.overflow();
    }
    isSilent = true;
    tell(false);
    look();
    if (started) {
      int silence = ++silences;
      Runnable end = () -> tellOverflow(silence);
      if (!mark(end)) {
        inbox.mark(end);
      }
    }
  }

  private void tellOverflow(int silence) {
    if (silence == silences && !isMuted) {
      key.overflow();
      speak(silence);
    }
  }

  private void speak(int silence) {
    if (silence == silences) {
      isSilent = false;
      tell(!isMuted);
    }
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
