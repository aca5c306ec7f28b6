package org.inotify4j.pending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of the properties counts, and what it may be. */
final class PendingBoundsTest {

  private static final String[] PROPERTIES = {
    PendingBounds.EVENTS_PROPERTY, PendingBounds.BYTES_PROPERTY, PendingBounds.JDK_EVENTS_PROPERTY
  };

  private static final int MEBIBYTE = 1024 * 1024;

  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void nothingIsSet() {
    for (String property : PROPERTIES) {
      before.put(property, System.clearProperty(property));
    }
  }

  @AfterEach
  void asBefore() {
    before.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
  }

  @Test
  void nothing_isAMillion_andAQuarterOfTheHeapAtMost() {
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    assertThat(PendingBounds.fromProperties())
        .isEqualTo(new PendingBounds(1_000_000, Math.min(64L * MEBIBYTE, quarter)));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0x10, 16", "0, 1", "-3, 1", "9999999999, 2147483647", "many, 1000000"})
  void ofEvents(String value, int events) {
    System.setProperty(PendingBounds.EVENTS_PROPERTY, value);
    assertThat(PendingBounds.fromProperties().eventsPerKey()).isEqualTo(events);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "many, 512"})
  void ofEvents_theJdksGoesBefore(String value, int events) {
    System.setProperty(PendingBounds.EVENTS_PROPERTY, "9");
    System.setProperty(PendingBounds.JDK_EVENTS_PROPERTY, value);
    assertThat(PendingBounds.fromProperties().eventsPerKey()).isEqualTo(events);
  }

  @Test
  void ofBytes() {
    System.setProperty(PendingBounds.BYTES_PROPERTY, "0x3E8");
    assertThat(PendingBounds.fromProperties().bytesPerService()).isEqualTo(1000);
  }
}
