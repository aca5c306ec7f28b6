package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/**
 * Has the kernel lose events of a tree, again and again, and prints how many seconds it took the
 * last time until all was told, beside a snapshot of the same tree.
 */
final class RepairTree {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  private RepairTree() {}

  /**
   * Prints its line.
   *
   * @param args the tree, and how many times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]);
    double snapshot = 0;
    double repair = 0;
    long rescans = 0;
    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchKey key =
          service.register(root, KINDS, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN);
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        long start = System.nanoTime();
        TreeSnapshot unused = TreeSnapshot.take(root, TreeFilter.EVERYTHING, 1);
        snapshot = Gauge.secondsSince(start);
        rescans = service.statistics().rescans();
        start = System.nanoTime();
        overflow(service, root.resolve("noise"));
        while (!service.sync(Duration.ofMinutes(1))) {
          take(key);
        }
        repair = Gauge.secondsSince(start);
        rescans = service.statistics().rescans() - rescans;
        take(key);
      }
    }
    new Line().add("snapshot", snapshot).add("repair", repair).add("rescans", rescans).print();
  }

  private static void overflow(INotifyWatchService service, Path file) throws IOException {
    long before = service.statistics().queueOverflows();
    while (service.statistics().queueOverflows() == before) {
      Files.createFile(file);
      Files.delete(file);
    }
  }

  private static void take(WatchKey key) {
    int unused = key.pollEvents().size();
    boolean isValid = key.reset();
    if (!isValid) {
      throw new IllegalStateException("the tree is gone");
    }
  }
}
