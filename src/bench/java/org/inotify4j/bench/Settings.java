package org.inotify4j.bench;

import java.nio.file.Path;

/**
 * How a run was asked for.
 *
 * @param rounds how many times the contenders take turns
 * @param only a pattern of the names of the scenarios to run
 * @param scale how much is done in each, as a part of all: for a quick try
 * @param site where the documentation is that is written
 * @param isQuick whether it is the quick form, which is compared with the figures that are kept
 * @param keeps whether the figures of the quick form are to be kept
 */
record Settings(int rounds, String only, double scale, Path site, boolean isQuick, boolean keeps) {

  private static final String QUICK_ONES = "burst|drain|latency|register|tree|first";
  private static final int QUICK_ROUNDS = 5;
  private static final double QUICK_SCALE = 0.1;

  static Settings of(String only) {
    Path site = Path.of(System.getProperty("bench.site", "target/bench"));
    if (Boolean.getBoolean("bench.quick")) {
      return new Settings(
          QUICK_ROUNDS, QUICK_ONES, QUICK_SCALE, site, true, Boolean.getBoolean("bench.keep"));
    }
    return new Settings(
        Integer.getInteger("bench.rounds", 3),
        only,
        Double.parseDouble(System.getProperty("bench.scale", "1")),
        site,
        false,
        false);
  }

  int scaled(int amount) {
    return (int) Math.max(1, Math.round(amount * scale));
  }
}
