package org.inotify4j.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** After how long something is tried again. */
final class RetryTest {

  /** How long the test itself may take. */
  private static final long SLACK = Duration.ofMillis(900).toNanos();

  private final Retry retry = new Retry();

  private void assertDueInSeconds(int seconds) {
    long nanos = Duration.ofSeconds(seconds).toNanos();
    assertThat(retry.untilDue()).isBetween(nanos - SLACK, nanos);
    assertThat(retry.isDue()).isFalse();
    assertThat(retry.isOwed()).isTrue();
  }

  @Test
  void itTakesTwiceAsLongEachTime_upToAMinute() {
    retry.begin();
    assertDueInSeconds(1);
    for (int seconds : new int[] {2, 4, 8, 16, 32, 64, 64, 64}) {
      retry.failed();
      assertDueInSeconds(seconds);
    }
  }

  @Test
  void whatIsNotAtItsPath_isTriedEachSecond_andWhatIsBackAndFails_asAnythingElse() {
    IOException away = new NoSuchFileException("root");
    IOException aFileIsThere = new NotDirectoryException("root");
    retry.begin();
    retry.failed(new IOException("unreadable"));
    assertDueInSeconds(2);
    for (int i = 0; i < 9; i++) {
      retry.failed(i % 2 == 0 ? away : aFileIsThere);
      assertDueInSeconds(1);
    }
    retry.failed(new IOException("unreadable"));
    assertDueInSeconds(2);
  }

  @Test
  void whatFailsForTheFirstTime_isTriedSoon_whateverElseIsWaitedFor() {
    retry.begin();
    retry.failed();
    retry.failed();
    retry.failed();
    assertDueInSeconds(8);
    retry.begin();
    assertDueInSeconds(1);
    retry.failed();
    assertDueInSeconds(2);
  }

  @Test
  void whatHasSucceeded_isNotTriedAgain() {
    assertThat(retry.untilDue()).isEqualTo(Long.MAX_VALUE);
    assertThat(retry.isOwed()).isFalse();
    retry.begin();
    retry.succeeded();
    assertThat(retry.untilDue()).isEqualTo(Long.MAX_VALUE);
    assertThat(retry.isDue()).isFalse();
    assertThat(retry.isOwed()).isFalse();
    retry.failed();
    assertDueInSeconds(1);
  }

  @Test
  void whatMaySucceedNow_isDue() {
    retry.begin();
    retry.failed();
    retry.hasten();
    assertThat(retry.isDue()).isTrue();
    retry.postpone();
    assertDueInSeconds(2);
  }
}
