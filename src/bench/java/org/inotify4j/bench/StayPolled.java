package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/**
 * Polls a tree in which nothing happens, and prints which part of a processor that takes, in
 * percent: of the threads that this needs, and of all.
 */
final class StayPolled {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final Duration OFTEN = Duration.ofSeconds(2);

  /** After so many rounds the code is compiled. */
  private static final int FIRST_ROUNDS = 3;

  private StayPolled() {}

  /**
   * Prints its line.
   *
   * @param args the tree, and for how many seconds at least
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    long least = TimeUnit.SECONDS.toNanos(Integer.parseInt(args[1]));
    try (INotifyWatchService service = INotifyWatchService.open()) {
      service.register(
          Path.of(args[0]), KINDS, INotifyModifiers.RECURSIVE, INotifyModifiers.poll(OFTEN));
      // From a place in one round to the same place in another one.
      awaitRound(service, FIRST_ROUNDS);
      long first = service.statistics().pollRounds();
      long start = System.nanoTime();
      long process = Gauge.cpuNanos();
      long threads = EventThreads.sum(EventThreads.all(), "schedstat", "");
      TimeUnit.NANOSECONDS.sleep(least);
      long last = service.statistics().pollRounds() + 1;
      awaitRound(service, last);
      double nanos = System.nanoTime() - start;
      new Line()
          .add("interval", nanos / 1e9 / (last - first))
          .add(
              "threads",
              100 * (EventThreads.sum(EventThreads.all(), "schedstat", "") - threads) / nanos)
          .add("process", 100 * (Gauge.cpuNanos() - process) / nanos)
          .print();
    }
  }

  private static void awaitRound(INotifyWatchService service, long number)
      throws InterruptedException {
    while (service.statistics().pollRounds() < number) {
      Thread.sleep(10);
    }
  }
}
