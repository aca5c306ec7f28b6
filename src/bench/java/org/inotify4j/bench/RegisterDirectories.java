package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.stream.Stream;

/**
 * Registers every directory of a directory, and closes the service, ten times. Prints what the
 * first time cost and the last, which its classes are loaded and its code is compiled for.
 */
final class RegisterDirectories {

  private static final int TIMES = 10;

  private double register;
  private double close;
  private double heap;

  private RegisterDirectories() {}

  /**
   * Prints its line.
   *
   * @param args the directory
   */
  public static void main(String[] args) throws IOException {
    List<Path> directories;
    try (Stream<Path> all = Files.list(Path.of(args[0]))) {
      directories = all.toList();
    }
    RegisterDirectories cold = new RegisterDirectories();
    cold.run(directories);
    RegisterDirectories warm = cold;
    for (int i = 1; i < TIMES; i++) {
      warm = new RegisterDirectories();
      warm.run(directories);
    }
    new Line()
        .add("directories", directories.size())
        .add("cold", cold.register)
        .add("warm", warm.register)
        .add("heap", warm.heap)
        .add("close", cold.close)
        .add("closeWarm", warm.close)
        .print();
  }

  private void run(List<Path> directories) throws IOException {
    WatchService service = Services.open();
    WatchKey[] keys = new WatchKey[directories.size()];
    long before = Gauge.usedHeap();
    long start = System.nanoTime();
    for (int i = 0; i < keys.length; i++) {
      keys[i] =
          Services.register(directories.get(i), service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    }
    register = Gauge.secondsSince(start) * 1e6 / keys.length;
    heap = (double) (Gauge.usedHeap() - before) / keys.length;
    start = System.nanoTime();
    service.close();
    close = Gauge.secondsSince(start) * 1e3;
    if (keys[keys.length - 1].isValid()) {
      throw new IllegalStateException("a key outlived its service");
    }
  }
}
