package org.inotify4j.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is wanted of two figures, or of one, and whether it is so.
 *
 * @param what is compared
 * @param value how it turned out; empty where one of the two did not take part
 * @param wanted the bound
 * @param atMost whether more than the bound is too much, or less is too little
 */
record Goal(String what, OptionalDouble value, double wanted, boolean atMost) {

  boolean isMet() {
    return value.isEmpty()
        || (atMost ? value.getAsDouble() <= wanted : value.getAsDouble() >= wanted);
  }

  @Override
  public String toString() {
    String shown = value.isEmpty() ? "–" : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
    return String.format(
        Locale.ROOT,
        "%s: %s (wanted: %s %s)%s",
        what,
        shown,
        atMost ? "at most" : "at least",
        plain(wanted),
        isMet() ? "" : ", **missed**");
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,.0f", number)
        : String.valueOf(number);
  }
}
