package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cursor over what the kernel wrote. */
final class EventBufferTest extends WithINotify {

  @TempDir private Path root;
  private final EventBuffer buffer = EventBuffer.allocate(EventBuffer.MIN_CAPACITY);

  @BeforeEach
  void watchRoot() throws Exception {
    inotify.addWatch(root, Flag.CREATE);
  }

  @Test
  void allocate_tooSmallForTheLargestRecord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventBuffer.allocate(271))
        .withMessage("a capacity of 271 bytes cannot take every event: at least 272 are needed");
    assertThat(buffer.capacity()).isEqualTo(272);
  }

  @Test
  void read_nothingThere() throws Exception {
    assertThat(inotify.read(buffer, Duration.ZERO)).isZero();
    assertThat(buffer.next()).isFalse();
  }

  /** What is below zero by as much as a duration can be does not wait either. */
  @Test
  @Timeout(30)
  void read_nothingThere_longPast() throws Exception {
    assertThat(inotify.read(buffer, Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    assertThat(inotify.read(Duration.ofSeconds(Long.MIN_VALUE))).isEmpty();
  }

  @Test
  void read_asManyAsFit() throws Exception {
    for (int i = 0; i < 10; i++) {
      Files.createFile(root.resolve("f" + i));
    }
    assertThat(inotify.read(buffer, Duration.ZERO)).isEqualTo(8 * 32);
    assertThat(inotify.read(buffer, Duration.ZERO)).isEqualTo(2 * 32);
    assertThat(buffer.next()).isTrue();
    assertThat(buffer.name()).hasToString("f8");
    assertThat(inotify.read(buffer, Duration.ZERO)).isZero();
    assertThat(buffer.next()).as("what was in it is lost").isFalse();
  }

  @Test
  void accessors_currentEvent() throws Exception {
    Files.createFile(root.resolve("hello"));
    inotify.read(buffer);
    assertThat(buffer.next()).isTrue();
    assertThat(buffer.wd()).isEqualTo(1);
    assertThat(buffer.mask()).isEqualTo(Flag.CREATE.bit());
    assertThat(buffer.cookie()).isZero();
    assertThat(buffer.nameLength()).isEqualTo(5);
    byte[] target = new byte[7];
    assertThat(buffer.copyName(target, 2)).isEqualTo(5);
    assertThat(new String(target, UTF_8)).isEqualTo("\0\0hello");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> buffer.copyName(target, 3))
        .withMessage("a name of 5 bytes at index 3 of 7");
    assertThat(buffer.event()).hasToString("INotifyEvent[wd=1, mask=CREATE, cookie=0, name=hello]");
  }

  @Test
  void cookie_isThatOfTheEvent() throws Exception {
    Files.createFile(root.resolve("a"));
    inotify.addWatch(root, Flag.MOVED_FROM, Flag.MOVED_TO);
    Files.move(root.resolve("a"), root.resolve("b"));
    inotify.read(buffer);
    assertThat(buffer.next()).isTrue();
    assertThat(buffer.mask()).isEqualTo(Flag.CREATE.bit());
    assertThat(buffer.cookie()).isZero();
    assertThat(buffer.next()).isTrue();
    int cookie = buffer.cookie();
    assertThat(cookie).isNotZero();
    assertThat(buffer.event().cookie()).isEqualTo(cookie);
    assertThat(buffer.next()).isTrue();
    assertThat(buffer.cookie()).isEqualTo(cookie);
  }

  @Test
  void copyName_ofEveryLength_writesNothingBehindIt() throws Exception {
    for (int length = 1; length <= 255; length++) {
      String name = "0123456789".repeat(26).substring(0, length);
      Files.createFile(root.resolve(name));
      inotify.read(buffer);
      assertThat(buffer.next()).isTrue();
      byte[] target = new byte[length + 2];
      Arrays.fill(target, (byte) '*');
      assertThat(buffer.copyName(target, 1)).isEqualTo(length);
      assertThat(new String(target, UTF_8)).isEqualTo("*" + name + "*");
    }
  }

  @Test
  void rewind_beforeTheFirstEvent() throws Exception {
    Files.createFile(root.resolve("a"));
    Files.createFile(root.resolve("b"));
    inotify.read(buffer);
    while (buffer.next()) {
      assertThat(buffer.nameLength()).isEqualTo(1);
    }
    buffer.rewind();
    assertThat(buffer.next()).isTrue();
    assertThat(buffer.name()).hasToString("a");
  }

  @Test
  void accessors_noCurrentEvent() throws Exception {
    assertThatIllegalStateException().isThrownBy(buffer::wd);
    Files.createFile(root.resolve("a"));
    inotify.read(buffer);
    assertThatIllegalStateException().isThrownBy(buffer::name);
    assertThat(buffer.next()).isTrue();
    assertThat(buffer.next()).isFalse();
    assertThatIllegalStateException().isThrownBy(buffer::event);
  }
}
