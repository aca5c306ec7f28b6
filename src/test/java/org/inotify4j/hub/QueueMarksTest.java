package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mark asks of the kernel, and which record stands for it. */
final class QueueMarksTest {

  private static final String WATCH = "add /proc/self/fd/5 MODIFY|ATTRIB";

  private final NotingKernel kernel = new NotingKernel();
  private final List<String> acted = new ArrayList<>();
  private QueueMarks marks;

  @BeforeEach
  void aFileThatCanBeHad() throws Exception {
    marks = new QueueMarks(kernel.instance());
    kernel.answer("memfdCreate", 5);
    kernel.answer("inotifyAddWatch", 1);
  }

  private void place(String name) {
    assertThat(marks.place(() -> acted.add(name))).isZero();
  }

  /** As it is when the poller has come so far. */
  private void assertReached(int wd, boolean isIgnored, String... expected) {
    assertThat(marks.reached(wd, isIgnored)).isTrue();
    assertActed(expected);
  }

  private void assertActed(String... expected) {
    assertThat(acted).containsExactly(expected);
    acted.clear();
  }

  // The file.

  @Test
  void prepare_opensAndWatchesAFile_once() {
    assertThat(marks.isReady()).isFalse();
    assertThat(marks.prepare()).isZero();
    assertThat(kernel.asked()).containsExactly("inotify4j 9", WATCH);
    assertThat(marks.isReady()).isTrue();
    assertThat(marks.prepare()).isZero();
    assertThat(kernel.asked()).isEmpty();
  }

  @Test
  void prepare_theFirstNumbersThereAre() {
    kernel.answer("memfdCreate", 0);
    kernel.answer("inotifyAddWatch", 0);
    assertThat(marks.prepare()).isZero();
    assertThat(marks.prepare()).isZero();
    assertThat(kernel.asked()).containsExactly("inotify4j 9", "add /proc/self/fd/0 MODIFY|ATTRIB");
    assertThat(marks.isReady()).isTrue();
    marks.wake();
    marks.close();
    assertThat(kernel.asked()).containsExactly("fchmod 0", "close 0");
  }

  @ParameterizedTest
  @EnumSource(names = {"EMFILE", "ENFILE"})
  void prepare_noRoomForAFile_isNoRoomForAPipeEither(Errno errno) {
    kernel.answer("memfdCreate", errno);
    assertThat(marks.prepare()).isEqualTo(-errno.number());
    assertThat(kernel.asked()).containsExactly("inotify4j 9");
    assertThat(marks.isReady()).isFalse();
    assertThat(marks.place(() -> acted.add("a"))).isEqualTo(-errno.number());
    marks.reachAll();
    assertActed();
  }

  @Test
  void prepare_withoutMemfd_takesAPipe() {
    kernel.answer("memfdCreate", Errno.EINVAL);
    assertThat(marks.prepare()).isZero();
    assertThat(kernel.asked())
        .containsExactly(
            "inotify4j 9",
            "inotify4j 1",
            "pipe2 80000",
            "close " + NotingKernel.WRITER,
            "add /proc/self/fd/" + NotingKernel.READER + " MODIFY|ATTRIB");
  }

  @Test
  void prepare_neitherCanBeHad() {
    kernel.answer("memfdCreate", Errno.EPERM);
    kernel.answer("pipe2", Errno.EMFILE);
    assertThat(marks.prepare()).isEqualTo(-Errno.EMFILE.number());
    assertThat(kernel.asked()).containsExactly("inotify4j 9", "pipe2 80000");
  }

  @Test
  void prepare_noWatch_keepsTheFile() {
    kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    assertThat(marks.prepare()).isEqualTo(-Errno.ENOSPC.number());
    assertThat(marks.isReady()).isFalse();
    kernel.answer("inotifyAddWatch", 1);
    kernel.asked();
    assertThat(marks.prepare()).isZero();
    assertThat(kernel.asked()).containsExactly(WATCH);
  }

  @Test
  void close_givesTheFileBack_once() {
    marks.close();
    assertThat(kernel.asked()).isEmpty();
    assertThat(marks.prepare()).isZero();
    kernel.asked();
    marks.close();
    assertThat(marks.isReady()).isFalse();
    marks.close();
    assertThat(kernel.asked()).containsExactly("close 5");
  }

  // Records.

  @Test
  void marks_changeTheFileInTurns_andAreReachedOneByOne() {
    place("a");
    place("b");
    place("c");
    assertThat(kernel.asked())
        .containsExactly("inotify4j 9", WATCH, "fchmod 5", "ftruncate 5", "fchmod 5");
    assertReached(1, false, "a");
    assertReached(1, false, "b");
    assertThat(marks.reached(2, false)).as("another watch").isFalse();
    assertActed();
    assertReached(1, false, "c");
    assertReached(1, false);
  }

  @Test
  void whereTheFileCannotBeChanged_itsWatchIsPlacedAnew() {
    place("a");
    kernel.answer("ftruncate", Errno.EINVAL);
    kernel.answer("inotifyAddWatch", 2);
    kernel.asked();
    place("b");
    assertThat(kernel.asked()).containsExactly("ftruncate 5", "remove 1", WATCH);
    place("c");
    assertThat(kernel.asked()).containsExactly("fchmod 5");
    assertReached(1, false, "a");
    assertThat(marks.reached(2, true)).as("not the watch of a mark").isTrue();
    assertActed();
    assertReached(1, true, "b");
    assertThat(marks.reached(1, true)).as("nobody waits for the old one").isFalse();
    assertReached(2, false, "c");
  }

  @Test
  void aRecord_standsForTheMarksBefore() {
    place("a");
    kernel.answer("ftruncate", Errno.EINVAL);
    kernel.answer("inotifyAddWatch", 2);
    place("b");
    place("c");
    assertReached(1, true, "a", "b");
    assertReached(2, false, "c");
  }

  @Test
  void whereItCannotBeWatchedAnew_theNextMarkTriesAgain() {
    kernel.answer("fchmod", Errno.EINVAL);
    assertThat(marks.prepare()).isZero();
    kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    place("a");
    assertThat(marks.isReady()).isFalse();
    kernel.answer("inotifyAddWatch", 2);
    kernel.asked();
    place("b");
    assertThat(kernel.asked()).containsExactly(WATCH, "ftruncate 5");
    assertReached(1, true, "a");
    assertReached(2, false, "b");
  }

  @Test
  void afterAnError_theNextMarkDoesNotRelyOnTheFile() {
    place("a");
    kernel.fault("ftruncate", new OutOfMemoryError("test"));
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> marks.place(() -> acted.add("b")));
    kernel.answer("inotifyAddWatch", 2);
    kernel.asked();
    place("c");
    assertThat(kernel.asked()).containsExactly("remove 1", WATCH);
    place("d");
    assertThat(kernel.asked()).containsExactly("ftruncate 5");
    assertReached(1, true, "a", "c");
    assertReached(2, false, "d");
  }

  @Test
  void anActionThatThrows_keepsNoOtherFromBeingDone() {
    assertThat(
            marks.place(
                () -> {
                  throw new IllegalStateException("test");
                }))
        .isZero();
    kernel.answer("ftruncate", Errno.EINVAL);
    place("b");
    assertThatIllegalStateException().isThrownBy(() -> marks.reached(1, true)).withMessage("test");
    assertActed("b");
    marks.reachAll();
    assertActed();
  }

  // A full queue, and the end.

  @Test
  void placeAgain_nobodyWaits_hasTheFirstWait() {
    assertThat(marks.prepare()).isZero();
    kernel.answer("inotifyAddWatch", 2);
    kernel.asked();
    marks.placeAgain(() -> acted.add("first"));
    assertThat(kernel.asked()).containsExactly("remove 1", WATCH);
    assertActed();
    assertReached(1, true, "first");
  }

  @Test
  void placeAgain_recordsThatAreThereAllTheSame_standForNothing() {
    place("a");
    place("b");
    kernel.answer("inotifyAddWatch", 2);
    marks.placeAgain(() -> acted.add("first"));
    place("c");
    assertThat(marks.reached(1, false)).isFalse();
    assertThat(marks.reached(1, false)).isFalse();
    assertActed();
    assertReached(1, true, "first", "a", "b");
    assertReached(2, false, "c");
  }

  @Test
  void placeAgain_twice_isInOrder() {
    place("a");
    kernel.answer("inotifyAddWatch", 2);
    marks.placeAgain(() -> acted.add("first"));
    place("b");
    kernel.answer("inotifyAddWatch", 3);
    marks.placeAgain(() -> acted.add("second"));
    assertThat(marks.reached(1, true)).isFalse();
    assertReached(2, true, "second", "first", "a", "b");
  }

  @Test
  void placeAgain_whereNoRecordWillCome_actsAtOnce() {
    place("a");
    kernel.answer("inotifyRmWatch", Errno.EINVAL);
    marks.placeAgain(() -> acted.add("first"));
    assertActed("first", "a");
  }

  @Test
  void placeAgain_hasOneIgnoredStandForAll() {
    place("a");
    place("b");
    kernel.answer("inotifyAddWatch", 2);
    kernel.asked();
    marks.placeAgain(() -> acted.add("first"));
    assertThat(kernel.asked()).containsExactly("remove 1", WATCH);
    assertReached(1, true, "first", "a", "b");
    assertThat(marks.reached(1, true)).isFalse();
    assertReached(2, false);
  }

  @Test
  void placeAgain_whereNothingCanBeMarked_actsAtOnce() {
    place("a");
    place("b");
    kernel.answer("fchmod", Errno.EINVAL);
    kernel.answer("ftruncate", Errno.EINVAL);
    kernel.asked();
    marks.wake();
    assertThat(kernel.asked()).containsExactly("fchmod 5", "remove 1");
    assertThat(marks.isReady()).isFalse();
    marks.wake();
    marks.placeAgain(() -> acted.add("first"));
    assertThat(kernel.asked()).isEmpty();
    assertActed("first", "a", "b");
  }

  @Test
  void wake_changesTheFile() {
    assertThat(marks.prepare()).isZero();
    kernel.asked();
    marks.wake();
    marks.wake();
    assertThat(kernel.asked()).containsExactly("fchmod 5", "ftruncate 5");
    assertThat(marks.isReady()).isTrue();
  }

  @Test
  void reachAll_anActionThatThrows_keepsNoOtherFromBeingDone() {
    place("a");
    assertThat(
            marks.place(
                () -> {
                  acted.add("b");
                  throw new IllegalStateException("test");
                }))
        .isZero();
    place("c");
    assertThatIllegalStateException().isThrownBy(marks::reachAll).withMessage("test");
    assertActed("a", "b", "c");
    marks.reachAll();
    assertActed();
  }

  @Test
  void reachAll_actsOnAll_andOnceMoreWhereThereWasNoMemory() {
    place("a");
    boolean[] isFirst = {true};
    assertThat(
            marks.place(
                () -> {
                  acted.add("b");
                  if (isFirst[0]) {
                    isFirst[0] = false;
                    throw new OutOfMemoryError("test");
                  }
                }))
        .isZero();
    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(marks::reachAll);
    assertActed("a", "b");
    marks.reachAll();
    assertActed("b");
    marks.reachAll();
    assertActed();
  }

  @Test
  void end_actsOnAll_wakesWhoWaits_andGivesTheFileBack() {
    place("a");
    kernel.asked();
    marks.end();
    assertActed("a");
    assertThat(kernel.asked()).containsExactly("ftruncate 5", "close 5");
  }

  @Test
  void end_whereAnActionThrows_wakesAndGivesTheFileBackAllTheSame() {
    assertThat(
            marks.place(
                () -> {
                  throw new IllegalStateException("test");
                }))
        .isZero();
    kernel.asked();
    assertThatIllegalStateException().isThrownBy(marks::end).withMessage("test");
    assertThat(kernel.asked()).containsExactly("ftruncate 5", "close 5");
  }
}
