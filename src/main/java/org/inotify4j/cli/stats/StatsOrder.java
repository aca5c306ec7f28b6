package org.inotify4j.cli.stats;

import java.util.Locale;
import org.inotify4j.Flag;
import org.inotify4j.cli.base.EventNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * In which order the rows of a table are.
 *
 * @param by the kind of events whose number counts; null for all
 * @param isAscending whether the smallest number comes first
 */
record StatsOrder(@Nullable Flag by, boolean isAscending) {

  /** That of most events first. */
  static final StatsOrder USUAL = new StatsOrder(null, false);

  /**
   * An order.
   *
   * @param event the name of an event, or total
   * @throws TypeConversionException if it is neither
   */
  static StatsOrder of(String event, boolean isAscending) {
    String name = event.toLowerCase(Locale.ROOT);
    if (name.equals("total")) {
      return new StatsOrder(null, isAscending);
    }
    if (name.equals("close") || name.equals("move")) {
      throw new TypeConversionException(
          "there is no column '" + name + "': name one of the two that it stands for");
    }
    int mask = EventNames.mask(event);
    return new StatsOrder(Flag.of(mask).iterator().next(), isAscending);
  }
}
