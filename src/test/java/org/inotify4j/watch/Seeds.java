package org.inotify4j.watch;

import java.util.Random;

/**
 * The runs of a test that changes trees at random, each by a seed of its own. The first one is
 * printed; {@code -Dinotify4j.tree.seed=N} runs that one, and {@code -Dinotify4j.tree.seeds=N} so
 * many.
 */
public final class Seeds {

  private static final String ONE = "inotify4j.tree.seed";

  private Seeds() {}

  /** One run. */
  public interface Run {
    void of(long seed) throws Exception;
  }

  /**
   * Runs one after the other.
   *
   * @param test what they are runs of
   * @param usual how many there are where nobody says
   */
  public static void each(String test, int usual, Run run) throws Exception {
    int seeds = isOne() ? 1 : Integer.getInteger("inotify4j.tree.seeds", usual);
    long first = Long.getLong(ONE, new Random().nextInt(1_000_000));
    System.out.println(test + ": " + seeds + " seeds from " + first);
    for (long seed = first; seed < first + seeds; seed++) {
      run.of(seed);
    }
  }

  /** Whether somebody wants one run only. */
  static boolean isOne() {
    return Long.getLong(ONE) != null;
  }
}
