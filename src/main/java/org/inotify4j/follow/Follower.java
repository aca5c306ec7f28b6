package org.inotify4j.follow;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.inotify4j.hub.Hub;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;

/**
 * Keeps a {@link Model} in step with the kernel's records, and has it tell an {@link Audience}: its
 * life, from the registration through every repair to its end, goes by {@link Phase}s.
 *
 * <p>The poller puts records into the {@link Inbox}, and does no more. What the model knows is
 * confined to one thread at a time: to the one that registers it until that is done, and then to a
 * thread of the hub's {@link Workers}. So no lock is held while the disk is looked at or matchers
 * of the program run.
 *
 * <p><b>Silence.</b> Registering looks at the disk, with nothing to tell, and so does the repair
 * after an overflow. What changes meanwhile is queued, and much of it was seen by the look already.
 * So a mark is placed in the kernel's queue behind the look, and up to that mark events keep the
 * follower in step and are not told: it is CATCHING_UP, or REPAIRING. A registration returns when
 * its own mark has come by: what there was when it was placed is watched. Events that are lost
 * meanwhile are made good by one more look; where that happens again the rest is left to the
 * worker, as after any overflow. After a repair the key is told of the overflow at the mark: who
 * looks then finds everything that was passed over.
 */
public final class Follower {

  private final Hub hub;
  private final Inbox inbox;
  private final Model model;
  private final Audience audience;
  private final Prelude prelude;
  private final CurrentPhase phase = new CurrentPhase();
  private final Succession succession;
  private final Following following;
  private final Backlog backlog;
  private final Syncs syncs;
  private final Faults faults;
  private final Task task;

  /** What the thread that registers waits for. */
  private final Semaphore awake = new Semaphore(0);

  /**
   * One that has not looked at the disk yet.
   *
   * @param set where it is until it is closed
   * @param inbox where the model's records come
   */
  public Follower(Hub hub, FollowerSet set, Inbox inbox, Model model, Audience audience) {
    this(hub, set, inbox, model, audience, Prelude.NONE);
  }

  /**
   * One that has not looked at the disk yet.
   *
   * @param prelude what the audience is told that no record says
   */
  public Follower(
      Hub hub, FollowerSet set, Inbox inbox, Model model, Audience audience, Prelude prelude) {
    this.hub = hub;
    this.inbox = inbox;
    this.model = model;
    this.audience = audience;
    this.prelude = prelude;
    this.succession = new Succession(phase, this::takeTurn, this::goOn, prelude::looksNoMore);
    this.following = new Following(hub, inbox, model, audience, succession, () -> set.remove(this));
    this.backlog = following.backlog();
    this.syncs = new Syncs(inbox);
    this.task = new Task(audience, this::work);
    this.faults = new Faults(audience, hub.workers(), task);
    inbox.bind(this::wake);
  }

  // In the thread that registers.

  /**
   * Looks what there is, and tells from then on.
   *
   * @param beginning is run when it knows what there is: calls {@link #tellFromHere} at a place in
   *     the queue
   * @return false if its path leads elsewhere by now, or its owner is closed
   */
  boolean place(Runnable beginning) throws IOException {
    if (!audience.isOpen()) {
      return false;
    }
    // Where there is no room for its thread, nothing is begun.
    hub.workers().prepare();
    if (!build()) {
      return false;
    }
    beginning.run();
    catchUp();
    prepare();
    isRegistered();
    return audience.isOpen();
  }

  /** Looks at the disk for the first time; false if the path leads elsewhere by now. */
  boolean build() throws IOException {
    if (!model.build()) {
      return false;
    }
    boolean unused = phase.advance(Phase.BUILDING, Phase.CATCHING_UP);
    return true;
  }

  /**
   * Prepares to tell the key in the place of another one; false if too many wait already, and the
   * other one is to be closed. Before its mark is placed.
   */
  public boolean succeed(Follower before) {
    return succession.replace(before.succession);
  }

  /** Tells the events after this place in the queue, which the poller comes to now. */
  public void tellFromHere() {
    int seen = model.looks();
    inbox.mark(
        () -> {
          if (model.looks() != seen) {
            // What was found since, in silence, may be what the other one does not tell any more.
            succession.oweOverflow();
          }
          following.reached(0);
        });
  }

  /**
   * Has it look no more for what its audience is owed, nor those that it waits for: who takes its
   * place does not know what it tells. Before its own mark is placed.
   */
  public void looksNoMore() {
    succession.looksNoMore();
  }

  /** Waits a moment where so many wait already that this one would be dropped for another. */
  public void letPassWhoWaits() {
    succession.letPassWhoWaits();
  }

  /** Keeps up with what happens until the place that {@link #tellFromHere} was called for. */
  void catchUp() {
    while (isOpen() && isBeforeItsMark()) {
      if (!backlog.step()) {
        awake.acquireUninterruptibly();
      }
    }
  }

  /**
   * Prepares to tell, when it has caught up.
   *
   * @throws IOException if the registration is to fail
   */
  void prepare() throws IOException {
    if (phase.is(Phase.SUCCEEDING)) {
      prelude.inPlace();
    }
  }

  private boolean isBeforeItsMark() {
    return switch (phase.get()) {
      // One that is muted has a last mark to come to, which closes it.
      case CATCHING_UP, MUTED -> true;
      case SUCCEEDING, CLOSED -> false;
      case BUILDING, TELLING, REPAIRING -> throw phase.misplaces("catching up");
    };
  }

  /** Its registration is done: the worker has it as soon as it is its turn. */
  void isRegistered() {
    succession.registered();
  }

  // From any thread.

  Phase phase() {
    return phase.get();
  }

  /** Its turn has come: a worker has it from here on. */
  private void takeTurn() {
    switch (phase.get()) {
      case SUCCEEDING -> {
        Phase next = backlog.isOverflowed() ? Phase.REPAIRING : Phase.TELLING;
        boolean unused = phase.advance(Phase.SUCCEEDING, next);
        hub.workers().submit(task);
      }
      case MUTED -> hub.workers().submit(task);
      // Its service is closed before its mark has come: who registers it closes it.
      case CATCHING_UP, CLOSED -> {}
      case BUILDING, TELLING, REPAIRING -> throw phase.misplaces("beginning");
    }
  }

  private void wake() {
    switch (phase.get()) {
      case BUILDING, CATCHING_UP, SUCCEEDING, CLOSED -> awake.release();
      case TELLING, REPAIRING -> hub.workers().submit(task);
      case MUTED -> {
        if (succession.hasTurn()) {
          hub.workers().submit(task);
        } else {
          awake.release();
        }
      }
    }
  }

  /** Whether neither it nor its service is closed. */
  boolean isOpen() {
    return !phase.is(Phase.CLOSED) && audience.isOpen();
  }

  /** Whether its registration has come to its mark: who waits for all events waits for it. */
  boolean isInPlace() {
    return switch (phase.get()) {
      case SUCCEEDING, TELLING, REPAIRING, MUTED -> true;
      case BUILDING, CATCHING_UP, CLOSED -> false;
    };
  }

  /** Drops all watches; nothing is told any more. It may be called more than once. */
  void close() {
    phase.close();
    succession.closed();
    try {
      model.close();
    } finally {
      prelude.closed();
      inbox.close();
      syncs.end();
      awake.release();
    }
  }

  /** There may be room by now for what is to be told, or more to tell. */
  public void goOn() {
    switch (phase.get()) {
      case TELLING, REPAIRING -> hub.workers().submit(task);
      // Another one tells, and it is that which waited for room.
      case CATCHING_UP, SUCCEEDING -> succession.goOnBefore();
      // Its first round is yet to come, or there is nothing to tell any more.
      case BUILDING, MUTED, CLOSED -> {}
    }
  }

  /** Lets the thread that registers it see that the service is closed. */
  void wakeRegistration() {
    awake.release();
  }

  /** Says when everything that came before has been told, or there is nothing to come any more. */
  void whenSettled(Waiter waiter) {
    syncs.add(waiter);
    if (!isOpen()) {
      syncs.end();
    }
  }

  /**
   * Tells nothing of what happens after this place, which the poller comes to now, and closes when
   * it has told the rest: another one goes on then.
   */
  public void giveWayTo(Follower next) {
    succession.precede(next.succession);
    inbox.mark(following::closeHere);
  }

  /**
   * Closes when it has told what happened before this place. The key is told by others from here
   * on: what is late for that is dropped for an OVERFLOW, also of those that it waits for.
   */
  public void closeFromHere() {
    if (!succession.hasTurn() || !inbox.isIdle()) {
      succession.mute();
      audience.dropped();
    }
    inbox.mark(following::closeHere);
  }

  /** Whether it has ended before its turn, for one that came in its place, and is to be closed. */
  boolean isDropped() {
    return phase.is(Phase.CLOSED);
  }

  /** Records are lost. */
  public void overflow() {
    inbox.overflow();
  }

  /** What its audience is told that no record says. */
  public Prelude prelude() {
    return prelude;
  }

  /** What it follows. */
  public Model model() {
    return model;
  }

  // In the worker; in the thread that registers, until its mark.

  private void work() {
    if (!isOpen()) {
      backlog.drop();
    } else if (!faults.putsOff()) {
      round();
    }
  }

  private void round() {
    try {
      if (succession.takeOverflow() && !phase.is(Phase.MUTED)) {
        audience.othersLost();
      }
      if (tellsAhead()) {
        takeRecords();
      }
      faults.end();
    } catch (Throwable e) {
      // Whatever it is, an Error of the program's matcher too: the events must be followed.
      failed(e);
    }
  }

  /** Tells what no record says; whether records may be taken. */
  private boolean tellsAhead() {
    if (!phase.is(Phase.TELLING)) {
      return true;
    }
    Prelude.Step step = prelude.step();
    switch (step) {
      case MORE -> hub.workers().submit(task); // Others come in between.
      case WAITS -> comeBackIn(prelude.untilNext());
      case DONE -> {}
    }
    return step == Prelude.Step.DONE;
  }

  private void comeBackIn(long nanos) {
    if (nanos != Long.MAX_VALUE) {
      hub.workers().submitAt(task, System.nanoTime() + nanos);
    }
  }

  private void takeRecords() {
    if (backlog.step()) {
      hub.workers().submit(task);
    }
    if (backlog.isEmpty()) {
      finishRound();
    }
  }

  private void failed(Throwable cause) {
    try {
      model.abandon();
      if (faults.mayTryAgain(cause)) {
        inbox.overflow();
        faults.tryAgain();
      } else {
        following.end();
      }
    } catch (Throwable again) {
      // No memory, most likely. Nobody else would notice that this one is deaf.
      audience.failed(again);
    }
  }

  private void finishRound() {
    switch (phase.get()) {
      case TELLING, REPAIRING -> inStep();
      case MUTED, CLOSED -> {}
      case BUILDING, CATCHING_UP, SUCCEEDING -> throw phase.misplaces("a round");
    }
  }

  /** The model has taken everything that came. */
  private void inStep() {
    model.endRound();
    prelude.inStep();
    if (phase.is(Phase.TELLING) && !prelude.owes()) {
      syncs.run(model);
    }
    if (audience.isOver()) {
      following.end(); // It has had its one event.
    } else {
      comeBackIn(Math.min(model.untilNext(), prelude.untilNext()));
    }
  }
}
