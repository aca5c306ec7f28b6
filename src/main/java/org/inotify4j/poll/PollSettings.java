package org.inotify4j.poll;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.inotify4j.base.Log;
import org.jspecify.annotations.Nullable;

/**
 * Where and how often it is polled, by the system properties. What cannot be understood there is
 * logged, and counts as not set.
 *
 * @param mode {@code inotify4j.poll}, or null where it is not set
 * @param interval {@code inotify4j.poll.interval}
 */
public record PollSettings(@Nullable PollMode mode, Duration interval) {

  public static final String MODE_PROPERTY = "inotify4j.poll";
  public static final String INTERVAL_PROPERTY = "inotify4j.poll.interval";

  static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(2);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  /** Reads the properties, and logs what is wrong with them. */
  public static PollSettings fromProperties() {
    Duration interval = readInterval();
    return new PollSettings(readMode(), interval == null ? DEFAULT_INTERVAL : interval);
  }

  /** The mode, or another one where none is set. */
  public PollMode modeOr(PollMode otherwise) {
    return mode == null ? otherwise : mode;
  }

  private static @Nullable PollMode readMode() {
    String text = System.getProperty(MODE_PROPERTY);
    if (text == null) {
      return null;
    }
    for (PollMode mode : PollMode.values()) {
      if (mode.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
        return mode;
      }
    }
    complain(MODE_PROPERTY, text, "auto, always or never");
    return null;
  }

  private static @Nullable Duration readInterval() {
    String text = System.getProperty(INTERVAL_PROPERTY);
    if (text == null) {
      return null;
    }
    Duration interval = parse(text.strip());
    if (interval == null || interval.isNegative() || interval.isZero()) {
      String possible =
          "a number of seconds such as 0.5, or a duration such as PT1M, and is more than 0";
      complain(INTERVAL_PROPERTY, text, possible);
      return null;
    }
    return interval;
  }

  private static @Nullable Duration parse(String text) {
    try {
      return SECONDS.matcher(text).matches()
          ? Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValueExact())
          : Duration.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static void complain(String property, String text, String possible) {
    Log.warn(
        property + "='" + text + "' is not possible and counts as not set: it can be " + possible);
  }
}
