package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.inotify4j.Flag;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.LibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Watches whose end was lost, while the kernel is asked which are left: that takes long, and others
 * go on meanwhile.
 */
final class LostEndsTest {

  private static final int CREATE = Flag.CREATE.bit();

  /** The watch on the file that the marks change. */
  private static final int MARKS = 1;

  private static final int OPTIONS = LibC.O_RDONLY | LibC.O_CLOEXEC;

  private final List<String> acted = new ArrayList<>();
  private HubParts hub;
  private NotingSubscriber service;
  private NotingSubscriber one;

  @BeforeEach
  void aWatchThatIsGone_andAMarkBehindTheLoss() throws Exception {
    hub = new HubParts();
    service = hub.attached();
    one = hub.subscriber(7, CREATE);
    hub.kernel.answer("inotifyAddWatch", MARKS);
    hub.kernel.tellWatches(MARKS);
    hub.underLock(() -> assertThat(hub.marks.place(() -> acted.add("marked"))).isZero());
  }

  private static EventRecord ignored(int wd) {
    return EventRecord.of(wd, Flag.IGNORED.bit());
  }

  /** The queue was full, and the poller comes to where that is told. */
  private void lose() {
    hub.dispatch(EventRecord.overflow(), ignored(MARKS), EventRecord.of(7, CREATE).named("behind"));
  }

  /** The poller comes to the mark that was placed last. */
  private void reachMark() {
    hub.dispatch(EventRecord.of(MARKS, Flag.ATTRIB.bit()));
  }

  private void allowNoMarks() {
    hub.kernel.answer("fchmod", Errno.EINVAL);
    hub.kernel.answer("ftruncate", Errno.EINVAL);
    hub.kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    hub.underLock(hub.marks::wake);
  }

  private void meanwhile(Runnable action) {
    hub.kernel.during("read", action);
  }

  @Test
  void theKernelIsAskedWithoutTheLock_andTheEndIsToldBeforeTheMark() {
    meanwhile(() -> acted.add("asked, locked: " + hub.lock.isLocked()));
    hub.subscribe(7, new AtTheEnd(() -> acted.add("ended, locked: " + hub.lock.isLocked())));
    lose();
    assertThat(acted).containsExactly("asked, locked: false", "ended, locked: true", "marked");
    assertThat(service.told).containsExactly("lost");
    assertThat(one.told).containsExactly("ended 7");
    assertThat(hub.lock.isLocked()).isFalse();
  }

  @Test
  void itIsAskedOnce_whereNothingElseIsLost() {
    lose();
    assertThat(hub.kernel.asked()).filteredOn(call -> call.startsWith("open")).hasSize(1);
    hub.dispatch(ignored(MARKS), EventRecord.of(MARKS, Flag.ATTRIB.bit()));
    assertThat(hub.kernel.asked()).isEmpty();
  }

  @Test
  void aWatchThatComesMeanwhile_stays() {
    NotingSubscriber[] two = new NotingSubscriber[1];
    meanwhile(() -> two[0] = hub.subscriber(9, CREATE));
    lose();
    assertThat(two[0].told).isEmpty();
    assertThat(hub.table.wds()).containsExactly(9);
  }

  @Test
  void aWatchThatIsRemovedMeanwhile_isNotToldThatItEnded() {
    meanwhile(() -> hub.underLock(() -> hub.table.unsubscribe(one.subscription, 7)));
    lose();
    assertThat(one.told).isEmpty();
    assertThat(hub.table.size()).isZero();
    assertThat(acted).containsExactly("marked");
  }

  @Test
  void aMarkThatIsPlacedMeanwhile_hasItsOwnPlace() {
    meanwhile(() -> hub.underLock(() -> hub.marks.place(() -> acted.add("second"))));
    hub.kernel.answer("inotifyAddWatch", 2);
    lose();
    assertThat(acted).containsExactly("marked");
    hub.dispatch(EventRecord.of(2, Flag.ATTRIB.bit()));
    assertThat(acted).containsExactly("marked", "second");
  }

  @Test
  void recordsThatAreHandedOutMeanwhile_areNotMixedWithTheOneAtHand() {
    NotingSubscriber[] two = new NotingSubscriber[1];
    hub.table.early().begin();
    hub.dispatch(EventRecord.of(9, CREATE).named("early"));
    meanwhile(
        () -> {
          two[0] = hub.subscriber(9, CREATE);
          hub.underLock(() -> hub.dispatcher.dispatchEarly(9));
        });
    lose();
    assertThat(two[0].told).containsExactly("9 CREATE early");
    assertThat(acted).containsExactly("marked");
    assertThat(one.told).containsExactly("ended 7");
  }

  @Test
  void whatIsToBeDoneBehindTheBatch_isDoneBeforeOthersGoOn() {
    one.onRecord = () -> hub.dispatcher.afterBatch(() -> acted.add("afterwards"));
    meanwhile(() -> acted.add("asked"));
    hub.dispatch(EventRecord.overflow(), EventRecord.of(7, CREATE).named("a"), ignored(MARKS));
    assertThat(acted).containsExactly("afterwards", "asked", "marked");
  }

  @Test
  void whereTheHubIsClosedMeanwhile_nothingElseIsHandedOut() {
    meanwhile(() -> hub.life.detach(service.subscription));
    lose();
    assertThat(service.told).isEmpty();
    assertThat(one.told).isEmpty();
    assertThat(acted).isEmpty();
  }

  @Test
  void whereNoPlaceCanBeMarked_itIsAskedWithoutTheLockAsWell() {
    hub.kernel.answer("fchmod", Errno.EINVAL);
    hub.kernel.answer("ftruncate", Errno.EINVAL);
    hub.underLock(hub.marks::wake);
    meanwhile(() -> acted.add("asked, locked: " + hub.lock.isLocked()));
    hub.dispatch(EventRecord.overflow());
    assertThat(acted).containsExactly("asked, locked: false", "marked");
    assertThat(one.told).containsExactly("ended 7");
  }

  @Test
  void whereTheMarkIsRefusedAtLast_theEndIsToldBeforeItAllTheSame() {
    hub.kernel.answer("inotifyRmWatch", Errno.EINVAL);
    hub.subscribe(7, new AtTheEnd(() -> acted.add("ended")));
    hub.dispatch(EventRecord.overflow());
    assertThat(acted).containsExactly("ended", "marked");
  }

  @Test
  void whatIsOwed_isAskedForLater_withoutTheLock() {
    hub.kernel.answer("open", Errno.EMFILE);
    lose();
    assertThat(one.told).containsExactly("7 CREATE behind");
    assertThat(hub.dispatcher.owesEnds()).isTrue();
    hub.kernel.answer("open", 0);
    meanwhile(() -> acted.add("asked, locked: " + hub.lock.isLocked()));
    assertThat(hub.dispatcher.tryToReconcile()).isTrue();
    assertThat(acted).containsExactly("marked", "asked, locked: false");
    assertThat(hub.dispatcher.owesEnds()).isFalse();
    reachMark();
    assertThat(one.told).containsExactly("7 CREATE behind", "ended 7");
  }

  /** It may be for good, and the batches as many as there are events. */
  @Test
  void whatIsOwed_isNotAskedForByEachBatch() {
    hub.kernel.answer("open", Errno.ENOENT);
    lose();
    List<String> unused = hub.kernel.asked();
    hub.dispatch(EventRecord.of(7, CREATE).named("more"));
    hub.dispatch(EventRecord.of(7, CREATE).named("and more"));
    assertThat(hub.kernel.asked()).isEmpty();
    assertThat(hub.dispatcher.owesEnds()).isTrue();
  }

  /** Nobody is told of a loss behind these, so none of them may be lost. */
  @Test
  void whereItIsAskedLater_whatIsQueuedIsToldBeforeTheEnd() {
    hub.kernel.answer("open", Errno.EMFILE);
    lose();
    hub.kernel.answer("open", 0);
    assertThat(hub.dispatcher.tryToReconcile()).isTrue();
    hub.dispatch(EventRecord.of(7, CREATE).named("queued"), ignored(7));
    assertThat(one.told).containsExactly("7 CREATE behind", "7 CREATE queued", "ended 7");
    reachMark();
    assertThat(one.told).hasSize(3);
  }

  @Test
  void whereItIsAskedLater_andNoPlaceCanBeMarked_itEndsAtOnce() {
    hub.kernel.answer("open", Errno.EMFILE);
    lose();
    hub.kernel.answer("open", 0);
    allowNoMarks();
    assertThat(hub.dispatcher.tryToReconcile()).isTrue();
    assertThat(one.told).containsExactly("7 CREATE behind", "ended 7");
  }

  @Test
  void whatIsToBeDoneBehindSuchAnEnd_waitsForNoBatch() {
    hub.subscribe(7, new AtTheEnd(() -> hub.dispatcher.afterBatch(() -> acted.add("afterwards"))));
    allowNoMarks();
    hub.dispatcher.reconcile();
    assertThat(acted).contains("afterwards");
  }

  @Test
  void whatTheKernelHasNotTold_isNotAskedUnderTheLock() {
    hub.kernel.answer("open", Errno.EMFILE);
    List<Boolean> isLocked = new ArrayList<>();
    Runnable asked = () -> isLocked.add(hub.lock.isLocked());
    hub.kernel.during(
        "open",
        () -> {
          asked.run();
          hub.kernel.during("open", asked);
        });
    lose();
    assertThat(hub.dispatcher.tryToReconcile()).isFalse();
    assertThat(isLocked).containsExactly(false, false);
  }

  /** Not even of the watch of the marks, which is there: it has the file, and never its lines. */
  @Test
  void whereItIsToldOfNoWatchAtAll_noneEnds() {
    hub.kernel.tellWatches();
    lose();
    assertThat(acted).containsExactly("marked");
    assertThat(one.told).containsExactly("7 CREATE behind");
    assertThat(hub.dispatcher.owesEnds()).isTrue();
  }

  @Test
  void whereThereIsNoMemoryToAsk_itIsAskedLater() {
    hub.kernel.fault("read", new OutOfMemoryError("test"));
    lose();
    assertThat(acted).containsExactly("marked");
    assertThat(one.told).containsExactly("7 CREATE behind");
    assertThat(hub.dispatcher.tryToReconcile()).isTrue();
    reachMark();
    assertThat(one.told).containsExactly("7 CREATE behind", "ended 7");
  }

  @Test
  void whereThereIsNoMemoryForTheMark_itIsAskedOnceMore() {
    hub.kernel.answer("open", Errno.EMFILE);
    lose();
    hub.kernel.answer("open", 0);
    hub.kernel.fault("ftruncate", new OutOfMemoryError("test"));
    hub.kernel.fault("fchmod", new OutOfMemoryError("test"));
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(hub.dispatcher::tryToReconcile);
    assertThat(hub.dispatcher.owesEnds()).isTrue();
    assertThat(one.told).containsExactly("7 CREATE behind");
  }

  /** It may be that of a mark, which must not be passed over. */
  @Test
  void whatFailsBeforeTheKernelIsAsked_isNotTheFaultOfTheRecordAtHand() {
    one.onRecord =
        () ->
            hub.dispatcher.afterBatch(
                () -> {
                  throw new IllegalStateException("test");
                });
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                hub.dispatch(
                    EventRecord.overflow(), EventRecord.of(7, CREATE).named("a"), ignored(MARKS)))
        .withMessage("test");
    assertThat(hub.lock.isLocked()).isFalse();
  }

  @Test
  void reconcile_whereThereIsNoMemoryToAsk_isOwed() {
    hub.kernel.fault("open", new OutOfMemoryError("test"));
    hub.dispatcher.reconcile();
    assertThat(one.told).isEmpty();
    assertThat(hub.dispatcher.owesEnds()).isTrue();
    assertThat(hub.dispatcher.tryToReconcile()).isTrue();
    reachMark();
    reachMark();
    assertThat(one.told).as("it is behind the mark of the wake-up").isEmpty();
    reachMark();
    assertThat(one.told).containsExactly("ended 7");
    assertThat(hub.dispatcher.owesEnds()).isFalse();
  }

  @Test
  void anInstanceThatIsClosedMeanwhile_isGivenBackBehindTheAnswer() {
    hub.kernel.answer("open", 9);
    meanwhile(hub.instance::close);
    hub.kernel.asked();
    hub.dispatcher.reconcile();
    assertThat(hub.kernel.asked())
        .filteredOn(call -> !Set.of("write", "close 0", "ftruncate 0").contains(call))
        .as("but for those of the wake-up and of the mark")
        .containsExactly("open /proc/self/fdinfo/3 " + OPTIONS, "close 9", "close 3");
  }

  @Test
  void whoHoldsTheLock_cannotAsk() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> hub.underLock(hub.dispatcher::reconcile))
        .withMessageStartingWith("may block while holding");
    assertThat(hub.lock.isLocked()).isFalse();
  }
}
