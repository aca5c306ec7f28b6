package org.inotify4j.bench;

import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Registers a tree with {@code io.methvin:directory-watcher}, over the JDK's service. */
final class RegisterTreeWithDirectoryWatcher {

  private RegisterTreeWithDirectoryWatcher() {}

  /**
   * Prints its line.
   *
   * @param args the tree; files are hashed where the property {@code bench.hashing} says so, as
   *     they are where a program says nothing
   */
  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    DirectoryWatcher watcher =
        DirectoryWatcher.builder()
            .path(Path.of(args[0]))
            .fileHashing(Boolean.getBoolean("bench.hashing"))
            .listener(event -> {})
            .build();
    // It returns when everything is registered.
    CompletableFuture<Void> watching = watcher.watchAsync();
    double seconds = Gauge.secondsSince(start);
    new Line().add("directories", watches()).add("cold", seconds).print();
    watcher.close();
    watching.join();
    System.exit(0);
  }

  private static long watches() throws IOException {
    long count = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fdinfo"))) {
      for (Path descriptor : (Iterable<Path>) descriptors::iterator) {
        if (Files.exists(descriptor)) {
          count +=
              Files.readAllLines(descriptor).stream()
                  .filter(line -> line.startsWith("inotify wd:"))
                  .count();
        }
      }
    }
    return count;
  }
}
