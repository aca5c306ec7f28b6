package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading with and without a timeout. */
final class ReadTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MANY = 1500;

  @TempDir private Path root;

  @Test
  void timeouts_inEveryOrder() throws Exception {
    int[][] orders = {{0, 10, -1}, {0, -1, 10}, {10, 0, -1}, {10, -1, 0}, {-1, 0, 10}, {-1, 10, 0}};
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(root, Flag.CREATE, Flag.DELETE);
      for (int[] order : orders) {
        for (int millis : order) {
          Path file = Files.createFile(root.resolve("x"));
          List<INotifyEvent> events =
              millis < 0 ? inotify.read() : inotify.read(Duration.ofMillis(millis));
          assertThat(Transcript.of(events)).containsExactly("1 CREATE x");
          Files.delete(file);
          assertThat(Transcript.of(inotify.read())).containsExactly("1 DELETE x");
          if (millis >= 0) {
            assertWaits(inotify, millis);
          }
        }
      }
    }
  }

  @Test
  void timeouts_stayAccurateAfterOneshot() throws Exception {
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(root, Flag.CREATE, Flag.ONESHOT);
      Files.createFile(root.resolve("x"));
      assertThat(Transcript.of(inotify.read(HOUR))).containsExactly("1 CREATE x", "1 IGNORED");
      assertWaits(inotify, 10);
      assertWaits(inotify, 10);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void moreThanTheBufferTakes_inOneCall(boolean nonblocking) throws Exception {
    try (INotify inotify = INotify.builder().nonblocking(nonblocking).open()) {
      inotify.addWatch(root, Flag.CREATE);
      for (int i = 0; i < MANY; i++) {
        Files.createFile(root.resolve("a-name-of-more-than-32-characters-" + i));
      }
      List<INotifyEvent> events = inotify.read();
      assertThat(events).hasSize(MANY);
      for (int i = 0; i < MANY; i++) {
        assertThat(events.get(i).name()).hasToString("a-name-of-more-than-32-characters-" + i);
      }
      assertThat(inotify.read(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void delay_isSkippedWhereEventsWereThereAtOnce() throws Exception {
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(root, Flag.CREATE);
      Files.createFile(root.resolve("x"));
      assertThat(Transcript.of(inotify.read(HOUR, HOUR))).containsExactly("1 CREATE x");
    }
  }

  private static void assertWaits(INotify inotify, int millis) throws Exception {
    long start = System.nanoTime();
    assertThat(inotify.read(Duration.ofMillis(millis))).isEmpty();
    long waited = System.nanoTime() - start;
    assertThat(waited).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
    assertThat(waited).isLessThan(TimeUnit.SECONDS.toNanos(5));
  }
}
