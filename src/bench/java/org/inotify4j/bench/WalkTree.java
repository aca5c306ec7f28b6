package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Walks a tree as the JDK does, and prints how many seconds the first time took and the last. */
final class WalkTree {

  private WalkTree() {}

  /**
   * Prints its line.
   *
   * @param args the tree, and how many times
   */
  public static void main(String[] args) throws IOException {
    int times = Integer.parseInt(args[1]);
    double[] taken = new double[times];
    long[] size = new long[1];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      Files.walkFileTree(
          Path.of(args[0]),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              size[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }
          });
      taken[i] = Gauge.secondsSince(start);
    }
    new Line().add("cold", taken[0]).add("warm", taken[times - 1]).print();
  }
}
