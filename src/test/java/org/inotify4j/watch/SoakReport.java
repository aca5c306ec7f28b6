package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What a long run did, and whether the virtual machine has grown by it: a table, made of the flight
 * recording named {@code soak}, printed, and put beside that recording. Without one nothing is
 * made.
 */
final class SoakReport {

  /** The recorder's own thread and file, and what Java's libraries open once, are no leak. */
  private static final int FEW = 16;

  /** Nor is what the virtual machine itself keeps of classes and of the recording. */
  private static final long FEW_BYTES = 16L << 20;

  private final @Nullable Recording recording;
  private final Standing begin;

  private SoakReport(@Nullable Recording recording, Standing begin) {
    this.recording = recording;
    this.begin = begin;
  }

  /** The run begins: nothing is open yet. */
  static SoakReport begin() throws IOException {
    return new SoakReport(running(), Standing.now());
  }

  private static @Nullable Recording running() {
    return !FlightRecorder.isInitialized()
        ? null
        : FlightRecorder.getFlightRecorder().getRecordings().stream()
            .filter(any -> any.getName().equals("soak"))
            .findFirst()
            .orElse(null);
  }

  /** Whether there will be a report. */
  boolean isRecorded() {
    return recording != null;
  }

  /**
   * The run is over, and all is closed.
   *
   * @param judged how many trees were compared with the disk, and by which test
   */
  void end(CallBook.Totals totals, Map<String, Long> judged) throws IOException {
    if (recording == null) {
      return;
    }
    Standing end = Standing.now();
    Path file = recording.getDestination();
    Recorded recorded = read(recording, end);
    String table = table(totals, judged, end, recorded);
    Files.writeString(file.resolveSibling("soak.txt"), table);
    System.out.println(table);
    assertThat(recorded.heapAtEnd()).isLessThanOrEqualTo(recorded.heapAtBegin() + FEW_BYTES);
    assertThat(end.descriptors()).isLessThanOrEqualTo(begin.descriptors() + FEW);
    assertThat(end.threads()).isLessThanOrEqualTo(begin.threads() + FEW);
  }

  private Recorded read(Recording recording, Standing end) throws IOException {
    Recorded recorded = new Recorded(begin.time(), end.time());
    Path copy = Files.createTempFile("soak", ".jfr");
    try {
      recording.dump(copy);
      try (RecordingFile events = new RecordingFile(copy)) {
        while (events.hasMoreEvents()) {
          recorded.add(events.readEvent());
        }
      }
    } finally {
      Files.delete(copy);
    }
    return recorded;
  }

  private String table(
      CallBook.Totals totals, Map<String, Long> judged, Standing end, Recorded recorded) {
    try (Formatter table = new Formatter(Locale.ROOT)) {
      Duration duration = Duration.between(begin.time(), end.time());
      table.format("%-42s%,14d s%n", "Soak", duration.toSeconds());
      line(table, "calls", totals.calls());
      line(table, "changes of the tree", totals.changes());
      line(table, "events told", totals.told());
      line(table, "  of these OVERFLOW", totals.overflows());
      line(table, "overflows of the kernel's queue", recorded.count("QueueOverflow"));
      line(table, "overflows of keys", recorded.count("KeyOverflow"));
      line(table, "repairs", recorded.count("Repair"));
      line(table, "rescans", recorded.count("Rescan"));
      table.format(
          "%-42s%,14.1f ms%n", "longest pause of the collector", recorded.longestPause() / 1e6);
      table.format("%n%-42s%14s%14s%n", "", "at begin", "at end");
      line(
          table,
          "heap after a collection, KiB",
          recorded.heapAtBegin() >> 10,
          recorded.heapAtEnd() >> 10);
      line(table, "threads", begin.threads(), end.threads());
      line(table, "descriptors", begin.descriptors(), end.descriptors());
      table.format("%ntrees that were compared with the disk%n");
      judged.forEach((name, count) -> line(table, "  " + name, count));
      table.format("%nevents of ours in the recording%n");
      recorded.ours.forEach((name, count) -> line(table, "  " + name, count));
      return table.toString();
    }
  }

  private static void line(Formatter table, String name, long value) {
    table.format("%-42s%,14d%n", name, value);
  }

  private static void line(Formatter table, String name, long begin, long end) {
    table.format("%-42s%,14d%,14d%n", name, begin, end);
  }

  /** How the virtual machine is at a time, just after a collection. */
  private record Standing(Instant time, long threads, long descriptors) {

    static Standing now() throws IOException {
      System.gc();
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        return new Standing(Instant.now(), threads, open.count());
      }
    }
  }

  /** What the recording has of the time between two standings. */
  private static final class Recorded {

    private static final String OURS = "org.inotify4j.";

    private final Instant begin;
    private final Instant end;
    private final Map<String, Long> ours = new TreeMap<>();
    private Instant lastAtBegin = Instant.MIN;
    private Instant lastAtEnd = Instant.MIN;
    private long heapAtBegin;
    private long heapAtEnd;
    private long longestPause;

    Recorded(Instant begin, Instant end) {
      this.begin = begin;
      this.end = end;
    }

    void add(RecordedEvent event) {
      String name = event.getEventType().getName();
      if (name.startsWith(OURS)) {
        ours.merge(name.substring(OURS.length()), 1L, Long::sum);
      } else if (name.equals("jdk.GCHeapSummary")) {
        addHeap(event);
      } else if (name.equals("jdk.GarbageCollection") && isDuringTheRun(event)) {
        longestPause = Math.max(longestPause, event.getDuration("longestPause").toNanos());
      }
    }

    private boolean isDuringTheRun(RecordedEvent event) {
      return event.getStartTime().isAfter(begin)
          && event.getStartTime().isBefore(end)
          && !event.getString("cause").equals("System.gc()")
          && !event.getString("cause").startsWith("Heap Inspection");
    }

    /** The events of a recording are in no order. */
    private void addHeap(RecordedEvent event) {
      Instant time = event.getStartTime();
      if (!event.getString("when").equals("After GC") || time.isAfter(end)) {
        return;
      }
      if (time.isAfter(lastAtEnd)) {
        lastAtEnd = time;
        heapAtEnd = event.getLong("heapUsed");
      }
      if (!time.isAfter(begin) && time.isAfter(lastAtBegin)) {
        lastAtBegin = time;
        heapAtBegin = event.getLong("heapUsed");
      }
    }

    long count(String name) {
      return ours.getOrDefault(name, 0L);
    }

    long heapAtBegin() {
      return heapAtBegin;
    }

    long heapAtEnd() {
      return heapAtEnd;
    }

    long longestPause() {
      return longestPause;
    }
  }
}
