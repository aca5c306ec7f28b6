package org.inotify4j.cli.format;

import java.util.Locale;

/**
 * One conversion of strftime(3): its letter, the flags and the width before it.
 *
 * @param source the whole of it, with the percent sign
 * @param end where it ends in the format
 * @param pad what fills it up to its width; 0 for what is usual, {@code -} for nothing
 * @param changesCase 0, {@code ^} for capitals, {@code #} for the other case
 * @param width how long it is at least; -1 for what is usual
 * @param letter which conversion it is; 0 where the format ends before
 */
record TimeConversion(String source, int end, char pad, char changesCase, int width, char letter) {

  /** No time is longer; a width beyond that is a mistake that need not cost memory. */
  private static final int WIDEST = 4096;

  /** The conversion whose percent sign is at an index. */
  static TimeConversion at(String format, int percent) {
    int at = percent + 1;
    char pad = 0;
    char changesCase = 0;
    for (; at < format.length() && "_-0^#+".indexOf(format.charAt(at)) >= 0; at++) {
      char flag = format.charAt(at);
      if (flag == '^' || flag == '#') {
        changesCase = flag;
      } else {
        pad = flag == '_' ? ' ' : flag == '+' ? '0' : flag;
      }
    }
    int width = -1;
    for (; at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9'; at++) {
      width = Math.min(Math.max(width, 0) * 10 + format.charAt(at) - '0', WIDEST);
    }
    if (at < format.length() && (format.charAt(at) == 'E' || format.charAt(at) == 'O')) {
      at++;
    }
    int end = Math.min(at + 1, format.length());
    char letter = at < format.length() ? format.charAt(at) : 0;
    return new TimeConversion(format.substring(percent, end), end, pad, changesCase, width, letter);
  }

  /** A number, of so many digits unless the width is another. */
  String number(long value, int digits, char usualPad) {
    return padded(Long.toString(value), width < 0 ? digits : width, usualPad);
  }

  /** A number behind a sign, which the padding comes after. */
  String signed(String sign, long value, int digits) {
    int least = width < 0 ? digits + 1 : width;
    char filler = pad == 0 ? '0' : pad;
    return filler == ' '
        ? padded(sign + value, least, ' ')
        : sign + padded(Long.toString(value), Math.max(least - 1, 1), '0');
  }

  /** Text in which the other case means capitals. */
  String name(String value) {
    return text(changesCase == '#' ? value.toUpperCase(Locale.ROOT) : value);
  }

  /** Text of capitals, in which the other case means small letters. */
  String capitals(String value) {
    return text(changesCase == '#' ? value.toLowerCase(Locale.ROOT) : value);
  }

  /** Any text. */
  String text(String value) {
    return padded(changesCase == '^' ? value.toUpperCase(Locale.ROOT) : value, width, ' ');
  }

  private String padded(String value, int least, char usualPad) {
    char filler = pad == 0 ? usualPad : pad;
    return filler == '-' || value.length() >= least
        ? value
        : Character.toString(filler).repeat(least - value.length()) + value;
  }
}
