package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Many at once: one program changes what four services watch, and two threads take from each of
 * them. What is measured is the time until all have been told, for each file.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ContendedBenchmark {

  private static final int SERVICES = 4;
  private static final int TAKERS_OF_EACH = 2;
  private static final int FILES = 250;
  private static final String LAST = "last";

  /** Whose services they are. */
  @Param({"jdk", "inotify4j"})
  private String library;

  private final List<Watched> all = new ArrayList<>();

  /** Opens the services, each with a directory and its takers. */
  @Setup
  public void open() throws IOException {
    if (library.equals("inotify4j")) {
      System.setProperty(Services.PROPERTY, library);
    }
    for (int i = 0; i < SERVICES; i++) {
      all.add(new Watched());
    }
  }

  /** Closes the services, and removes their directories. */
  @TearDown
  public void close() throws IOException {
    for (Watched one : all) {
      one.close();
    }
  }

  /** Makes files in all directories in turns, and waits until the last of each was told. */
  @Benchmark
  @OperationsPerInvocation(SERVICES * FILES)
  public void changesOfFourServices() throws Exception {
    for (Watched one : all) {
      one.begin();
    }
    for (int i = 0; i < FILES - 1; i++) {
      for (Watched one : all) {
        one.change("file" + i);
      }
    }
    for (Watched one : all) {
      one.change(LAST);
    }
    for (Watched one : all) {
      one.awaitLast();
    }
  }

  /** A service with one directory, and the threads that take from it. */
  private static final class Watched {

    private final Path directory = Files.createTempDirectory("contended-benchmark");
    private final WatchService service = Services.open();
    private volatile CountDownLatch told = new CountDownLatch(1);

    Watched() throws IOException {
      Services.register(directory, service, ENTRY_CREATE);
      for (int i = 0; i < TAKERS_OF_EACH; i++) {
        Thread taker = new Thread(this::take, "taker");
        taker.setDaemon(true);
        taker.start();
      }
    }

    private void take() {
      try {
        while (true) {
          WatchKey key = service.take();
          for (WatchEvent<?> event : key.pollEvents()) {
            // After an overflow the last one may not come.
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)
                || LAST.equals(String.valueOf(event.context()))) {
              told.countDown();
            }
          }
          key.reset();
        }
      } catch (ClosedWatchServiceException | InterruptedException e) {
        // That was all.
      }
    }

    void begin() {
      told = new CountDownLatch(1);
    }

    void change(String name) throws IOException {
      Path file = Files.createFile(directory.resolve(name));
      Files.delete(file);
    }

    void awaitLast() throws InterruptedException {
      if (!told.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not told within ten seconds");
      }
    }

    void close() throws IOException {
      service.close();
      Files.delete(directory);
    }
  }
}
