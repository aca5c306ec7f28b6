package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags, masks, and what the kernel does with their options. */
final class MaskTest {

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "ACCESS, 0x1",
    "MODIFY, 0x2",
    "ATTRIB, 0x4",
    "CLOSE_WRITE, 0x8",
    "CLOSE_NOWRITE, 0x10",
    "OPEN, 0x20",
    "MOVED_FROM, 0x40",
    "MOVED_TO, 0x80",
    "CREATE, 0x100",
    "DELETE, 0x200",
    "DELETE_SELF, 0x400",
    "MOVE_SELF, 0x800",
    "UNMOUNT, 0x2000",
    "Q_OVERFLOW, 0x4000",
    "IGNORED, 0x8000",
    "ONLYDIR, 0x1000000",
    "DONT_FOLLOW, 0x2000000",
    "EXCL_UNLINK, 0x4000000",
    "MASK_CREATE, 0x10000000",
    "MASK_ADD, 0x20000000",
    "ISDIR, 0x40000000",
    "ONESHOT, 0x80000000"
  })
  void bit_isTheHeadersOwn(Flag flag, String bit) {
    assertThat(flag.bit()).isEqualTo(Long.decode(bit).intValue());
    assertThat(Flag.of(flag.bit())).containsExactly(flag);
    assertThat(flag.isIn(~flag.bit())).isFalse();
    assertThat(Mask.toString(flag.bit())).isEqualTo(flag.name());
  }

  @Test
  void mask_sets() {
    assertThat(Mask.CLOSE).isEqualTo(0x18);
    assertThat(Mask.MOVE).isEqualTo(0xC0);
    assertThat(Mask.ALL_EVENTS).isEqualTo(0xFFF);
    assertThat(Mask.of()).isZero();
  }

  @Test
  void toString_inDeclarationOrder() {
    assertThat(Mask.toString(Mask.of(Flag.ISDIR, Flag.CREATE))).isEqualTo("CREATE|ISDIR");
    assertThat(Mask.toString(0)).isEqualTo("0");
    assertThat(Mask.toString(0x1002)).isEqualTo("MODIFY|0x1000");
    assertThat(Mask.toString(0x1000)).isEqualTo("0x1000");
  }

  @Test
  void flagsOf_isUnmodifiable() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Flag.of(1).add(Flag.CREATE));
  }

  @Test
  void addWatch_again_replacesTheMask() throws Exception {
    try (INotify inotify = INotify.open()) {
      assertThat(inotify.addWatch(root, Flag.CREATE)).isEqualTo(1);
      assertThat(inotify.addWatch(root, Flag.DELETE)).isEqualTo(1);
      Files.delete(Files.createFile(root.resolve("x")));
      assertThat(Transcript.of(inotify)).containsExactly("1 DELETE x");
    }
  }

  @Test
  void addWatch_againWithMaskAdd_addsToTheMask() throws Exception {
    try (INotify inotify = INotify.open()) {
      assertThat(inotify.addWatch(root, Flag.CREATE)).isEqualTo(1);
      assertThat(inotify.addWatch(root, Flag.DELETE, Flag.MASK_ADD)).isEqualTo(1);
      Files.delete(Files.createFile(root.resolve("x")));
      assertThat(Transcript.of(inotify)).containsExactly("1 CREATE x", "1 DELETE x");
    }
  }

  @Test
  void addWatch_dontFollow_watchesTheLink() throws Exception {
    Path target = Files.createDirectory(root.resolve("target"));
    Path link = Files.createSymbolicLink(root.resolve("link"), target);
    try (INotify inotify = INotify.open()) {
      assertThat(inotify.addWatch(link, Mask.ALL_EVENTS | Flag.DONT_FOLLOW.bit())).isEqualTo(1);
      assertThat(inotify.addWatch(link, Flag.CREATE)).as("the target").isEqualTo(2);
      Files.createFile(target.resolve("x"));
      Files.delete(link);
      assertThat(Transcript.of(inotify))
          .containsExactly("2 CREATE x", "1 ATTRIB", "1 DELETE_SELF", "1 IGNORED");
    }
  }
}
