package org.inotify4j.follow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inotify4j.follow.Followed.await;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.Silenced;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of everything that can happen to a follower, in each of its phases. */
@Timeout(60)
@ExtendWith(Silenced.class)
final class FollowerPhasesTest {

  private static final int LAST = 2;

  private final HeldReads kernel = new HeldReads();
  private final FollowerSet set = new FollowerSet();
  private final Subscription service = new Subscription();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Hub hub;
  private Followed before;
  private Followed followed;
  private @Nullable Future<?> registering;

  @BeforeEach
  void open() throws IOException {
    hub = kernel.openHub();
    assertThat(hub.attach(service)).isTrue();
    before = new Followed(hub, set);
    followed = new Followed(hub, set);
  }

  @AfterEach
  void close() {
    kernel.release();
    before.model.release();
    followed.model.release();
    set.close();
    hub.detach(service);
    threads.shutdownNow();
  }

  /** Brings the follower to a phase, in which it stays until {@link #goOn}. */
  private void bringTo(Phase phase) throws Exception {
    switch (phase) {
      case BUILDING -> {}
      case CATCHING_UP -> {
        kernel.hold();
        followed.build();
        registering = goOnInAThread();
      }
      case SUCCEEDING -> {
        before.register();
        before.record(FakeModel.HELD);
        before.awaitHeld();
        replace();
      }
      case TELLING -> followed.register();
      case REPAIRING -> {
        followed.register();
        kernel.hold();
        followed.follower.overflow();
        followed.awaitCall("looked");
      }
      case MUTED -> {
        followed.register();
        followed.record(FakeModel.HELD);
        followed.awaitHeld();
        hub.underLock(followed.follower::closeFromHere);
      }
      case CLOSED -> {
        followed.register();
        set.remove(followed.follower);
      }
    }
    assertThat(followed.follower.phase()).isEqualTo(phase);
    followed.model.calls.clear();
    followed.audience.told.clear();
  }

  /** The follower takes the place of the one before. */
  private void replace() throws IOException {
    assertThat(followed.follower.build()).isTrue();
    hub.underLock(
        () -> {
          assertThat(followed.follower.succeed(before.follower)).isTrue();
          hub.atThisPlace(
              () -> {
                before.follower.giveWayTo(followed.follower);
                followed.follower.tellFromHere();
              });
        });
    followed.goOn();
  }

  private Future<?> goOnInAThread() {
    return threads.submit(
        () -> {
          followed.goOn();
          return null;
        });
  }

  /** Lets everything go on that a phase was held by. */
  private void goOn(Phase phase) throws Exception {
    if (phase == Phase.BUILDING) {
      assertThat(followed.model.calls).isSubsetOf("closed");
      followed.build();
      registering = goOnInAThread();
    } else if (phase == Phase.SUCCEEDING) {
      assertThat(followed.model.calls).isSubsetOf("closed");
    } else if (phase == Phase.REPAIRING) {
      // What has come is taken before the mark.
      CountDownLatch taken = new CountDownLatch(1);
      followed.inbox.mark(taken::countDown);
      if (followed.follower.phase() != Phase.CLOSED) {
        awaitTakenOrClosed(taken);
      }
    }
    kernel.release();
    before.model.release();
    followed.model.release();
  }

  private void awaitTakenOrClosed(CountDownLatch taken) {
    await().until(() -> taken.getCount() == 0 || followed.follower.phase() == Phase.CLOSED);
  }

  private void awaitOutcome(String calls, String told, Phase last) {
    await()
        .untilAsserted(
            () -> {
              assertThat(String.join(", ", followed.model.calls)).isEqualTo(calls);
              assertThat(String.join(", ", followed.audience.told)).isEqualTo(told);
              assertThat(followed.follower.phase()).isEqualTo(last);
            });
  }

  @ParameterizedTest(name = "{0}, {1}: {2}; tells {3}; {4}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          BUILDING    | RECORD     | built, took 1                        | ''                        | TELLING
          CATCHING_UP | RECORD     | took 1                               | ''                        | TELLING
          SUCCEEDING  | RECORD     | took 1                               | event 1                   | TELLING
          TELLING     | RECORD     | took 1                               | event 1                   | TELLING
          REPAIRING   | RECORD     | took 1                               | OVERFLOW                  | TELLING
          MUTED       | RECORD     | closed                               | event 1003                | CLOSED
          CLOSED      | RECORD     | ''                                   | ''                        | CLOSED
          BUILDING    | LOSS       | built, looked                        | ''                        | TELLING
          CATCHING_UP | LOSS       | looked                               | ''                        | TELLING
          SUCCEEDING  | LOSS       | looked                               | OVERFLOW                  | TELLING
          TELLING     | LOSS       | looked                               | OVERFLOW                  | TELLING
          REPAIRING   | LOSS       | looked                               | OVERFLOW, OVERFLOW        | TELLING
          MUTED       | LOSS       | closed                               | event 1003                | CLOSED
          CLOSED      | LOSS       | ''                                   | ''                        | CLOSED
          CATCHING_UP | TWO_LOSSES | looked, looked                       | OVERFLOW, OVERFLOW        | TELLING
          BUILDING    | END        | built, settled, closed               | ended                     | CLOSED
          CATCHING_UP | END        | settled, closed                      | ended                     | CLOSED
          SUCCEEDING  | END        | settled, closed                      | ended                     | CLOSED
          TELLING     | END        | settled, closed                      | ended                     | CLOSED
          REPAIRING   | END        | settled, closed                      | OVERFLOW, ended           | CLOSED
          MUTED       | END        | closed                               | event 1003                | CLOSED
          CLOSED      | END        | ''                                   | ''                        | CLOSED
          BUILDING    | LOST_END   | built, settled, closed               | OVERFLOW, ended           | CLOSED
          CATCHING_UP | LOST_END   | settled, closed                      | OVERFLOW, ended           | CLOSED
          SUCCEEDING  | LOST_END   | settled, closed                      | OVERFLOW, ended           | CLOSED
          TELLING     | LOST_END   | settled, closed                      | OVERFLOW, ended           | CLOSED
          REPAIRING   | LOST_END   | settled, closed                      | OVERFLOW, ended           | CLOSED
          MUTED       | LOST_END   | closed                               | event 1003                | CLOSED
          CLOSED      | LOST_END   | ''                                   | ''                        | CLOSED
          BUILDING    | CLOSE      | closed, built                        | ''                        | CLOSED
          CATCHING_UP | CLOSE      | closed                               | ''                        | CLOSED
          SUCCEEDING  | CLOSE      | closed                               | ''                        | CLOSED
          TELLING     | CLOSE      | closed                               | ''                        | CLOSED
          REPAIRING   | CLOSE      | closed                               | ''                        | CLOSED
          MUTED       | CLOSE      | closed                               | event 1003                | CLOSED
          CLOSED      | CLOSE      | ''                                   | ''                        | CLOSED
          BUILDING    | FAULT      | built, took 1002, closed             | ''                        | CLOSED
          CATCHING_UP | FAULT      | took 1002, closed                    | ''                        | CLOSED
          SUCCEEDING  | FAULT      | took 1002, looked                    | OVERFLOW                  | TELLING
          TELLING     | FAULT      | took 1002, looked                    | OVERFLOW                  | TELLING
          REPAIRING   | FAULT      | took 1002, looked                    | OVERFLOW, OVERFLOW        | TELLING
          MUTED       | FAULT      | closed                               | event 1003                | CLOSED
          CLOSED      | FAULT      | ''                                   | ''                        | CLOSED
          SUCCEEDING  | FAULTS     | took 1002, looked, looked, closed    | OVERFLOW, ended           | CLOSED
          TELLING     | FAULTS     | took 1002, looked, looked, closed    | OVERFLOW, ended           | CLOSED
          REPAIRING   | FAULTS     | took 1002, looked, looked, closed    | OVERFLOW, OVERFLOW, ended | CLOSED
          """)
  void everyCell(Phase phase, Followed.Happening happening, String calls, String told, Phase last)
      throws Exception {
    bringTo(phase);
    followed.happen(happening);
    goOn(phase);
    awaitOutcome(calls, told, last);
    // Nothing else is on its way, and the next record is told by who tells.
    followed.record(LAST);
    boolean isTelling = last == Phase.TELLING;
    awaitOutcome(
        isTelling ? calls + ", took 2" : calls,
        !isTelling ? told : told.isEmpty() ? "event 2" : told + ", event 2",
        last);
  }

  @Test
  void building_elsewhere_itStaysThere() throws Exception {
    followed.model.isElsewhere = true;
    assertThat(followed.follower.build()).isFalse();
    assertThat(followed.follower.phase()).isEqualTo(Phase.BUILDING);
  }

  @Test
  void building_aFaultIsThrown() {
    followed.model.fault = new InternalError("on purpose");
    assertThatThrownBy(followed.follower::build).isInstanceOf(InternalError.class);
    assertThat(followed.follower.phase()).isEqualTo(Phase.BUILDING);
  }

  @Test
  void catchingUp_aFaultIsThrown() throws Exception {
    bringTo(Phase.CATCHING_UP);
    followed.happen(Followed.Happening.FAULT);
    Future<?> failing = Objects.requireNonNull(registering);
    assertThatThrownBy(() -> failing.get(10, SECONDS)).hasCauseInstanceOf(InternalError.class);
  }

  /** What the one before does not tell any more was perhaps passed over. */
  @Test
  void catchingUp_inPlaceOfAnother_aLossIsTold() throws Exception {
    before.register();
    followed.follower.overflow();
    replace();
    followed.awaitPhase(Phase.TELLING);
    followed.record(Followed.RECORD);
    awaitOutcome("built, looked, took 1", "OVERFLOW, event 1", Phase.TELLING);
  }

  @Test
  void catchingUp_andMuted_itIsClosedByTheThreadThatRegisters() throws Exception {
    bringTo(Phase.CATCHING_UP);
    hub.underLock(followed.follower::closeFromHere);
    Objects.requireNonNull(registering).get(10, SECONDS);
    awaitOutcome("closed", "OVERFLOW", Phase.CLOSED);
  }

  /** In the row of the table it comes behind the last mark, and here before that. */
  @ParameterizedTest
  @EnumSource(names = {"RECORD", "LOSS", "END", "LOST_END", "FAULT"})
  void muted_whatCameBefore_isDropped(Followed.Happening happening) throws Exception {
    followed.register();
    followed.record(FakeModel.HELD);
    followed.awaitHeld();
    followed.happen(happening);
    hub.underLock(followed.follower::closeFromHere);
    followed.model.release();
    awaitOutcome("built, took 1003, closed", "OVERFLOW, event 1003", Phase.CLOSED);
  }

  @Test
  void succeeding_andMuted_itIsClosedAfterTheOneBefore() throws Exception {
    bringTo(Phase.SUCCEEDING);
    followed.record(Followed.RECORD);
    hub.underLock(followed.follower::closeFromHere);
    assertThat(before.follower.phase()).isEqualTo(Phase.MUTED);
    assertThat(followed.follower.phase()).isEqualTo(Phase.MUTED);
    assertThat(followed.audience.told).containsExactly("OVERFLOW");
    before.model.release();
    awaitOutcome("closed", "OVERFLOW", Phase.CLOSED);
    assertThat(before.follower.phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void telling_andReplacedByNone_itIsClosedWithoutOverflow_whereItIsNotLate() throws Exception {
    bringTo(Phase.TELLING);
    hub.underLock(followed.follower::closeFromHere);
    awaitOutcome("settled, closed", "", Phase.CLOSED);
  }

  @Test
  void repairing_andReplaced_theKeyIsToldSo() throws Exception {
    before.register();
    kernel.hold();
    before.follower.overflow();
    before.awaitCall("looked");
    before.follower.giveWayTo(followed.follower);
    before.awaitPhase(Phase.CLOSED);
    assertThat(before.audience.told).containsExactly("OVERFLOW");
  }

  @Test
  void repairing_theMarkOfAnOlderLook_changesNothing() throws Exception {
    bringTo(Phase.REPAIRING);
    followed.follower.overflow();
    followed.awaitCall("looked");
    awaitOutcome("looked", "OVERFLOW", Phase.REPAIRING);
    kernel.release();
    awaitOutcome("looked", "OVERFLOW, OVERFLOW", Phase.TELLING);
  }

  @Test
  void oneThatIsClosed_stillStandsInTheRow() throws Exception {
    bringTo(Phase.SUCCEEDING);
    Followed third = new Followed(hub, set);
    assertThat(third.follower.build()).isTrue();
    hub.underLock(
        () -> {
          assertThat(third.follower.succeed(followed.follower)).isTrue();
          hub.atThisPlace(
              () -> {
                followed.follower.giveWayTo(third.follower);
                third.follower.tellFromHere();
              });
        });
    third.goOn();
    set.remove(followed.follower);
    assertThat(third.follower.phase()).isEqualTo(Phase.SUCCEEDING);
    before.model.release();
    third.awaitPhase(Phase.TELLING);
  }

  @Test
  void ofTooManyThatWait_oneIsRefused() throws Exception {
    bringTo(Phase.SUCCEEDING);
    Followed last = followed;
    for (int i = 1; i <= Succession.LONGEST_QUEUE; i++) {
      Followed next = new Followed(hub, set);
      assertThat(next.follower.succeed(last.follower)).isTrue();
      last = next;
    }
    Followed tooMany = new Followed(hub, set);
    assertThat(tooMany.follower.succeed(last.follower)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CLOSED")
  void nobodyWaitsForOneThatIsClosed(Phase phase) throws Exception {
    bringTo(phase);
    CountDownLatch settled = new CountDownLatch(1);
    if (phase == Phase.TELLING) {
      // Else it would be settled at once.
      followed.record(FakeModel.HELD);
      followed.awaitHeld();
    }
    followed.follower.whenSettled(settled::countDown);
    assertThat(settled.getCount()).isEqualTo(1);
    set.remove(followed.follower);
    assertThat(settled.await(10, TimeUnit.SECONDS)).isTrue();
    followed.follower.whenSettled(settled::countDown);
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDING", "TELLING", "REPAIRING"})
  void whoWaits_waitsUntilItTells(Phase phase) throws Exception {
    bringTo(phase);
    CountDownLatch settled = new CountDownLatch(1);
    followed.record(Followed.RECORD);
    followed.follower.whenSettled(settled::countDown);
    if (phase == Phase.REPAIRING) {
      // The record is taken, and then one of a later round.
      CountDownLatch taken = new CountDownLatch(1);
      followed.inbox.mark(taken::countDown);
      assertThat(taken.await(10, SECONDS)).isTrue();
      followed.record(LAST);
      followed.awaitCall("took 2");
    }
    if (phase != Phase.TELLING) {
      assertThat(settled.getCount()).isEqualTo(1);
    }
    goOn(phase);
    assertThat(settled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(followed.follower.phase()).isEqualTo(Phase.TELLING);
    assertThat(followed.audience.told)
        .isEqualTo(List.of(phase == Phase.REPAIRING ? "OVERFLOW" : "event 1"));
  }
}
