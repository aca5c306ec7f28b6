package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.C;
import static org.inotify4j.bench.Contender.FLAG;
import static org.inotify4j.bench.Contender.JDK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the quick form beside those that are kept in the repository.
 *
 * <p>What is compared is how many times the JDK's figure ours is, or C's where the JDK has none, in
 * each round: so another machine, or one that is busy, matters little. A figure is worse where its
 * best round is worse than the worst that was kept: by more than noise.
 */
final class Habit {

  private static final Path KEPT = Path.of("src/bench/figures.csv");
  private static final String SEPARATOR = ";";

  /** More of these is better, and all of them have a goal. */
  private static final String DELIVERED = "percent";

  /**
   * The rounds of a figure, as ratios.
   *
   * @param low the least of them
   * @param high the most
   */
  private record Spread(double median, double low, double high) {

    static Spread of(List<Double> ratios) {
      return new Spread(Figures.median(ratios), Collections.min(ratios), Collections.max(ratios));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, low, high);
    }
  }

  private final Map<String, Spread> spreads = new LinkedHashMap<>();

  private Habit() {}

  static Habit of(List<Section> sections) {
    Habit habit = new Habit();
    for (Section section : sections) {
      for (Column column : section.columns()) {
        if (!column.summary().isEmpty() && !column.figure().equals(DELIVERED)) {
          habit.add(section.figures(), column, FLAG);
          habit.add(section.figures(), column, API);
        }
      }
    }
    return habit;
  }

  private void add(Figures figures, Column column, String contender) {
    List<Double> ours = figures.rounds(contender, column.figure());
    boolean isBesideJdk = !figures.rounds(JDK, column.figure()).isEmpty();
    String other = isBesideJdk ? JDK : C;
    List<Double> others = figures.rounds(other, column.figure());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(ours.size(), others.size()); round++) {
      if (others.get(round) > 0) {
        ratios.add(ours.get(round) / others.get(round));
      }
    }
    if (!ratios.isEmpty()) {
      String name = column.summary() + ", " + contender + " / " + other;
      spreads.put(name.replace(SEPARATOR, ","), Spread.of(ratios));
    }
  }

  /** Prints the table, and keeps it if that is wanted. */
  void tell(boolean keeps) throws IOException {
    Map<String, Spread> kept = kept();
    System.out.println("| | kept | now | |\n| --- | ---: | ---: | --- |");
    spreads.forEach(
        (name, now) -> {
          Spread before = kept.get(name);
          System.out.printf(
              "| %s | %s | %s | %s |%n",
              name, before == null ? "–" : before, now, mark(before, now));
        });
    if (keeps) {
      List<String> lines = new ArrayList<>();
      spreads.forEach(
          (name, now) ->
              lines.add(
                  String.format(
                      Locale.ROOT, "%s;%.3f;%.3f;%.3f", name, now.median, now.low, now.high)));
      Files.write(KEPT, lines);
    }
  }

  private static String mark(@Nullable Spread before, Spread now) {
    if (before == null) {
      return "";
    } else if (now.low > before.high) {
      return "**worse**";
    }
    return now.high < before.low ? "better" : "";
  }

  private static Map<String, Spread> kept() throws IOException {
    Map<String, Spread> kept = new LinkedHashMap<>();
    if (Files.exists(KEPT)) {
      for (String line : Files.readAllLines(KEPT)) {
        String[] parts = line.split(SEPARATOR, -1);
        kept.put(
            parts[0],
            new Spread(
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3])));
      }
    }
    return kept;
  }
}
