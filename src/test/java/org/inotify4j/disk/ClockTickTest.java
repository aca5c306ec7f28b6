package org.inotify4j.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which times of a change another change could leave as they are. */
final class ClockTickTest {

  private static final long SECOND = 1_000_000_000;

  /** In nanoseconds since 1970; it ends with a whole second. */
  private static final long NOW = 1_700_000_000 * SECOND;

  @ParameterizedTest
  @CsvSource({
    // nanoseconds before now, of the tick at hand, also if it may have been set
    "9999999, true, true",
    "10000000, false, false",
    "1, true, true",
    "0, true, true",
    // A whole second.
    "1000000000, true, true",
    "2000000000, false, false",
    // What is in the future.
    "-9999999, true, true",
    "-10000000, true, false",
    "-1000000000, true, true",
    "-2000000000, true, false"
  })
  void timeIsOfTheTickAtHand(long age, boolean isAtHand, boolean isAtHandUnlessSet) {
    long time = NOW - age;
    assertThat(ClockTick.isAtHand(time, NOW)).isEqualTo(isAtHand);
    assertThat(ClockTick.isAtHand(instant(time), instant(NOW))).isEqualTo(isAtHand);
    assertThat(ClockTick.isAtHandUnlessSet(time, NOW)).isEqualTo(isAtHandUnlessSet);
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "-10000000, false", "-2000000000, false"})
  void timeBefore1970_isTakenAsAnother(long time, boolean isAtHand) {
    assertThat(ClockTick.isAtHand(time, 0)).isEqualTo(isAtHand);
    assertThat(ClockTick.isAtHand(instant(time), Instant.EPOCH)).isEqualTo(isAtHand);
    assertThat(ClockTick.isAtHandUnlessSet(time, 0)).isEqualTo(isAtHand);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
