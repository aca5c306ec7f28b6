package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wake-up makes one read return: one that waits, or the next one. */
final class WakeupTest extends WithINotify {

  private static final Duration SHORT = Duration.ofMillis(10);

  @TempDir private Path root;

  @BeforeEach
  void watchRoot() throws Exception {
    inotify.addWatch(root, Flag.CREATE);
  }

  @Test
  void beforeTheRead_isKept() throws Exception {
    inotify.wakeup();
    assertThat(inotify.read()).isEmpty();
    assertNextReadWaits();
  }

  @Test
  void several_countAsOne() throws Exception {
    inotify.wakeup();
    inotify.wakeup();
    assertThat(inotify.read(EventBuffer.allocate(1024))).isZero();
    assertNextReadWaits();
  }

  @Test
  void fromTenThreads_countAsOne() throws Exception {
    IntStream.range(0, 10)
        .parallel()
        .forEach(
            i -> {
              try {
                inotify.wakeup();
              } catch (ClosedChannelException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(inotify.read()).isEmpty();
    assertNextReadWaits();
  }

  @Test
  void withEventsThere_givesThem() throws Exception {
    Files.createFile(root.resolve("x"));
    inotify.wakeup();
    assertThat(Transcript.of(inotify.read())).containsExactly("1 CREATE x");
    assertNextReadWaits();
  }

  @Test
  void isTakenByAReadThatDoesNotWait() throws Exception {
    inotify.wakeup();
    assertThat(inotify.read(Duration.ZERO)).isEmpty();
    assertNextReadWaits();
  }

  private void assertNextReadWaits() throws Exception {
    long start = System.nanoTime();
    assertThat(inotify.read(SHORT)).isEmpty();
    assertThat(System.nanoTime() - start)
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(SHORT.toMillis()));
  }
}
