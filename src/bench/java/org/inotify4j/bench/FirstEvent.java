package org.inotify4j.bench;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;

/**
 * Opens the first service of a virtual machine and waits for its first event. Prints how long each
 * step took, in milliseconds.
 */
final class FirstEvent {

  private FirstEvent() {}

  /**
   * Prints its line.
   *
   * @param args a directory
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    long start = System.nanoTime();
    WatchService service = Services.open();
    long opened = System.nanoTime();
    Services.register(directory, service, ENTRY_CREATE);
    long registered = System.nanoTime();
    Path file = Files.createFile(directory.resolve("first"));
    service.take().pollEvents();
    long taken = System.nanoTime();
    service.close();
    Files.delete(file);
    new Line()
        .add("open", (opened - start) / 1e6)
        .add("register", (registered - opened) / 1e6)
        .add("event", (taken - registered) / 1e6)
        .add("total", (taken - start) / 1e6)
        .print();
  }
}
