package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Objects;
import org.inotify4j.Flag;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch whose mask is more than its subscribers want together is asked for anew. */
final class MaskReplacementTest {

  private static final int CREATE = Flag.CREATE.bit();
  private static final int DELETE = Flag.DELETE.bit();
  private static final String BY_PATH = "add /d CREATE|MASK_ADD";
  private static final String OPEN = "add /proc/self/fd/5 CREATE|ONLYDIR|MASK_ADD";
  private static final String FIND = "add /proc/self/fd/5 MOVE_SELF|MASK_ADD";
  private static final String REPLACE = "add /proc/self/fd/5 CREATE";
  private static final String OPENED =
      "open /d " + (LibC.O_PATH | Processor.O_DIRECTORY | LibC.O_CLOEXEC);

  private HubParts hub;
  private final NotingSubscriber one = new NotingSubscriber(CREATE);

  /** Another one has left the watch of the only directory. */
  @BeforeEach
  void aMaskThatIsTooMuch() throws Exception {
    hub = new HubParts();
    hub.kernel.answer("inotifyAddWatch", 7);
    hub.kernel.answer("open", 5);
    NotingSubscriber two = hub.subscriber(7, DELETE);
    hub.subscribe(7, one);
    assertThat(hub.table.unsubscribe(two.subscription, 7)).isTrue();
    assertThat(hub.registrar.isMaskOther(7)).isTrue();
  }

  private void add() throws Exception {
    boolean isNew =
        hub.registrar.add(one.subscription, Path.of("/d"), CREATE, 0, (wd, isNewOne) -> isNewOne);
    assertThat(isNew).isFalse();
  }

  private int watch(boolean isTaken) {
    return hub.registrar.watch(one.subscription, 5, CREATE, (wd, isNew) -> isTaken);
  }

  private int mask(int wd) {
    return Objects.requireNonNull(hub.table.get(wd)).mask();
  }

  @Test
  void add_toAMaskThatIsTooMuch_replacesIt() throws Exception {
    add();
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH, OPENED, FIND, REPLACE, "close 5");
    assertThat(mask(7)).isEqualTo(CREATE);
  }

  @Test
  void add_toAMaskThatIsTooMuch_leavesIt_whereThePathLeadsNowhere() throws Exception {
    hub.kernel.answer("open", Errno.ENOENT);
    add();
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH, OPENED);
  }

  @Test
  void add_toAMaskThatIsTooMuch_byTheFirstDescriptor() throws Exception {
    hub.kernel.answer("open", 0);
    add();
    assertThat(mask(7)).isEqualTo(CREATE);
    assertThat(hub.kernel.asked()).endsWith("add /proc/self/fd/0 CREATE", "close 0");
  }

  @Test
  void watch_toAMaskThatIsTooMuch_replacesIt() {
    assertThat(watch(true)).isEqualTo(7);
    assertThat(hub.kernel.asked()).containsExactly(OPEN, FIND, REPLACE);
    assertThat(mask(7)).isEqualTo(CREATE);
  }

  @Test
  void watchEntry_toAMaskThatIsTooMuch_leavesIt() {
    assertThat(
            hub.registrar.watchEntry(
                one.subscription, 5, "name".getBytes(US_ASCII), CREATE, (wd, isNew) -> true))
        .isEqualTo(7);
    assertThat(hub.kernel.asked())
        .containsExactly("add /proc/self/fd/5/name CREATE|DONT_FOLLOW|MASK_ADD");
    assertThat(hub.registrar.isMaskOther(7)).isTrue();
  }

  @Test
  void replaceMask_whereItIsAsWanted_asksNothing() {
    hub.subscriber(8, CREATE);
    hub.registrar.replaceMask(8, 5);
    hub.registrar.replaceMask(9, 5);
    assertThat(hub.registrar.isMaskOther(8)).isFalse();
    assertThat(hub.kernel.asked()).isEmpty();
  }

  @Test
  void replaceMask_ofAnotherDirectory_changesNothing() {
    hub.subscriber(8, CREATE);
    hub.kernel.answer("inotifyAddWatch", 8);
    hub.registrar.replaceMask(7, 5);
    assertThat(hub.kernel.asked()).containsExactly(FIND);
    assertThat(hub.registrar.isMaskOther(7)).isTrue();
  }

  @Test
  void replaceMask_whereTheHubIsClosedMeanwhile_changesNothing() {
    assertThat(hub.registrar.isMaskOther(7)).isTrue();
    hub.kernel.during("inotifyAddWatch", hub::close);
    hub.registrar.replaceMask(7, 5);
    assertThat(hub.kernel.asked()).containsExactly(FIND);
    assertThat(hub.registrar.isMaskOther(7)).as("nobody wants it").isFalse();
  }

  @Test
  void replaceMask_whereAnotherOneDoesItMeanwhile_doesItOnceMore() {
    hub.kernel.during(
        "inotifyAddWatch",
        () -> {
          hub.table.replaceMask(7, 6);
          assertThat(hub.table.isMaskOther(7)).isFalse();
        });
    hub.registrar.replaceMask(7, 5);
    assertThat(hub.kernel.asked()).containsExactly("add /proc/self/fd/6 CREATE", FIND, REPLACE);
  }

  @Test
  void watch_thatIsNotTaken_leavesIt() {
    assertThat(watch(false)).isEqualTo(-Errno.EBADF.number());
    assertThat(hub.kernel.asked()).containsExactly(OPEN);
    assertThat(hub.registrar.isMaskOther(7)).isTrue();
  }

  @Test
  void aPath_isNotWalkedUnderTheLock() {
    hub.underLock(
        () ->
            assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> hub.registrar.replaceMask(7, Path.of("/d"))));
    assertThat(hub.kernel.asked()).isEmpty();
  }
}
