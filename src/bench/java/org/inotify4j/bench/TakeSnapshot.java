package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;

/**
 * Takes snapshots of a tree, compares each with another one, and prints how many seconds the first
 * time took and the last, which its classes are loaded and its code is compiled for.
 */
final class TakeSnapshot {

  private static final int THREADS = Integer.getInteger("bench.threads", 1);

  private TakeSnapshot() {}

  /**
   * Prints its line.
   *
   * @param args the tree, and how many times
   */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    int times = Integer.parseInt(args[1]);
    double[] taken = new double[times];
    double[] compared = new double[times];
    TreeSnapshot first = null;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      TreeSnapshot snapshot = take(root);
      taken[i] = Gauge.secondsSince(start);
      first = first == null ? take(root) : first;
      start = System.nanoTime();
      if (!snapshot.changesSince(first).isEmpty() && i > 0) {
        throw new IllegalStateException("the tree was changed");
      }
      compared[i] = Gauge.secondsSince(start);
    }
    new Line()
        .add("cold", taken[0])
        .add("warm", taken[times - 1])
        .add("heap", heapOfOne(root))
        .add("firstCompared", compared[0])
        .add("compared", compared[times - 1])
        .print();
  }

  private static TreeSnapshot take(Path root) throws IOException {
    return TreeSnapshot.take(root, TreeFilter.EVERYTHING, THREADS);
  }

  /** What one takes for an entry, in bytes. */
  private static double heapOfOne(Path root) throws IOException {
    long before = Gauge.usedHeap();
    TreeSnapshot snapshot = take(root);
    return (double) (Gauge.usedHeap() - before) / snapshot.size();
  }
}
