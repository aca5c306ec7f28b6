package org.inotify4j.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.poll.PollSettings.INTERVAL_PROPERTY;
import static org.inotify4j.poll.PollSettings.MODE_PROPERTY;

import java.time.Duration;
import java.util.logging.Level;
import org.inotify4j.base.Logged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system properties say of polling, and what is said of those that say nothing. */
final class PollSettingsTest {

  @RegisterExtension private final Logged logged = new Logged();

  @AfterEach
  void clear() {
    System.clearProperty(MODE_PROPERTY);
    System.clearProperty(INTERVAL_PROPERTY);
  }

  @Test
  void nothingIsSet() {
    PollSettings settings = PollSettings.fromProperties();
    assertThat(settings.mode()).isNull();
    assertThat(settings.modeOr(PollMode.AUTO)).isEqualTo(PollMode.AUTO);
    assertThat(settings.modeOr(PollMode.NEVER)).isEqualTo(PollMode.NEVER);
    assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(logged.lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "always, ALWAYS", "never, NEVER", "Never, NEVER", "' ALWAYS ', ALWAYS"})
  void mode(String text, PollMode expected) {
    System.setProperty(MODE_PROPERTY, text);
    PollSettings settings = PollSettings.fromProperties();
    assertThat(settings.modeOr(PollMode.AUTO)).isEqualTo(expected);
    assertThat(settings.modeOr(PollMode.NEVER)).isEqualTo(expected);
    assertThat(logged.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sometimes", "true"})
  void mode_thatIsNone(String text) {
    System.setProperty(MODE_PROPERTY, text);
    assertThat(PollSettings.fromProperties().mode()).isNull();
    assertThat(logged.lines())
        .containsExactly(
            Level.WARNING
                + " inotify4j.poll='"
                + text
                + "' is not possible and counts as not set: it can be auto, always or never");
  }

  @ParameterizedTest
  @CsvSource({
    "1, PT1S",
    "0.5, PT0.5S",
    "0.000000001, PT0.000000001S",
    "86400, PT24H",
    "999999999, PT277777H46M39S",
    "PT1M, PT1M",
    "pt0.25s, PT0.25S",
    "' 3 ', PT3S"
  })
  void interval(String text, Duration expected) {
    System.setProperty(INTERVAL_PROPERTY, text);
    assertThat(PollSettings.fromProperties().interval()).isEqualTo(expected);
    assertThat(logged.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.0", "-1", "PT0S", "PT-1S", "two", "2s", "1e3", "NaN", "1,5"})
  void interval_thatIsNone(String text) {
    System.setProperty(INTERVAL_PROPERTY, text);
    assertThat(PollSettings.fromProperties().interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(logged.lines())
        .containsExactly(
            Level.WARNING
                + " inotify4j.poll.interval='"
                + text
                + "' is not possible and counts as not set: it can be a number of seconds such as"
                + " 0.5, or a duration such as PT1M, and is more than 0");
  }
}
