package org.inotify4j.follow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.inotify4j.Flag;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;

/** A follower with all that surrounds it, but its hub, of a test's making. */
final class Followed {

  /** Just a record. */
  static final int RECORD = 1;

  /** What can happen. */
  enum Happening {
    /** A record comes. */
    RECORD,
    /** Records are lost. */
    LOSS,
    /** Records are lost, and once more before the look behind which a mark is waited for. */
    TWO_LOSSES,
    /** The record that is the end comes. */
    END,
    /** The record that is the end is lost. */
    LOST_END,
    /** It is closed. */
    CLOSE,
    /** A record cannot be taken. */
    FAULT,
    /** A record cannot be taken, and no look succeeds. */
    FAULTS
  }

  final Inbox inbox = new Inbox(new ByteBudget(1 << 20));
  final FakeAudience audience = new FakeAudience();
  final FakeModel model = new FakeModel(audience);
  final Follower follower;
  private final Hub hub;
  private final FollowerSet set;

  Followed(Hub hub, FollowerSet set) {
    this(hub, set, Prelude.NONE);
  }

  Followed(Hub hub, FollowerSet set, Prelude prelude) {
    this.hub = hub;
    this.set = set;
    follower = new Follower(hub, set, inbox, model, audience, prelude);
    set.add(follower);
  }

  static ConditionFactory await() {
    return Awaitility.await()
        .atMost(10, SECONDS)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2));
  }

  void record(int wd) {
    KernelRecord record = new KernelRecord();
    record.set(wd, Flag.CREATE.bit(), 0, new byte[0], 0, 0);
    boolean unused = inbox.add(record);
  }

  /** The first part of a registration: it is CATCHING_UP then. */
  void build() throws IOException {
    assertThat(follower.build()).isTrue();
    hub.underLock(() -> hub.atThisPlace(follower::tellFromHere));
  }

  /** The rest of a registration, which closes it where it fails. */
  void goOn() throws IOException {
    try {
      follower.catchUp();
      follower.prepare();
      follower.isRegistered();
    } catch (Throwable e) {
      set.remove(follower);
      throw e;
    }
  }

  void register() throws IOException {
    build();
    goOn();
    assertThat(follower.phase()).isEqualTo(Phase.TELLING);
  }

  void happen(Happening happening) {
    switch (happening) {
      case RECORD -> record(RECORD);
      case LOSS -> follower.overflow();
      case TWO_LOSSES -> {
        follower.overflow();
        awaitCall("looked");
        follower.overflow();
      }
      case END -> record(FakeModel.END);
      case LOST_END -> {
        model.isOver = true;
        follower.overflow();
      }
      case CLOSE -> set.remove(follower);
      case FAULT -> record(FakeModel.FAULT);
      case FAULTS -> {
        model.fault = new InternalError("on purpose");
        record(FakeModel.FAULT);
      }
    }
  }

  void awaitPhase(Phase phase) {
    await().until(() -> follower.phase() == phase);
  }

  void awaitCall(String call) {
    await().until(() -> model.calls.contains(call));
  }

  /** Waits until it is at the record that is held. */
  void awaitHeld() throws InterruptedException {
    assertThat(model.isHeld.await(10, SECONDS)).isTrue();
  }
}
