package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.base.Logged;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.EventRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told of which record, and what becomes of those that nobody can be told of. */
final class DispatcherTest {

  private static final int CREATE = Flag.CREATE.bit();
  private static final EventRecord A = EventRecord.of(7, CREATE).named("a");
  private static final EventRecord B = EventRecord.of(7, CREATE).named("b");
  private static final EventRecord OTHER = EventRecord.of(8, CREATE).named("c");

  @RegisterExtension private final Logged logged = new Logged();

  private HubParts hub;
  private NotingSubscriber one;

  @BeforeEach
  void oneWatch() throws Exception {
    hub = new HubParts();
    one = hub.subscriber(7, CREATE);
  }

  private static EventRecord ignored(int wd) {
    return EventRecord.of(wd, Flag.IGNORED.bit());
  }

  private void mark(List<String> acted, String name) {
    hub.kernel.answer("inotifyAddWatch", 1);
    hub.underLock(() -> assertThat(hub.marks.place(() -> acted.add(name))).isZero());
  }

  // Whose a record is.

  @Test
  void records_areHandedToTheirWatch_inOrder() {
    NotingSubscriber two = hub.subscriber(8, CREATE);
    hub.dispatch(A, OTHER, B);
    assertThat(one.told).containsExactly("7 CREATE a", "7 CREATE b");
    assertThat(two.told).containsExactly("8 CREATE c");
    assertThat(hub.lock.isLocked()).isFalse();
  }

  @Test
  void records_areHandedToAllWhoSubscribe_andAreStillThere() {
    NotingSubscriber two = hub.subscriber(7, CREATE);
    hub.table.subscribe(7, new Subscription(), CREATE);
    one.wakes = false;
    assertThat(hub.dispatch(A)).isFalse();
    two.wakes = false;
    assertThat(hub.dispatch(B)).isTrue();
    assertThat(one.told).containsExactly("7 CREATE a", "7 CREATE b");
    assertThat(two.told).containsExactly("7 CREATE a", "7 CREATE b");
  }

  @Test
  void whoIsAlone_mayGoOn_andOneOfTwoMayNot() {
    one.goesOn = true;
    one.onRecord = () -> one.told.add("called");
    hub.dispatch(A, B);
    assertThat(one.told).containsExactly("called", "7 CREATE a", "7 CREATE b");
    one.told.clear();
    hub.subscriber(7, CREATE);
    hub.dispatch(A, B);
    assertThat(one.told).containsExactly("called", "7 CREATE a", "called", "7 CREATE b");
  }

  @Test
  void nobodyHurries_whereAllAreBusy_andSomethingCame() {
    assertThat(hub.dispatch()).as("nothing").isFalse();
    assertThat(hub.dispatch(A)).as("woken").isFalse();
    one.wakes = false;
    assertThat(hub.dispatch(A, B)).isTrue();
    NotingSubscriber two = hub.subscriber(8, CREATE);
    assertThat(hub.dispatch(A, OTHER)).isFalse();
    assertThat(hub.dispatch(OTHER, A)).isFalse();
    assertThat(two.told).hasSize(2);
    assertThat(hub.dispatch(A, ignored(9))).as("of no watch").isFalse();
  }

  @Test
  void whatComesBehindTheClose_isNobodys() {
    one.onRecord = hub::close;
    hub.dispatch(A, B);
    assertThat(one.told).containsExactly("7 CREATE a");
  }

  // The end of a watch.

  @Test
  void ignored_endsTheWatchForAll() {
    NotingSubscriber two = hub.subscriber(7, CREATE);
    hub.table.subscribe(7, new Subscription(), CREATE);
    assertThat(hub.dispatch(ignored(7), A)).isFalse();
    assertThat(one.told).containsExactly("ended 7");
    assertThat(two.told).containsExactly("ended 7");
    assertThat(hub.table.get(7)).isNull();
    assertThat(one.subscription.wds().isEmpty()).isTrue();
  }

  @Test
  void recordsOfNoWatch_areKeptForWhoIsOnTheWay() {
    hub.table.early().begin();
    hub.dispatch(OTHER, ignored(8), EventRecord.of(0, CREATE).named("of none"));
    assertThat(hub.table.early().size()).isEqualTo(2);
    NotingSubscriber two = hub.subscriber(8, CREATE);
    hub.underLock(() -> hub.dispatcher.dispatchEarly(8));
    assertThat(two.told).containsExactly("8 CREATE c", "ended 8");
    assertThat(hub.table.early().size()).isOne();
    assertThat(hub.table.early().isGone(8)).isTrue();
  }

  @Test
  void whoTakesWhatWasKept_cannotGoOn_andWhatItAsksForIsDone() {
    hub.table.early().begin();
    hub.dispatch(OTHER, EventRecord.of(8, CREATE).named("d"));
    NotingSubscriber two = hub.subscriber(8, CREATE);
    two.goesOn = true;
    two.onRecord = () -> hub.dispatcher.afterBatch(() -> two.told.add("afterwards"));
    hub.underLock(() -> hub.dispatcher.dispatchEarly(8));
    assertThat(two.told).containsExactly("8 CREATE c", "8 CREATE d", "afterwards", "afterwards");
  }

  // Marks, and what is done behind the batch.

  @Test
  void marks_areReached_andAreNoRecordsToBeKept() {
    List<String> acted = new ArrayList<>();
    mark(acted, "a");
    mark(acted, "b");
    hub.table.early().begin();
    assertThat(hub.dispatch(EventRecord.of(1, Flag.ATTRIB.bit()))).isFalse();
    assertThat(acted).containsExactly("a");
    hub.dispatch(ignored(1));
    assertThat(acted).containsExactly("a");
    hub.dispatch(EventRecord.of(1, Flag.MODIFY.bit()));
    assertThat(acted).containsExactly("a", "b");
    assertThat(hub.table.early().size()).isZero();
  }

  @Test
  void aMarkThatIsReachedByTheEndOfItsWatch() {
    List<String> acted = new ArrayList<>();
    hub.kernel.answer("fchmod", Errno.EINVAL);
    mark(acted, "a");
    hub.dispatch(EventRecord.of(1, Flag.ATTRIB.bit()));
    assertThat(acted).isEmpty();
    hub.dispatch(ignored(1));
    assertThat(acted).containsExactly("a");
  }

  @Test
  void afterwards_isBehindTheBatch_underTheLock_inOrder() {
    List<String> acted = new ArrayList<>();
    one.onRecord =
        () ->
            hub.dispatcher.afterBatch(
                () -> {
                  acted.add(one.told.size() + " told, " + hub.lock.getHoldCount());
                  if (acted.size() == 2) {
                    hub.dispatcher.afterBatch(() -> acted.add("more"));
                  }
                });
    hub.dispatch(A, B);
    assertThat(acted).containsExactly("2 told, 1", "2 told, 1", "more");
    hub.dispatch();
    assertThat(acted).hasSize(3);
  }

  @Test
  void whatTheLockGuards_isNotDoneWithoutIt() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> hub.dispatcher.afterBatch(() -> {}));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> hub.dispatcher.dispatchEarly(8));
    assertThatExceptionOfType(AssertionError.class).isThrownBy(hub.dispatcher::runAfterwards);
  }

  // Faults.

  @Test
  void aFaultAtARecord_isALossOfItsWatch() {
    NotingSubscriber two = hub.subscriber(8, CREATE);
    hub.table.subscribe(7, new Subscription(), CREATE);
    one.onRecord =
        () -> {
          throw new IllegalStateException("test");
        };
    one.wakes = false;
    assertThat(hub.dispatch(A, OTHER)).isFalse();
    assertThat(one.told).containsExactly("lost 7");
    assertThat(two.told).containsExactly("8 CREATE c");
    assertIsLogged();
    two.wakes = false;
    assertThat(hub.dispatch(OTHER, A)).isFalse();
  }

  private void assertIsLogged() {
    assertThat(logged.lines())
        .containsExactly("SEVERE an event could not be delivered; its keys get OVERFLOW");
    assertThat(logged.causes()).extracting(Throwable::getMessage).containsExactly("test");
  }

  @Test
  void noMemoryAtARecord_isALossOfItsWatch() {
    one.onRecord =
        () -> {
          throw new OutOfMemoryError("test");
        };
    assertThat(hub.dispatch(A)).isFalse();
    one.onRecord = () -> {};
    one.wakes = false;
    assertThat(hub.dispatch(B)).isTrue();
    assertThat(one.told).containsExactly("lost 7", "7 CREATE b");
    assertIsLogged();
  }

  @Test
  void noMemory_urgesThePoller_whoeverIsBusy() {
    NotingSubscriber two = hub.subscriber(8, CREATE);
    two.wakes = false;
    one.onRecord =
        () -> {
          throw new OutOfMemoryError("test");
        };
    assertThat(hub.dispatch(A, OTHER)).isFalse();
  }

  @Test
  void noMemoryAtAMark_isThePollersFault() {
    hub.kernel.answer("inotifyAddWatch", 1);
    hub.underLock(
        () ->
            hub.marks.place(
                () -> {
                  throw new OutOfMemoryError("test");
                }));
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> hub.dispatch(EventRecord.of(1, Flag.ATTRIB.bit())))
        .withMessage("test");
    assertThat(hub.lock.isLocked()).isFalse();
    assertThat(logged.lines()).isEmpty();
  }

  @Test
  void noMemoryAtTheEndOfAWatch_isThePollersFault() {
    hub.subscribe(
        8,
        new AtTheEnd(
            () -> {
              throw new OutOfMemoryError("test");
            }));
    hub.subscribe(8, one);
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> hub.dispatch(ignored(8)))
        .withMessage("test");
    assertThat(one.told).containsExactly("ended 8");
  }

  @Test
  void aFaultAtARecordOfNoWatch_isLogged() {
    hub.kernel.answer("inotifyAddWatch", 1);
    hub.underLock(
        () ->
            hub.marks.place(
                () -> {
                  throw new IllegalStateException("test");
                }));
    hub.dispatch(EventRecord.of(1, Flag.ATTRIB.bit()), A);
    assertThat(one.told).containsExactly("7 CREATE a");
    assertIsLogged();
  }

  @Test
  void aFaultAtAMark_whereNoPlaceCanBeMarked_keepsNoOtherFromBeingReached() {
    hub.kernel.tellWatches(7);
    hub.kernel.answer("inotifyAddWatch", 1);
    List<String> acted = new ArrayList<>();
    hub.underLock(
        () ->
            hub.marks.place(
                () -> {
                  throw new IllegalStateException("test");
                }));
    mark(acted, "a");
    hub.kernel.answer("inotifyRmWatch", Errno.EINVAL);
    hub.dispatch(EventRecord.overflow());
    assertThat(acted).containsExactly("a");
    assertIsLogged();
  }

  // Losses.

  @Test
  void overflow_isToldToAllWhoAreAttached_andWatchesThatAreGoneEnd() {
    NotingSubscriber service = hub.attached();
    NotingSubscriber two = hub.subscriber(0x1f, CREATE);
    hub.kernel.tellWatches(0x1f);
    hub.kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    assertThat(hub.dispatch(EventRecord.overflow())).isFalse();
    assertThat(service.told).containsExactly("lost");
    assertThat(one.told).containsExactly("ended 7");
    assertThat(two.told).isEmpty();
    assertThat(hub.table.wds()).containsExactly(0x1f);
    assertThat(hub.lock.isLocked()).isFalse();
  }

  @Test
  void overflow_isToldOnce_whereTheQueueWasRead() {
    NotingSubscriber service = hub.attached();
    hub.kernel.tellWatches(7);
    List<String> acted = new ArrayList<>();
    mark(acted, "a");
    long start = hub.table.early().begin();
    hub.dispatch(EventRecord.overflow(), A, EventRecord.overflow());
    assertThat(hub.table.early().isOverflowedSince(start)).isTrue();
    assertThat(service.told).isEmpty();
    assertThat(acted).isEmpty();
    hub.dispatch(ignored(1));
    assertThat(service.told).containsExactly("lost");
    assertThat(acted).containsExactly("a");
    hub.dispatch(EventRecord.overflow());
    hub.dispatch(ignored(1));
    assertThat(service.told).containsExactly("lost", "lost");
    assertThat(one.told).containsExactly("7 CREATE a");
  }

  @Test
  void whereTheKernelDoesNotTellWatches_noneEnds() {
    hub.kernel.answer("open", Errno.EACCES);
    hub.dispatch(EventRecord.overflow());
    assertThat(one.told).isEmpty();
    assertThat(hub.table.wds()).containsExactly(7);
    assertThat(logged.lines())
        .containsExactly(
            "WARNING the kernel does not tell which watches are left after an overflow");
    hub.dispatch(A);
    assertThat(logged.lines()).hasSize(1);
  }

  @Test
  void aWatchThatItsOwnEndTakesAway_isPassedOver() {
    NotingSubscriber two = hub.subscriber(8, CREATE);
    hub.table.unsubscribe(one.subscription, 7);
    hub.subscribe(7, new AtTheEnd(() -> hub.table.unsubscribe(two.subscription, 8)));
    assertThat(hub.table.wds()).containsExactly(7, 8);
    hub.kernel.answer("inotifyAddWatch", 1);
    hub.dispatcher.reconcile();
    assertThat(hub.table.size()).as("what is queued comes first").isEqualTo(2);
    hub.dispatch(EventRecord.of(1, Flag.ATTRIB.bit()));
    assertThat(hub.table.size()).isZero();
    assertThat(two.told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15})
  void bytesThatAreNoRecord_areALossOfAll(int rest) {
    NotingSubscriber service = hub.attached();
    hub.kernel.tellWatches(7);
    hub.kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    byte[] bytes = A.encoded();
    hub.dispatch(Arrays.copyOf(bytes, bytes.length + rest));
    assertThat(one.told).containsExactly("7 CREATE a");
    assertThat(service.told).containsExactly("lost");
    assertThat(logged.lines())
        .containsExactly("SEVERE the kernel's bytes cannot be read; all keys get OVERFLOW");
  }
}
