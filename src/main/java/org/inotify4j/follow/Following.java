package org.inotify4j.follow;

import org.inotify4j.base.FlightEvents;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;

/**
 * What becomes of records, of losses and of marks, by the {@link Phase} that a follower is in.
 *
 * <p>One thread at a time uses it: the one that registers, then a worker.
 */
final class Following {

  private final Model model;
  private final Audience audience;
  private final CurrentPhase phase;
  private final Succession succession;
  private final Runnable leave;
  private final Looks looks;
  private final Backlog backlog;

  /**
   * Nothing has come so far.
   *
   * @param leave closes the follower
   */
  Following(
      Hub hub, Inbox inbox, Model model, Audience audience, Succession succession, Runnable leave) {
    this.model = model;
    this.audience = audience;
    this.succession = succession;
    this.phase = succession.phase();
    this.leave = leave;
    this.looks = new Looks(hub, inbox, model);
    this.backlog = new Backlog(inbox, this::take, this::lost);
  }

  /** What was taken of the inbox. */
  Backlog backlog() {
    return backlog;
  }

  private void take(KernelRecord record) {
    switch (phase.get()) {
      case CATCHING_UP, TELLING, REPAIRING -> follow(record);
      case MUTED, CLOSED -> {}
      case BUILDING, SUCCEEDING -> throw phase.misplaces("a record");
    }
  }

  private void follow(KernelRecord record) {
    if (model.isEnd(record)) {
      tellTheLast();
      end();
      return;
    }
    model.take(record);
    if (audience.isOver()) {
      end(); // It has had its one event.
    }
  }

  /** Records were dropped; false where that is left to the worker. */
  private boolean lost() {
    return switch (phase.get()) {
      case CATCHING_UP -> {
        if (looks.count() > 0) {
          yield !phase.advance(Phase.CATCHING_UP, Phase.SUCCEEDING);
        }
        lookAnew();
        yield true;
      }
      case TELLING, REPAIRING -> {
        lookAnew();
        yield true;
      }
      case MUTED, CLOSED -> true;
      case BUILDING, SUCCEEDING -> throw phase.misplaces("a loss");
    };
  }

  private void lookAnew() {
    audience.recordsLost();
    if (model.isOver()) {
      // What said so is among the records that were dropped.
      model.settle();
      audience.overflow();
      end();
      return;
    }
    if (phase.is(Phase.REPAIRING)) {
      // Once more: so that nobody waits for ever where records are lost all the time.
      audience.overflow();
    } else if (phase.is(Phase.TELLING) && !phase.advance(Phase.TELLING, Phase.REPAIRING)) {
      return; // Muted or closed meanwhile.
    }
    FlightEvents.Span span = FlightEvents.repair();
    looks.lookAnew(this::reached);
    span.end(audience, looks.count(), 0);
  }

  /** The mark behind a look has come by; one of an older look changes nothing. */
  void reached(int look) {
    if (look != looks.count()) {
      return;
    }
    switch (phase.get()) {
      case CATCHING_UP -> {
        if (look > 0) {
          succession.oweOverflow();
        }
        model.quiet(false);
        // What follows is told when the other one is done.
        backlog.pause();
        boolean unused = phase.advance(Phase.CATCHING_UP, Phase.SUCCEEDING);
      }
      case REPAIRING -> {
        audience.overflow();
        model.quiet(false);
        // What is to be told of the loss comes before what follows.
        backlog.pause();
        boolean unused = phase.advance(Phase.REPAIRING, Phase.TELLING);
      }
      case BUILDING, SUCCEEDING, TELLING, MUTED, CLOSED -> {}
    }
  }

  /** Its last mark has come. */
  void closeHere() {
    tellTheLast();
    if (phase.is(Phase.TELLING) || phase.is(Phase.REPAIRING)) {
      audience.leaves();
    }
    leave.run();
  }

  /** It tells nothing from here on: what is owed is told. */
  private void tellTheLast() {
    switch (phase.get()) {
      case CATCHING_UP, TELLING -> model.settle();
      case REPAIRING -> {
        model.settle();
        audience.overflow();
      }
      case BUILDING, SUCCEEDING, MUTED, CLOSED -> {}
    }
  }

  /** What is followed is over, and the audience hears so. */
  void end() {
    audience.ended();
    leave.run();
  }
}
