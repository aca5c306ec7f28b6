package org.inotify4j.cli.format;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Writes times under a format of strftime(3), as the GNU C library does in the C locale, with its
 * flags and widths. A conversion that does not exist is written as it stands there.
 */
final class TimeFormat {

  private final String format;
  private final Clock clock;

  TimeFormat(String format, Clock clock) {
    this.format = format;
    this.clock = clock;
  }

  /** The time that it is. */
  String now() {
    return format(format, ZonedDateTime.now(clock));
  }

  private static String format(String format, ZonedDateTime time) {
    StringBuilder text = new StringBuilder();
    int start = 0;
    for (int percent; (percent = format.indexOf('%', start)) >= 0; ) {
      text.append(format, start, percent);
      TimeConversion conversion = TimeConversion.at(format, percent);
      text.append(text(conversion, time));
      start = conversion.end();
    }
    return text.append(format.substring(start)).toString();
  }

  private static String text(TimeConversion conversion, ZonedDateTime time) {
    return switch (conversion.letter()) {
      case 'a', 'A', 'b', 'B', 'h', 'p', 'P', 'Z' -> name(conversion, time);
      case 'c' -> composed(conversion, "%a %b %e %H:%M:%S %Y", time);
      case 'D', 'x' -> composed(conversion, "%m/%d/%y", time);
      case 'F' -> composed(conversion, "%Y-%m-%d", time);
      case 'r' -> composed(conversion, "%I:%M:%S %p", time);
      case 'R' -> composed(conversion, "%H:%M", time);
      case 'T', 'X' -> composed(conversion, "%H:%M:%S", time);
      case 'n' -> conversion.text("\n");
      case 't' -> conversion.text("\t");
      case '%' -> conversion.text("%");
      case 'z' -> offset(conversion, time.getOffset().getTotalSeconds() / 60);
      case 's' -> conversion.number(time.toEpochSecond(), 1, '0');
      case 'd', 'e', 'H', 'I', 'k', 'l', 'M', 'S' -> partOfMonth(conversion, time);
      case 'j', 'm', 'u', 'U', 'V', 'w', 'W' -> partOfYear(conversion, time);
      case 'C', 'g', 'G', 'y', 'Y' -> year(conversion, time);
      default -> conversion.source();
    };
  }

  private static String composed(TimeConversion conversion, String parts, ZonedDateTime time) {
    return conversion.text(format(parts, time));
  }

  private static String name(TimeConversion conversion, ZonedDateTime time) {
    Locale english = Locale.ENGLISH;
    String half = time.getHour() < 12 ? "AM" : "PM";
    return switch (conversion.letter()) {
      case 'a' -> conversion.name(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, english));
      case 'A' -> conversion.name(time.getDayOfWeek().getDisplayName(TextStyle.FULL, english));
      case 'b', 'h' -> conversion.name(time.getMonth().getDisplayName(TextStyle.SHORT, english));
      case 'B' -> conversion.name(time.getMonth().getDisplayName(TextStyle.FULL, english));
      case 'p' -> conversion.capitals(half);
      case 'P' -> conversion.text(half.toLowerCase(Locale.ROOT));
      default -> {
        TimeZone zone = TimeZone.getTimeZone(time.getZone());
        boolean isSummer = zone.inDaylightTime(Date.from(Instant.from(time)));
        yield conversion.capitals(zone.getDisplayName(isSummer, TimeZone.SHORT, english));
      }
    };
  }

  private static String partOfMonth(TimeConversion conversion, ZonedDateTime time) {
    int hour = time.getHour();
    int twelve = hour % 12 == 0 ? 12 : hour % 12;
    return switch (conversion.letter()) {
      case 'd' -> conversion.number(time.getDayOfMonth(), 2, '0');
      case 'e' -> conversion.number(time.getDayOfMonth(), 2, ' ');
      case 'H' -> conversion.number(hour, 2, '0');
      case 'I' -> conversion.number(twelve, 2, '0');
      case 'k' -> conversion.number(hour, 2, ' ');
      case 'l' -> conversion.number(twelve, 2, ' ');
      case 'M' -> conversion.number(time.getMinute(), 2, '0');
      default -> conversion.number(time.getSecond(), 2, '0');
    };
  }

  private static String partOfYear(TimeConversion conversion, ZonedDateTime time) {
    int day = time.getDayOfYear() - 1;
    int fromMonday = time.getDayOfWeek().getValue() - 1;
    int fromSunday = (fromMonday + 1) % 7;
    return switch (conversion.letter()) {
      case 'j' -> conversion.number(day + 1, 3, '0');
      case 'm' -> conversion.number(time.getMonthValue(), 2, '0');
      case 'u' -> conversion.number(fromMonday + 1, 1, '0');
      case 'U' -> conversion.number((day + 7 - fromSunday) / 7, 2, '0');
      case 'V' -> conversion.number(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
      case 'w' -> conversion.number(fromSunday, 1, '0');
      default -> conversion.number((day + 7 - fromMonday) / 7, 2, '0');
    };
  }

  private static String year(TimeConversion conversion, ZonedDateTime time) {
    int ofWeek = time.get(IsoFields.WEEK_BASED_YEAR);
    return switch (conversion.letter()) {
      case 'C' -> conversion.number(Math.floorDiv(time.getYear(), 100), 2, '0');
      case 'g' -> conversion.number(Math.floorMod(ofWeek, 100), 2, '0');
      case 'G' -> conversion.number(ofWeek, 4, '0');
      case 'y' -> conversion.number(Math.floorMod(time.getYear(), 100), 2, '0');
      default -> conversion.number(time.getYear(), 4, '0');
    };
  }

  private static String offset(TimeConversion conversion, int minutes) {
    String sign = minutes < 0 ? "-" : "+";
    int size = Math.abs(minutes);
    return conversion.signed(sign, size / 60 * 100 + size % 60, 4);
  }
}
