package org.inotify4j.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

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
    for (long seed : all(test, usual)) {
      run.of(seed);
    }
  }

  /**
   * Runs some at a time, for those that wait more than they work: all of them, also where one
   * fails.
   *
   * @param test what they are runs of
   * @param usual how many there are where nobody says
   * @param atATime how many go on beside each other
   */
  static void sideBySide(String test, int usual, int atATime, Run run) throws Exception {
    List<Callable<Void>> runs = new ArrayList<>();
    for (long seed : all(test, usual)) {
      runs.add(
          () -> {
            run.of(seed);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(atATime);
    try {
      for (Future<Void> ended : threads.invokeAll(runs)) {
        ended.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static long[] all(String test, int usual) {
    int seeds = isOne() ? 1 : Integer.getInteger("inotify4j.tree.seeds", usual);
    long first = Long.getLong(ONE, new Random().nextInt(1_000_000));
    System.out.println(test + ": " + seeds + " seeds from " + first);
    return LongStream.range(first, first + seeds).toArray();
  }

  /** Whether somebody wants one run only. */
  static boolean isOne() {
    return Long.getLong(ONE) != null;
  }
}
