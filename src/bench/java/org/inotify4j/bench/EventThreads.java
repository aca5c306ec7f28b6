package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The threads of this process that wait for events, as the kernel has them. */
final class EventThreads {

  /** Their names, as far as the kernel keeps them. */
  private static final List<String> NAMES =
      List.of("inotify4j-polle", "inotify4j-worke", "FileSystemWatch");

  private EventThreads() {}

  /** Their directories in {@code /proc}. */
  static List<Path> all() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.filter(EventThreads::isOne).toList();
    }
  }

  private static boolean isOne(Path task) {
    try {
      return NAMES.contains(Files.readAllLines(task.resolve("comm")).get(0));
    } catch (IOException e) {
      // It has ended.
      return false;
    }
  }

  /** Adds up the first number behind a label, of the files of all threads. */
  static long sum(List<Path> threads, String file, String label) throws IOException {
    long sum = 0;
    for (Path thread : threads) {
      for (String line : Files.readAllLines(thread.resolve(file))) {
        if (line.startsWith(label)) {
          sum += Long.parseLong(line.substring(label.length()).strip().split("\\s")[0]);
        }
      }
    }
    return sum;
  }
}
