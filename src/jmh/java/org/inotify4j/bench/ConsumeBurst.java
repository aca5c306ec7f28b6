package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * Counts the events of a directory that another process changes: as they come, or not before all
 * have come.
 *
 * <p>Prints the part of them that was delivered, and the processor time that each of these took.
 * Where it takes them late, also the heap that they take while they are pending.
 */
final class ConsumeBurst {

  /** After so much silence nothing comes any more. */
  private static final long SILENCE_MILLIS = 1000;

  private final WatchService service;
  private int delivered;

  private ConsumeBurst(WatchService service) {
    this.service = service;
  }

  /**
   * Prints its line.
   *
   * @param args the directory, how many files are made in it and deleted, and {@code early} or
   *     {@code late}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    int files = Integer.parseInt(args[1]);
    boolean isLate = args[2].equals("late");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-classpath",
                System.getProperty("java.class.path"),
                MakeChanges.class.getName(),
                args[0],
                args[1])
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (WatchService service = Services.open()) {
      Services.register(directory, service, ENTRY_CREATE, ENTRY_DELETE);
      long heap = isLate ? Gauge.usedHeap() : 0;
      long cpu = Gauge.cpuNanos();
      writer.getOutputStream().write('\n');
      writer.getOutputStream().close();
      if (isLate) {
        writer.waitFor();
        Thread.sleep(SILENCE_MILLIS);
        heap = Gauge.usedHeap() - heap;
      }
      ConsumeBurst burst = new ConsumeBurst(service);
      burst.consume(writer);
      cpu = Gauge.cpuNanos() - cpu;
      new Line()
          .add("percent", 100.0 * burst.delivered / (2 * files))
          .add("cpu", cpu / 1e3 / Math.max(1, burst.delivered))
          .add("heap", (double) heap / (2 * files))
          .print();
    } finally {
      writer.destroy();
    }
  }

  private void consume(Process writer) throws InterruptedException {
    while (true) {
      boolean isOver = !writer.isAlive();
      WatchKey key = service.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (key != null) {
        for (WatchEvent<?> event : key.pollEvents()) {
          delivered += event.kind() == OVERFLOW ? 0 : 1;
        }
        key.reset();
      } else if (isOver) {
        return;
      }
    }
  }
}
