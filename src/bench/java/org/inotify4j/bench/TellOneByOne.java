package org.inotify4j.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.inotify4j.changes.PathWatcher;

/**
 * Writes a byte to a file and is told by a watcher that lets nothing settle, time and again, and
 * prints the median and the 99th percentile in microseconds until its listener is called.
 */
final class TellOneByOne {

  private TellOneByOne() {}

  /**
   * Prints its line.
   *
   * @param args the directory, and how many times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    long[] nanos = new long[Integer.parseInt(args[1])];
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    long[] told = new long[1];
    Semaphore isTold = new Semaphore(0);
    // One that has its name: a watcher tells nothing of a file that is unlinked.
    Path file = directory.resolve("told");
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        PathWatcher watcher =
            PathWatcher.directory(directory)
                .settle(Duration.ZERO, Duration.ZERO)
                .start(
                    batch -> {
                      told[0] = System.nanoTime();
                      isTold.release();
                    })) {
      // The first half again is for the compiler.
      for (int i = -nanos.length / 2; i < nanos.length; i++) {
        one.clear();
        long start = System.nanoTime();
        channel.write(one, 0);
        isTold.acquire();
        if (i >= 0) {
          nanos[i] = told[0] - start;
        }
      }
      if (watcher.statistics().changes() > nanos.length * 2L) {
        throw new IllegalStateException("more was told than happened");
      }
    }
    Files.delete(file);
    new Line()
        .add("p50", Gauge.percentile(nanos, 0.5) / 1e3)
        .add("p99", Gauge.percentile(nanos, 0.99) / 1e3)
        .print();
  }
}
