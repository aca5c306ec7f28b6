package org.inotify4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The line of figures that a measured program prints for {@link Program}. */
final class Line {

  private final List<String> figures = new ArrayList<>();

  Line add(String figure, double value) {
    figures.add(String.format(Locale.ROOT, "%s=%.6f", figure, value));
    return this;
  }

  void print() {
    System.out.println(String.join("\t", figures));
  }
}
