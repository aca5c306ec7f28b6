package org.inotify4j.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How a figure is shown.
 *
 * @param figure what the programs call it
 * @param heading what it is, with its unit
 * @param decimals how many digits follow the point
 * @param summary the line of the summary that it makes, or empty for none
 */
record Column(String figure, String heading, int decimals, String summary) {

  Column(String figure, String heading, int decimals) {
    this(figure, heading, decimals, "");
  }

  /** The same, as a line of the summary too. */
  Column summedUpAs(String line) {
    return new Column(figure, heading, decimals, line);
  }

  String show(OptionalDouble value) {
    return value.isEmpty()
        ? "–"
        : String.format(Locale.ROOT, "%,." + decimals + "f", value.getAsDouble());
  }
}
