package org.inotify4j.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.inotify4j.poll.PollSettings;

/**
 * The tests that compare what a program was told with the disk, one run of one of them after the
 * other, for who has hours: the kernel's queue is too small, the program is stopped and goes on, or
 * begins anew with what it saved, and limits leave over this and that.
 */
final class Judges {

  private final Path scratch;
  private final Map<String, Long> runs = new TreeMap<>();

  Judges(Path scratch) {
    this.scratch = scratch;
  }

  /** One run. */
  void run(Random random) throws Exception {
    Files.createDirectories(scratch);
    long seed = random.nextInt(1_000_000_000);
    switch (random.nextInt(4)) {
      case 0 -> {
        TreeModelTest.Mode mode = any(random, TreeModelTest.Mode.values());
        TreeModelTest.run(mode, seed, scratch);
        count("TreeModelTest " + mode);
      }
      case 1 -> {
        RecoveryModelTest.Mode mode = any(random, RecoveryModelTest.Mode.values());
        RecoveryModelTest.run(mode, seed, scratch);
        count("RecoveryModelTest " + mode);
      }
      case 2 -> {
        LeftOverModelTest.Way way = any(random, LeftOverModelTest.Way.values());
        // In the whole virtual machine, where little else is polled.
        System.setProperty(PollSettings.INTERVAL_PROPERTY, "0.01");
        try {
          LeftOverModelTest.run(way, seed, scratch);
        } finally {
          System.clearProperty(PollSettings.INTERVAL_PROPERTY);
        }
        count("LeftOverModelTest " + way);
      }
      default -> {
        StoppedModelTest.run(seed, scratch);
        count("StoppedModelTest");
      }
    }
  }

  private static <T> T any(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }

  private synchronized void count(String name) {
    runs.merge(name, 1L, Long::sum);
  }

  /** How many of each were made. */
  synchronized Map<String, Long> runs() {
    return new TreeMap<>(runs);
  }
}
