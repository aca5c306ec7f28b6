package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.ScriptedLibC;
import org.inotify4j.libc.ScriptedLibC.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading from a kernel that does what the real one does seldom. */
final class ScriptedReadTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOUR_MILLIS = 3_600_000;

  /** More is let come in slices, after each of which a close is seen. */
  private static final int SLICE_MILLIS = 1000;

  private static final int CREATE = 0x100;

  private final ScriptedLibC kernel = new ScriptedLibC();
  private INotify inotify;

  @BeforeEach
  void open() throws Exception {
    inotify = ScriptedINotify.open(kernel.restarting());
  }

  @AfterEach
  void close() {
    inotify.close();
    kernel.assertAllClosed();
  }

  @Test
  void strangeWatchDescriptors_areHandedOn() throws Exception {
    kernel.deliver(EventRecord.overflow(), record(0, "zero"), record(8192, "x"), record(-7, "y"));
    assertThat(Transcript.of(inotify.read()))
        .containsExactly("-1 Q_OVERFLOW", "0 CREATE zero", "8192 CREATE x", "-7 CREATE y");
  }

  @Test
  void signals_areNotSeen() throws Exception {
    kernel.fail(Call.POLL, 1, Errno.EINTR).fail(Call.POLL, 2, Errno.EINTR);
    kernel.fail(Call.READ, 1, Errno.EINTR).fail(Call.INOTIFY_ADD_WATCH, 1, Errno.EINTR);
    kernel.deliver(record(1, "x"));
    assertThat(inotify.addWatch("/x".getBytes(UTF_8), CREATE)).isEqualTo(1);
    assertThat(Transcript.of(inotify.read(HOUR))).containsExactly("1 CREATE x");
  }

  @Test
  void pairSplitOverTwoReads_comesInOrder() throws Exception {
    kernel.deliver(EventRecord.of(1, 0x40).named("a").cookie(9)).split();
    kernel.deliver(EventRecord.of(1, 0x80).named("b").cookie(9));
    List<INotifyEvent> events = inotify.read();
    assertThat(Transcript.of(events)).containsExactly("1 MOVED_FROM #1 a");
    events.addAll(inotify.read());
    assertThat(Transcript.of(events)).containsExactly("1 MOVED_FROM #1 a", "1 MOVED_TO #1 b");
  }

  @Test
  void errorOfRead_isThrownAndTheReaderGoesOn() throws Exception {
    kernel.deliverError(Errno.EIO).deliver(record(1, "x"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> inotify.read(HOUR))
        .withMessage("cannot read inotify events: input/output error (EIO)");
    assertThat(Transcript.of(inotify.read(HOUR))).containsExactly("1 CREATE x");
  }

  /** As on FUSE. */
  @Test
  void nameThatABufferHasNoRoomFor_saysWhichHas_andStays() throws Exception {
    String name = "n".repeat(765);
    kernel.deliver(record(1, name));
    EventBuffer small = EventBuffer.allocate(EventBuffer.MIN_CAPACITY);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> inotify.read(small, HOUR))
        .withMessage(
            "cannot read inotify events: the next one does not fit into a buffer of 272 bytes,"
                + " since its name is longer than most file systems have them; 4112 bytes take"
                + " every event");
    EventBuffer large = EventBuffer.allocate(4112);
    assertThat(inotify.read(large, HOUR)).isPositive();
    assertThat(large.next()).isTrue();
    assertThat(large.name()).hasToString(name);
  }

  @Test
  void nameThatARestOfMemoryHasNoRoomFor_isReadAsWell() throws Exception {
    for (int i = 0; i < 2035; i++) {
      kernel.deliver(record(1, "f" + i));
    }
    kernel.deliver(record(1, "n".repeat(765)));
    assertThat(inotify.read(HOUR)).hasSize(2036);
  }

  @Test
  void errorOfPoll_isThrown() {
    kernel.fail(Call.POLL, 1, Errno.ENOMEM);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> inotify.read(HOUR))
        .withMessage("cannot wait for inotify events: the kernel is out of memory (ENOMEM)");
  }

  @Test
  void nothingAfterAll_isWaitedForAgain() throws Exception {
    kernel.deliverError(Errno.EAGAIN);
    CompletableFuture<List<INotifyEvent>> read = reading(HOUR, Duration.ZERO);
    awaitPolls(2);
    kernel.deliver(record(1, "x"));
    assertThat(Transcript.of(read.get(10, TimeUnit.SECONDS))).containsExactly("1 CREATE x");
  }

  @Test
  void impossibleBytes_areAnErrorThatNamesTheOffset() {
    kernel.deliverRaw(new byte[] {1, 2, 3});
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> inotify.read(HOUR))
        .withMessageContaining("at offset 0");
  }

  @Test
  void timeout_isRoundedUpToMilliseconds() throws Exception {
    assertThat(inotify.read(Duration.ZERO)).isEmpty();
    assertThat(inotify.read(Duration.ofNanos(-1))).isEmpty();
    assertThat(inotify.read(Duration.ofNanos(1))).isEmpty();
    assertThat(inotify.read(Duration.ofNanos(1_000_001))).isEmpty();
    assertThat(kernel.pollTimeouts()).containsSubsequence(0, 0, 1, 2);
  }

  @Test
  void timeout_tooLongForPoll() throws Exception {
    kernel.deliver(record(1, "x"));
    assertThat(inotify.read(Duration.ofSeconds(Long.MAX_VALUE))).hasSize(1);
    kernel.deliver(record(1, "x"));
    assertThat(inotify.read(Duration.ofDays(100))).hasSize(1);
    assertThat(kernel.pollTimeouts()).containsExactly(-1, Integer.MAX_VALUE);
  }

  @Test
  void delay_letsMoreCome() throws Exception {
    CompletableFuture<List<INotifyEvent>> read = reading(HOUR, HOUR);
    awaitPolls(2);
    kernel.deliver(record(1, "x"));
    awaitPolls(3);
    kernel.deliver(record(1, "y"));
    inotify.wakeup();
    assertThat(Transcript.of(read.get(10, TimeUnit.SECONDS)))
        .containsExactly("1 CREATE x", "1 CREATE y");
    assertThat(kernel.pollTimeouts()).containsExactly(0, HOUR_MILLIS, SLICE_MILLIS);
  }

  @Test
  void delay_isSkippedWhereEventsWereThereAtOnce() throws Exception {
    kernel.deliver(record(1, "x"));
    assertThat(Transcript.of(inotify.read(HOUR, HOUR))).containsExactly("1 CREATE x");
    assertThat(kernel.pollTimeouts()).containsExactly(0, HOUR_MILLIS);
  }

  @Test
  void delay_ends() throws Exception {
    CompletableFuture<List<INotifyEvent>> read = reading(HOUR, Duration.ofMillis(5));
    awaitPolls(2);
    kernel.deliver(record(1, "x"));
    assertThat(Transcript.of(read.get(10, TimeUnit.SECONDS))).containsExactly("1 CREATE x");
    assertThat(kernel.pollTimeouts()).containsExactly(0, HOUR_MILLIS, 5);
  }

  @Test
  void close_duringTheDelay_withEventsPending() throws Exception {
    CompletableFuture<List<INotifyEvent>> read = reading(HOUR, HOUR);
    awaitPolls(2);
    kernel.deliver(record(1, "x"));
    awaitPolls(3);
    inotify.close();
    assertThat(read)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withRootCauseExactlyInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void interrupt_isNotSeen() throws Exception {
    Thread.currentThread().interrupt();
    assertThat(inotify.read(Duration.ofMillis(1))).isEmpty();
    assertThat(Thread.interrupted()).as("it is still there").isTrue();
  }

  private CompletableFuture<List<INotifyEvent>> reading(Duration timeout, Duration delay) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return inotify.read(timeout, delay);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void awaitPolls(int calls) {
    await().until(() -> kernel.calls(Call.POLL) >= calls);
  }

  private static EventRecord record(int wd, String name) {
    return EventRecord.of(wd, CREATE).named(name);
  }
}
