package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inotify4j.Flag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch that the kernel has placed, and who asked for it has no memory to take it. */
final class WatchesNobodyTookTest {

  private static final int CREATE = Flag.CREATE.bit();
  private static final Path DIRECTORY = Path.of("/d");
  private static final byte[] NAME = "name".getBytes(US_ASCII);
  private static final String BY_PATH = "add /d CREATE|MASK_ADD";
  private static final String OPEN = "add /proc/self/fd/5 CREATE|ONLYDIR|MASK_ADD";
  private static final String ENTRY = "add /proc/self/fd/5/name CREATE|DONT_FOLLOW|MASK_ADD";

  private final NotingSubscriber one = new NotingSubscriber(CREATE);
  private HubParts hub;

  @BeforeEach
  void aKernelThatPlacesOneWatch() throws Exception {
    hub = new HubParts();
    hub.kernel.answer("inotifyAddWatch", 7);
  }

  private void takesWithoutMemory() {
    Hub.Placed<Boolean> placed =
        (wd, isNew) -> {
          throw new OutOfMemoryError("test");
        };
    List<ThrowingCallable> ways =
        List.of(
            () -> hub.registrar.add(one.subscription, DIRECTORY, CREATE, 0, placed),
            () -> hub.registrar.watch(one.subscription, 5, CREATE, placed),
            () -> hub.registrar.watchEntry(one.subscription, 5, NAME, CREATE, placed));
    for (ThrowingCallable way : ways) {
      assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(way).withMessage("test");
    }
  }

  @Test
  void aWatchThatNobodyCouldTake_isGivenBack() {
    takesWithoutMemory();
    assertThat(hub.table.size()).isZero();
    assertThat(one.subscription.wds().isEmpty()).isTrue();
    assertThat(hub.kernel.asked())
        .containsExactly(BY_PATH, "remove 7", OPEN, "remove 7", ENTRY, "remove 7");
  }

  @Test
  void aWatchThatOthersHave_staysTheirs_whereOneCouldNotTakeIt() {
    NotingSubscriber other = hub.subscriber(7, CREATE);
    takesWithoutMemory();
    assertThat(hub.table.get(7)).isNotNull();
    assertThat(other.subscription.wds().toArray()).containsExactly(7);
    assertThat(one.subscription.wds().isEmpty()).isTrue();
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH, OPEN, ENTRY);
  }

  @Test
  void aWatchThatItHadBefore_isItsOwn_whereItCouldNotTakeItAgain() throws Exception {
    Hub.Placed<Integer> taking = (wd, isNew) -> wd;
    int taken = hub.registrar.add(one.subscription, DIRECTORY, CREATE, 0, taking);
    assertThat(taken).isEqualTo(7);
    takesWithoutMemory();
    assertThat(one.subscription.wds().toArray()).containsExactly(7);
    assertThat(Objects.requireNonNull(hub.table.get(7)).mask()).isEqualTo(CREATE);
    assertThat(hub.kernel.asked()).containsExactly(BY_PATH, BY_PATH, OPEN, ENTRY);
  }
}
