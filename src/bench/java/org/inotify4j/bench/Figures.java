package org.inotify4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What the contenders have shown in all rounds, by their names and by what a figure is called. */
final class Figures {

  private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();

  void add(String contender, Map<String, Double> round) {
    Map<String, List<Double>> all =
        figures.computeIfAbsent(contender, any -> new LinkedHashMap<>());
    round.forEach(
        (figure, value) -> all.computeIfAbsent(figure, any -> new ArrayList<>()).add(value));
  }

  /** Those who took part, in their order. */
  Set<String> contenders() {
    return figures.keySet();
  }

  /** The median of all rounds, if it has shown this. */
  OptionalDouble median(String contender, String figure) {
    List<Double> rounds = rounds(contender, figure);
    return rounds.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(median(rounds));
  }

  /** The median of some values in any order; of one at least. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /** All rounds in their order. */
  List<Double> rounds(String contender, String figure) {
    return figures.getOrDefault(contender, Map.of()).getOrDefault(figure, List.of());
  }
}
