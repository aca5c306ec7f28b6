package org.inotify4j.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Reads what the virtual machine has used. */
final class Gauge {

  private Gauge() {}

  static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The bytes of the heap that are in use when all garbage is gone. */
  static long usedHeap() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The processor time of all threads so far, in nanoseconds. */
  static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** What lies in the middle, and so far from it: 0.5 is the median. Sorts the figures. */
  static long percentile(long[] figures, double part) {
    Arrays.sort(figures);
    return figures[(int) Math.min(figures.length - 1, Math.floor(figures.length * part))];
  }
}
