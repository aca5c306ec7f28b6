package org.inotify4j.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.inotify4j.EventBuffer;
import org.inotify4j.Flag;
import org.inotify4j.INotify;

/** What {@link TakeOneByOne} does, with the raw API and one thread. */
final class ReadOneByOne {

  private ReadOneByOne() {}

  /**
   * Prints its line.
   *
   * @param args the directory, and how many times
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    long[] nanos = new long[Integer.parseInt(args[1])];
    EventBuffer buffer = EventBuffer.allocate(64 * 1024);
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("written"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        INotify inotify = INotify.open()) {
      inotify.addWatch(directory, Flag.MODIFY);
      for (int i = -nanos.length / 2; i < nanos.length; i++) {
        one.clear();
        long start = System.nanoTime();
        channel.write(one, 0);
        inotify.read(buffer);
        long read = System.nanoTime();
        if (!buffer.next() || buffer.next()) {
          throw new IllegalStateException("not one event was read");
        }
        if (i >= 0) {
          nanos[i] = read - start;
        }
      }
    }
    new Line()
        .add("p50", Gauge.percentile(nanos, 0.5) / 1e3)
        .add("p99", Gauge.percentile(nanos, 0.99) / 1e3)
        .print();
  }
}
