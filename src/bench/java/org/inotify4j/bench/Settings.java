package org.inotify4j.bench;

import java.nio.file.Path;

/**
 * How a run was asked for.
 *
 * @param rounds how many times the contenders take turns
 * @param only a pattern of the names of the scenarios to run
 * @param scale how much is done in each, as a part of all: for a quick try
 * @param site where the documentation is that is written
 */
record Settings(int rounds, String only, double scale, Path site) {

  static Settings of(String only) {
    return new Settings(
        Integer.getInteger("bench.rounds", 3),
        only,
        Double.parseDouble(System.getProperty("bench.scale", "1")),
        Path.of(System.getProperty("bench.site", "target/bench")));
  }

  int scaled(int amount) {
    return (int) Math.max(1, Math.round(amount * scale));
  }
}
