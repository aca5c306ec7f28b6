package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * Writes a byte to a file and takes the event, time and again, and prints the median and the 99th
 * percentile in microseconds.
 */
final class TakeOneByOne {

  private TakeOneByOne() {}

  /**
   * Prints its line.
   *
   * @param args the directory, and how many times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    long[] nanos = new long[Integer.parseInt(args[1])];
    Path file = directory.resolve("written");
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        WatchService service = Services.open()) {
      Services.register(directory, service, ENTRY_MODIFY);
      // The first half again is for the compiler.
      for (int i = -nanos.length / 2; i < nanos.length; i++) {
        one.clear();
        long start = System.nanoTime();
        channel.write(one, 0);
        WatchKey key = service.take();
        long taken = System.nanoTime();
        if (key.pollEvents().size() != 1) {
          throw new IllegalStateException("more than one event was pending");
        }
        key.reset();
        if (i >= 0) {
          nanos[i] = taken - start;
        }
      }
    }
    new Line()
        .add("p50", Gauge.percentile(nanos, 0.5) / 1e3)
        .add("p99", Gauge.percentile(nanos, 0.99) / 1e3)
        .print();
  }
}
