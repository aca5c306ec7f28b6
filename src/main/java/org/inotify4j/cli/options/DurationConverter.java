package org.inotify4j.cli.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration with its unit, such as {@code 200ms}; a number alone is of seconds. */
public final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("([0-9.]+)(ms|s|m|h|)");

  @Override
  public Duration convert(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "not a duration: '" + text + "' (such are 200ms, 2s, 1m, and 0.5 for half a second)");
    }
    Duration number = new TimeoutConverter().convert(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> number.dividedBy(1000);
      case "m" -> number.multipliedBy(60);
      case "h" -> number.multipliedBy(3600);
      default -> number;
    };
  }
}
