package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.Locale;

/**
 * Registers a tree with our service three times, and prints how long the first took and the last.
 *
 * <p>The heap is measured around the last, whose classes are loaded and whose code is compiled.
 */
final class RegisterOurs {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  /** How often the heap is collected at most for a closed service to leave it. */
  private static final int PATIENCE = 100;

  private final Path root;
  private double open;
  private double register;
  private double close;
  private int directories;
  private long heap;

  private RegisterOurs(Path root) {
    this.root = root;
  }

  /**
   * Prints its line.
   *
   * @param args the tree
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]);
    RegisterOurs cold = new RegisterOurs(root);
    cold.run();
    new RegisterOurs(root).run();
    RegisterOurs warm = new RegisterOurs(root);
    warm.run();
    System.out.printf(
        Locale.ROOT,
        "directories=%d\topen=%.6f\tcold=%.6f\twarm=%.6f\tclose=%.6f\tbytes a directory=%.1f%n",
        warm.directories,
        cold.open,
        cold.register,
        warm.register,
        warm.close,
        (double) warm.heap / warm.directories);
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
    long before = usedHeap();
    long start = System.nanoTime();
    INotifyWatchService service = INotifyWatchService.open();
    open = secondsSince(start);
    start = System.nanoTime();
    service.register(root, KINDS, INotifyModifiers.RECURSIVE);
    register = secondsSince(start);
    heap = usedHeap() - before;
    directories = service.watchCount();
    start = System.nanoTime();
    service.close();
    close = secondsSince(start);
    return new WeakReference<>(service, gone);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
