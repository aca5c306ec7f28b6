package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Lets events gather in the kernel's queue while the poller is held, and then lets it go: a number
 * of times. Prints how many nanoseconds an event it takes until all are pending at the key, and
 * until the program has them with their paths: medians of the later half.
 */
public final class DrainQueue {

  private DrainQueue() {}

  /**
   * Prints its line.
   *
   * @param args the directory, how many events, and how many times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    int events = Integer.parseInt(args[1]);
    int times = Integer.parseInt(args[2]);
    double[] pending = new double[times];
    double[] taken = new double[times];
    HeldKernel kernel = new HeldKernel();
    try (INotifyWatchService service = INotifyWatchService.open(kernel.openHub())) {
      WatchKey key = service.register(directory, ENTRY_CREATE, ENTRY_DELETE);
      for (int i = 0; i < times; i++) {
        Gate gate = kernel.holdReads();
        // One for which the poller comes to the gate.
        fill(directory, 2);
        gate.awaitReached();
        fill(directory, events - 2);
        long start = System.nanoTime();
        gate.open();
        if (!service.sync(Duration.ofMinutes(1))) {
          throw new IllegalStateException("the events did not come");
        }
        pending[i] = (double) (System.nanoTime() - start) / events;
        List<WatchEvent<?>> all = key.pollEvents();
        taken[i] = (double) (System.nanoTime() - start) / events;
        check(directory, all, events);
        key.reset();
      }
    }
    System.out.printf("drain=%.1f\tevents=%.1f%n", laterMedian(pending), laterMedian(taken));
  }

  private static void fill(Path directory, int events) throws IOException {
    for (int i = 0; i < events / 2; i++) {
      Path file = directory.resolve(String.format("file-%06d.txt", i));
      Files.createFile(file);
      Files.delete(file);
    }
  }

  /** Looks at each event, as a program does. */
  private static void check(Path directory, List<WatchEvent<?>> events, int expected) {
    int length = directory.toString().length() + 1 + "file-000000.txt".length();
    if (events.size() != expected) {
      throw new IllegalStateException(events.size() + " of " + expected + " events came");
    }
    for (WatchEvent<?> event : events) {
      if (directory.resolve((Path) event.context()).toString().length() != length) {
        throw new IllegalStateException("another file: " + event.context());
      }
    }
  }

  private static double laterMedian(double[] values) {
    double[] later = Arrays.copyOfRange(values, values.length / 2, values.length);
    Arrays.sort(later);
    return later[later.length / 2];
  }
}
