package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.inotify4j.Flag;
import org.inotify4j.base.Logged;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.EventRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the kernel is asked for a watch, and what others do to it meanwhile. */
final class RegistrarTest {

  private static final int CREATE = Flag.CREATE.bit();
  private static final int DELETE = Flag.DELETE.bit();
  private static final Path DIRECTORY = Path.of("/d");

  /** The watch on the file that the marks change. */
  private static final int MARKS = 1;

  private static final byte[] NAME = "name".getBytes(US_ASCII);
  private static final int EBADF = -Errno.EBADF.number();
  private static final String BY_PATH = "add /d CREATE|MASK_ADD";
  private static final String OPEN = "add /proc/self/fd/5 CREATE|ONLYDIR|MASK_ADD";
  private static final String FIND = "add /proc/self/fd/5 MOVE_SELF|MASK_ADD";
  private static final String ENTRY = "add /proc/self/fd/5/name CREATE|DONT_FOLLOW|MASK_ADD";

  @RegisterExtension private final Logged logged = new Logged();

  private HubParts hub;
  private final NotingSubscriber one = new NotingSubscriber(CREATE);
  private final List<String> taken = new ArrayList<>();

  @BeforeEach
  void aKernelThatPlacesOneWatch() throws Exception {
    hub = new HubParts();
    hub.kernel.answer("inotifyAddWatch", 7);
    hub.kernel.answer("open", 5);
  }

  @AfterEach
  void nobodyIsOnTheWayAnyMore() {
    assertThat(hub.lock.isLocked()).isFalse();
    hub.table.early().gone(1000);
    assertThat(hub.table.early().isGone(1000)).as("somebody is on the way").isFalse();
  }

  private String take(int wd, boolean isNew) {
    assertThat(hub.lock.isHeldByCurrentThread()).isTrue();
    String which = wd + (isNew ? " new" : " known");
    taken.add(which);
    return which;
  }

  private String add() throws Exception {
    return hub.registrar.add(one.subscription, DIRECTORY, CREATE, 0, this::take);
  }

  private int watch() {
    return watch(true);
  }

  private int watch(boolean isTaken) {
    return hub.registrar.watch(
        one.subscription, 5, CREATE, (wd, isNew) -> accept(wd, isNew, isTaken));
  }

  private int watchEntry() {
    return hub.registrar.watchEntry(
        one.subscription, 5, NAME, CREATE, (wd, isNew) -> accept(wd, isNew, true));
  }

  private boolean accept(int wd, boolean isNew, boolean isTaken) {
    String unused = take(wd, isNew);
    return isTaken;
  }

  /** Places can be marked, by a watch that is none of those at hand. */
  private void prepareMarks() {
    hub.kernel.answer("inotifyAddWatch", MARKS);
    hub.underLock(() -> assertThat(hub.marks.prepare()).isZero());
    hub.kernel.answer("inotifyAddWatch", 7);
    List<String> unused = hub.kernel.asked();
  }

  /** The poller comes to what is queued, and to the mark behind it. */
  private void dispatchAndReachMark(EventRecord... queued) {
    hub.dispatch(queued);
    hub.dispatch(EventRecord.of(MARKS, Flag.ATTRIB.bit()));
  }

  private int mask(int wd) {
    return Objects.requireNonNull(hub.table.get(wd)).mask();
  }

  /** The next watch is gone before it is in the table, and the one behind it has another number. */
  private void removeMeanwhile() {
    hub.kernel.during(
        "inotifyAddWatch",
        () -> {
          hub.table.early().gone(7);
          hub.kernel.during("inotifyAddWatch", () -> hub.kernel.answer("inotifyAddWatch", 8));
        });
  }

  // By a path.

  @Test
  void add_asksForMore_andPutsItIntoTheTable() throws Exception {
    assertThat(
            hub.registrar.add(one.subscription, DIRECTORY, CREATE, Flag.ONLYDIR.bit(), this::take))
        .isEqualTo("7 new");
    assertThat(mask(7)).isEqualTo(CREATE);
    assertThat(one.subscription.wds().toArray()).containsExactly(7);
    assertThat(add()).isEqualTo("7 known");
    assertThat(hub.kernel.asked()).containsExactly("add /d CREATE|ONLYDIR|MASK_ADD", BY_PATH);
    assertThat(taken).containsExactly("7 new", "7 known");
  }

  @Test
  void add_whereTheKernelRefuses() {
    hub.kernel.answer("inotifyAddWatch", Errno.ENOENT);
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(this::add);
    assertThat(hub.table.size()).isZero();
    assertThat(taken).isEmpty();
  }

  @Test
  void add_ofAWatchThatIsGoneMeanwhile_placesItAgain() throws Exception {
    removeMeanwhile();
    assertThat(add()).isEqualTo("8 new");
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH, BY_PATH);
    assertThat(taken).containsExactly("8 new");
  }

  @Test
  void add_ofAWatchThatIsNarrowedMeanwhile_placesItAgain_once() throws Exception {
    hub.kernel.during("inotifyAddWatch", () -> hub.table.early().narrowed(7));
    assertThat(add()).isEqualTo("7 new");
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH, BY_PATH);
  }

  @Test
  void add_whereTheHubIsClosedMeanwhile() {
    hub.kernel.during("inotifyAddWatch", hub::close);
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(this::add);
    assertThat(hub.table.size()).isZero();
    assertThat(taken).isEmpty();
  }

  @Test
  void add_forWhoDoesNotWantItAnyMore_removesIt() {
    Hub.Placed<String> refusing =
        (wd, isNew) -> {
          throw new ClosedWatchServiceException();
        };
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> hub.registrar.add(one.subscription, DIRECTORY, CREATE, 0, refusing));
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH, "remove 7");
    assertThat(hub.table.size()).isZero();
  }

  @Test
  void add_whatCameMeanwhile_isHandedOut_behindTheTaking() throws Exception {
    one.onRecord = () -> taken.add("record");
    hub.kernel.during(
        "inotifyAddWatch", () -> hub.dispatch(EventRecord.of(7, CREATE).named("early")));
    assertThat(add()).isEqualTo("7 new");
    assertThat(taken).containsExactly("7 new", "record");
    assertThat(one.told).containsExactly("7 CREATE early");
  }

  @Test
  void add_whereRecordsAreLostMeanwhile_isTold_andAnEndAmongThemIsFound() throws Exception {
    prepareMarks();
    hub.kernel.during("inotifyAddWatch", () -> hub.table.early().overflow());
    assertThat(add()).isEqualTo("7 new");
    dispatchAndReachMark();
    assertThat(one.told).containsExactly("lost 7", "ended 7");
    assertThat(hub.table.size()).isZero();
    assertThat(hub.kernel.asked()).as("nobody is woken").endsWith("close 5", "fchmod 0").hasSize(4);
  }

  @Test
  void whereRecordsAreLostMeanwhile_theKernelIsAskedWithoutTheLock() throws Exception {
    prepareMarks();
    List<Boolean> isLocked = new ArrayList<>();
    for (Callable<?> placing : List.<Callable<?>>of(this::add, this::watch, this::watchEntry)) {
      hub.kernel.during("inotifyAddWatch", () -> hub.table.early().overflow());
      hub.kernel.during("open", () -> isLocked.add(hub.lock.isLocked()));
      placing.call();
      dispatchAndReachMark();
    }
    assertThat(isLocked).containsExactly(false, false, false);
    assertThat(one.told).containsExactly("lost 7", "ended 7", "ended 7", "ended 7");
    assertThat(hub.table.size()).isZero();
  }

  @Test
  void add_whereNoneAreLost_asksForNothingElse() throws Exception {
    hub.table.early().overflow();
    assertThat(add()).isEqualTo("7 new");
    assertThat(one.told).isEmpty();
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH);
  }

  @Test
  void add_forWhoIsForgotten_whereRecordsAreLostMeanwhile() throws Exception {
    hub.kernel.tellWatches(7);
    hub.kernel.during("inotifyAddWatch", () -> hub.table.early().overflow());
    assertThat(hub.registrar.add(new Subscription(), DIRECTORY, 0x100, 0, this::take))
        .isEqualTo("7 new");
    assertThat(hub.table.wds()).containsExactly(7);
  }

  @Test
  void add_whereTheKernelDoesNotTellWatches_logsThatAtOnce() throws Exception {
    hub.kernel.answer("open", Errno.EACCES);
    hub.kernel.during("inotifyAddWatch", () -> hub.table.early().overflow());
    assertThat(add()).isEqualTo("7 new");
    assertThat(one.told).containsExactly("lost 7");
    assertThat(logged.lines())
        .containsExactly(
            "WARNING the kernel does not tell which watches are left after an overflow");
    assertThat(hub.kernel.asked()).as("the poller is woken").endsWith("fchmod 0");
    assertThat(hub.dispatcher.owesEnds()).isTrue();
  }

  // What is open.

  @Test
  void watch_asksForMore_andPutsItIntoTheTable() {
    assertThat(watch()).isEqualTo(7);
    assertThat(mask(7)).isEqualTo(CREATE);
    assertThat(watch()).isEqualTo(7);
    assertThat(hub.kernel.asked()).containsExactly(OPEN, OPEN);
    assertThat(taken).containsExactly("7 new", "7 known");
  }

  @Test
  void watchEntry_asksForTheEntryItself() {
    assertThat(watchEntry()).isEqualTo(7);
    assertThat(mask(7)).isEqualTo(CREATE);
    assertThat(hub.kernel.asked()).containsExactly(ENTRY);
  }

  @Test
  void watch_whereTheKernelRefuses() {
    hub.kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    assertThat(watch()).isEqualTo(-Errno.ENOSPC.number());
    assertThat(watchEntry()).isEqualTo(-Errno.ENOSPC.number());
    assertThat(hub.table.size()).isZero();
    assertThat(taken).isEmpty();
  }

  @Test
  void watch_whereItIsNotTaken() {
    assertThat(watch(false)).isEqualTo(EBADF);
    assertThat(hub.kernel.asked()).containsExactly(OPEN);
  }

  @Test
  void watch_ofWhatIsGoneMeanwhile_placesItAgain() {
    removeMeanwhile();
    assertThat(watch()).isEqualTo(8);
    assertThat(hub.kernel.asked()).containsExactly(OPEN, OPEN);
    assertThat(taken).containsExactly("8 new");
  }

  @Test
  void watch_ofWhatIsNarrowedMeanwhile_placesItAgain_once() {
    hub.kernel.during("inotifyAddWatch", () -> hub.table.early().narrowed(7));
    assertThat(watch()).isEqualTo(7);
    assertThat(hub.kernel.asked()).containsExactly(OPEN, OPEN);
  }

  @Test
  void watch_whereTheHubIsClosedMeanwhile() {
    hub.kernel.during("inotifyAddWatch", hub::close);
    assertThat(watch()).isEqualTo(EBADF);
    assertThat(watchEntry()).isEqualTo(EBADF);
    assertThat(hub.table.size()).isZero();
    assertThat(taken).isEmpty();
  }

  @Test
  void watch_forWhoIsOver_removesWhatNobodyElseHas() {
    one.subscription.end();
    assertThat(watch()).isEqualTo(EBADF);
    assertThat(watchEntry()).isEqualTo(EBADF);
    assertThat(hub.kernel.asked()).containsExactly(OPEN, "remove 7", ENTRY, "remove 7");
    hub.subscriber(7, CREATE);
    assertThat(watch()).isEqualTo(EBADF);
    assertThat(hub.kernel.asked()).containsExactly(OPEN);
    assertThat(taken).isEmpty();
  }

  @Test
  void watch_withoutMemory_isOnTheWayNoMore() {
    hub.kernel.fault("inotifyAddWatch", new OutOfMemoryError("test"));
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(this::watch).withMessage("test");
    assertThat(hub.table.size()).isZero();
  }

  @Test
  void watch_whereRecordsAreLostMeanwhile_looksAnyway_andAnEndAmongThemIsFound() {
    prepareMarks();
    hub.kernel.during("inotifyAddWatch", () -> hub.table.early().overflow());
    assertThat(watch()).isEqualTo(7);
    dispatchAndReachMark();
    assertThat(one.told).containsExactly("ended 7");
  }

  @Test
  void whereRecordsAreLostMeanwhile_thoseOfOtherWatchesAreToldBeforeTheirEnds() {
    prepareMarks();
    NotingSubscriber other = hub.subscriber(8, CREATE);
    hub.kernel.tellWatches(7);
    hub.kernel.during("inotifyAddWatch", () -> hub.table.early().overflow());
    assertThat(watch()).isEqualTo(7);
    dispatchAndReachMark(EventRecord.of(8, CREATE).named("queued"));
    assertThat(other.told).containsExactly("8 CREATE queued", "ended 8");
  }

  @Test
  void watch_ofANewOne_leavesItsMaskForLater() {
    one.mask = CREATE | DELETE;
    assertThat(watch()).isEqualTo(7);
    assertThat(hub.table.isMaskOther(7)).isTrue();
    assertThat(hub.kernel.asked()).containsExactly(OPEN);
  }

  // Finding.

  @Test
  void find_ofAWatchThatThereIs() {
    hub.subscriber(7, CREATE);
    assertThat(hub.registrar.find(5)).isEqualTo(7);
    assertThat(hub.registrar.findEntry(5, NAME)).isEqualTo(7);
    assertThat(hub.kernel.asked())
        .containsExactly(FIND, "add /proc/self/fd/5/name MOVE_SELF|DONT_FOLLOW|MASK_ADD");
  }

  @Test
  void find_ofNone_leavesNone() {
    assertThat(hub.registrar.find(5)).isEqualTo(-Errno.ENOENT.number());
    assertThat(hub.kernel.asked()).containsExactly(FIND, "remove 7");
    hub.kernel.answer("inotifyAddWatch", Errno.EACCES);
    assertThat(hub.registrar.find(5)).isEqualTo(-Errno.EACCES.number());
    assertThat(hub.kernel.asked()).containsExactly(FIND);
  }

  @Test
  void find_whereTheHubIsClosedMeanwhile() {
    hub.kernel.during("inotifyAddWatch", hub::close);
    assertThat(hub.registrar.find(5)).isEqualTo(EBADF);
    hub.kernel.answer("inotifyAddWatch", Errno.EACCES);
    assertThat(hub.registrar.find(5)).isEqualTo(-Errno.EACCES.number());
  }

  @Test
  void find_withoutMemory_isOnTheWayNoMore() {
    hub.kernel.fault("inotifyAddWatch", new OutOfMemoryError("test"));
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> hub.registrar.find(5))
        .withMessage("test");
  }
}
