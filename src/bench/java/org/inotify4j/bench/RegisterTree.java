package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/**
 * Registers a tree with our service, and prints how many seconds the first time took and the last,
 * which its classes are loaded and its code is compiled for.
 *
 * <p>The heap is measured around the last.
 */
final class RegisterTree {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  /** How often the heap is collected at most for a closed service to leave it. */
  private static final int PATIENCE = 100;

  private final Path root;
  private double register;
  private double close;
  private int directories;
  private long heap;

  private RegisterTree(Path root) {
    this.root = root;
  }

  /**
   * Prints its line.
   *
   * @param args the tree, and how many times
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]);
    RegisterTree cold = new RegisterTree(root);
    cold.run();
    RegisterTree warm = cold;
    for (int i = 1; i < Integer.parseInt(args[1]); i++) {
      warm = new RegisterTree(root);
      warm.run();
    }
    new Line()
        .add("directories", warm.directories)
        .add("cold", cold.register)
        .add("warm", warm.register)
        .add("close", warm.close)
        .add("heap", (double) warm.heap / warm.directories)
        .print();
  }

  /** Registers the tree, and leaves nothing of that on the heap. */
  private void run() throws IOException, InterruptedException {
    ReferenceQueue<INotifyWatchService> gone = new ReferenceQueue<>();
    WeakReference<INotifyWatchService> service = registered(gone);
    // It may be held for a moment after it was closed.
    for (int i = 0; gone.remove(10) == null; i++) {
      if (i == PATIENCE) {
        throw new IllegalStateException("a closed service is still held: " + service.get());
      }
      System.gc();
    }
  }

  /** In a method of its own, whose variables hold the service no longer than it takes. */
  private WeakReference<INotifyWatchService> registered(ReferenceQueue<INotifyWatchService> gone)
      throws IOException {
    INotifyWatchService service = INotifyWatchService.open();
    long before = Gauge.usedHeap();
    long start = System.nanoTime();
    service.register(root, KINDS, INotifyModifiers.RECURSIVE);
    register = Gauge.secondsSince(start);
    heap = Gauge.usedHeap() - before;
    directories = service.watchCount();
    start = System.nanoTime();
    service.close();
    close = Gauge.secondsSince(start);
    return new WeakReference<>(service, gone);
  }
}
