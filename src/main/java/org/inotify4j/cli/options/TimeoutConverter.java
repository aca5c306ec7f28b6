package org.inotify4j.cli.options;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of seconds, with or without a fraction. */
public final class TimeoutConverter implements ITypeConverter<Duration> {

  /**
   * Some thirty years: more is a mistake. Not a BigDecimal, whose class takes the start some 10 ms.
   */
  private static final long MAX = 1_000_000_000;

  @Override
  public Duration convert(String seconds) {
    BigDecimal value;
    try {
      value = new BigDecimal(seconds);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("not a number of seconds: '" + seconds + "'");
    }
    if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(MAX)) > 0) {
      throw new TypeConversionException("not between 0 and " + MAX + " seconds: " + seconds);
    }
    if (value.signum() == 0) {
      return Duration.ZERO;
    }
    // The precision of the wait, and never none: zero would wait for ever.
    return Duration.ofMillis(value.movePointRight(3).setScale(0, RoundingMode.CEILING).longValue());
  }
}
