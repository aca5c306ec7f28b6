package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts the events of a directory that another process changes: as they come, or not before all
 * have come.
 *
 * <p>Prints the part of them that was delivered, and the processor time that each of these took.
 * Where it takes them as they come it does so twice, and the second time is printed too: then its
 * code is compiled. Where it takes them late, it prints the heap that they take while they are
 * pending.
 */
final class ConsumeBurst {

  /** The compiled program that makes the changes. */
  static final String WRITER = "bench.writer";

  /** After so much silence nothing comes any more. */
  private static final long SILENCE_MILLIS = 1000;

  private final WatchService service;
  private final String directory;
  private final int files;
  private int delivered;
  private double cpu;
  private double heap;

  private ConsumeBurst(WatchService service, String directory, int files) {
    this.service = service;
    this.directory = directory;
    this.files = files;
  }

  /**
   * Prints its line.
   *
   * @param args the directory, how many files are made in it and deleted, and {@code early} or
   *     {@code late}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int files = Integer.parseInt(args[1]);
    try (WatchService service = Services.open()) {
      Services.register(Path.of(args[0]), service, ENTRY_CREATE, ENTRY_DELETE);
      ConsumeBurst first = new ConsumeBurst(service, args[0], files);
      if (args[2].equals("late")) {
        first.late();
        Line line = new Line().add("percent", first.percent());
        if (first.delivered > 0) {
          line.add("heap", first.heap);
        }
        line.print();
      } else {
        ConsumeBurst second = new ConsumeBurst(service, args[0], files);
        first.early();
        second.early();
        new Line()
            .add("percent", (first.percent() + second.percent()) / 2)
            .add("cpu", first.cpu)
            .add("cpuLater", second.cpu)
            .print();
      }
    }
  }

  private void early() throws IOException, InterruptedException {
    Process writer = startWriter();
    try {
      long before = Gauge.cpuNanos();
      begin(writer);
      consume(writer);
      cpu = (Gauge.cpuNanos() - before) / 1e3 / Math.max(1, delivered);
    } finally {
      writer.destroy();
    }
  }

  private void late() throws IOException, InterruptedException {
    Process writer = startWriter();
    try {
      long before = Gauge.usedHeap();
      begin(writer);
      writer.waitFor();
      Thread.sleep(SILENCE_MILLIS);
      heap = (double) (Gauge.usedHeap() - before) / (2 * files);
      consume(writer);
    } finally {
      writer.destroy();
    }
  }

  private double percent() {
    return 100.0 * delivered / (2 * files);
  }

  /** In C, which is faster than anybody who listens; or else in Java. */
  private Process startWriter() throws IOException {
    List<String> command = new ArrayList<>();
    String compiled = System.getProperty(WRITER);
    if (compiled != null) {
      command.add(compiled);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx64m", "-classpath", System.getProperty("java.class.path")));
      command.add(MakeChanges.class.getName());
    }
    command.addAll(List.of(directory, String.valueOf(files)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void begin(Process writer) throws IOException {
    writer.getOutputStream().write('\n');
    writer.getOutputStream().close();
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
