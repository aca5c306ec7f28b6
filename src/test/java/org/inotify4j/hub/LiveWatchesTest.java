package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveWatchesTest {

  @TempDir private Path root;

  /** The descriptors that were closed. */
  private final List<Integer> closed = new ArrayList<>();

  @Test
  void instanceWithoutWatches_hasNone() throws Exception {
    try (INotify inotify = INotify.open()) {
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEmpty();
    }
  }

  @Test
  void manyWatches_areAllFound_andThoseThatAreGoneAreNot() throws Exception {
    // More than the kernel gives out in one read, and numbers that differ in hexadecimal.
    try (INotify inotify = INotify.open()) {
      Set<Integer> added = new TreeSet<>();
      for (int i = 0; i < 300; i++) {
        Path directory = Files.createDirectory(root.resolve("d" + i));
        added.add(inotify.addWatch(directory, Flag.CREATE));
      }
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEqualTo(added);
      for (int wd = 1; wd <= 300; wd += 3) {
        inotify.removeWatch(wd);
        added.remove(wd);
      }
      Files.delete(root.resolve("d1"));
      added.remove(2);
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEqualTo(added);
    }
  }

  @Test
  void twentyWatches_areNumberedInHexadecimal() throws Exception {
    try (INotify inotify = INotify.open()) {
      Set<Integer> added = new TreeSet<>();
      for (int i = 0; i < 20; i++) {
        Path directory = Files.createDirectory(root.resolve("d" + i));
        added.add(inotify.addWatch(directory, Flag.CREATE));
      }
      assertThat(added).contains(10, 16, 20);
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEqualTo(added);
    }
  }

  @Test
  void descriptorThatIsNotOpen_isNotTold() {
    assertThat(LiveWatches.of(SystemLibC.get(), 1_000_000)).isNull();
  }

  @Test
  void whatIsNoWatch_isPassedOver_andTheFileIsClosed() {
    assertThat(read("pos:\t0\nno inotify wd:7 \ninotify wd:1f ino:9 \n\ninotify wd:2", " ino:3 \n"))
        .isEqualTo(Set.of(0x1f, 2));
    assertThat(closed).containsExactly(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inotify wd:1f", "inotify wd:", "inotify wd:x ino:9"})
  void aLineThatCannotBeUnderstood_isNotTold(String line) {
    assertThat(read("inotify wd:1 ino:9 \n", line + '\n')).isNull();
    assertThat(closed).containsExactly(9);
  }

  @Test
  void missing_areThoseOfTheAskedThatAreNotThere() throws Exception {
    try (INotify inotify = INotify.open()) {
      int wd = inotify.addWatch(root, Flag.CREATE);
      assertThat(LiveWatches.missing(SystemLibC.get(), inotify.fd(), new int[] {wd, 8, 9}, true))
          .containsExactly(8, 9);
      inotify.removeWatch(wd);
      assertThat(LiveWatches.missing(SystemLibC.get(), inotify.fd(), new int[] {wd}, false))
          .containsExactly(wd);
      assertThat(LiveWatches.missing(SystemLibC.get(), inotify.fd(), new int[] {wd}, true))
          .isNull();
    }
    assertThat(LiveWatches.missing(SystemLibC.get(), 1_000_000, new int[] {1}, false)).isNull();
  }

  @Test
  void aTableThatCannotBeReadToItsEnd_isNotTold() {
    assertThat(read("inotify wd:1 ino:9\n", null)).isNull();
    assertThat(closed).containsExactly(9);
  }

  /** What is found in a text that comes in pieces; null is an error. */
  private @Nullable Set<Integer> read(@Nullable String... pieces) {
    Iterator<@Nullable String> next = Arrays.asList(pieces).iterator();
    LibC libC =
        Intercepted.by(
            (method, arguments) ->
                switch (method.getName()) {
                  case "open" -> {
                    assertThat(Intercepted.text(arguments[0])).isEqualTo("/proc/self/fdinfo/4");
                    yield 9;
                  }
                  case "read" -> next.hasNext() ? fill((ByteBuffer) arguments[1], next.next()) : 0;
                  case "close" -> closed.add((int) arguments[0]) ? 0 : -1;
                  default -> throw new AssertionError(method);
                });
    return LiveWatches.of(libC, 4);
  }

  private static int fill(ByteBuffer target, @Nullable String text) {
    if (text == null) {
      return -Errno.EIO.number();
    }
    byte[] bytes = text.getBytes(US_ASCII);
    target.put(0, bytes);
    return bytes.length;
  }
}
