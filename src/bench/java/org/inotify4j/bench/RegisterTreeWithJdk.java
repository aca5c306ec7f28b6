package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Registers each directory of a tree with the JVM's default service, as a program does that knows
 * of nothing else, and prints how many seconds that took.
 */
final class RegisterTreeWithJdk {

  private RegisterTreeWithJdk() {}

  /**
   * Prints its line.
   *
   * @param args the tree
   */
  public static void main(String[] args) throws IOException {
    try (WatchService service = Services.open()) {
      long heap = Gauge.usedHeap();
      long start = System.nanoTime();
      int directories =
          register(
              Path.of(args[0]),
              service,
              new WatchEvent.Kind<?>[] {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY});
      double seconds = Gauge.secondsSince(start);
      new Line()
          .add("directories", directories)
          .add("cold", seconds)
          .add("heap", (double) (Gauge.usedHeap() - heap) / directories)
          .print();
    }
  }

  /** How many directories were registered. */
  static int register(Path root, WatchService service, WatchEvent.Kind<?>[] kinds)
      throws IOException {
    int[] count = {0};
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            directory.register(service, kinds);
            count[0]++;
            return FileVisitResult.CONTINUE;
          }
        });
    return count[0];
  }
}
