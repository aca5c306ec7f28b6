package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchService;
import java.util.List;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/**
 * Watches a tree in which nothing happens, and prints how often the threads that this needs woke up
 * meanwhile, and their processor time in milliseconds.
 */
final class StayIdle {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};

  private StayIdle() {}

  /**
   * Prints its line.
   *
   * @param args the tree, and for how many seconds
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]);
    long millis = 1000L * Integer.parseInt(args[1]);
    try (WatchService service = Services.open()) {
      int directories = register(root, service);
      Thread.sleep(1000);
      List<Path> threads = EventThreads.all();
      long wakeups = EventThreads.sum(threads, "status", "voluntary_ctxt_switches:");
      long cpu = EventThreads.sum(threads, "schedstat", "");
      Thread.sleep(millis);
      new Line()
          .add("directories", directories)
          .add("threads", threads.size())
          .add("wakeups", EventThreads.sum(threads, "status", "voluntary_ctxt_switches:") - wakeups)
          .add("cpu", (EventThreads.sum(threads, "schedstat", "") - cpu) / 1e6)
          .print();
    }
  }

  private static int register(Path root, WatchService service) throws IOException {
    if (service instanceof INotifyWatchService tree) {
      tree.register(root, KINDS, INotifyModifiers.RECURSIVE);
      return tree.watchCount();
    }
    return RegisterTreeWithJdk.register(root, service, KINDS);
  }
}
