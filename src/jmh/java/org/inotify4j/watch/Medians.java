package org.inotify4j.watch;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of all rounds, printed as a table. */
final class Medians {

  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  void add(String figure, double value) {
    List<Double> values = figures.computeIfAbsent(figure, none -> new ArrayList<>());
    values.add(value);
    values.sort(null);
  }

  void print(PrintStream out) {
    out.printf(Locale.ROOT, "%-24s %10s %10s %10s%n", "seconds", "median", "least", "most");
    figures.forEach(
        (figure, values) ->
            out.printf(
                Locale.ROOT,
                "%-24s %10.3f %10.3f %10.3f%n",
                figure,
                median(values),
                values.get(0),
                values.get(values.size() - 1)));
  }

  /** Prints how many times one figure is the other, if there are both. */
  void printRatio(PrintStream out, String name, String figure, String other) {
    List<Double> values = figures.get(figure);
    List<Double> others = figures.get(other);
    if (values != null && others != null) {
      out.printf(Locale.ROOT, "%-24s %10.2f%n", name, median(values) / median(others));
    }
  }

  private static double median(List<Double> sorted) {
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
