package org.inotify4j.fs.programs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** Watches a directory, as any program does, and says what it meets. */
public final class Report {

  /** What it prints where the default file system is wrapped. */
  public static final String OVER_INOTIFY =
      """
      file system: org.inotify4j.fs.INotifyFileSystem
      watch service: org.inotify4j.watch.INotifyWatchService
      same key: true, same path: true
      ENTRY_CREATE entry, of the default file system: true
      """;

  private Report() {}

  /** Watches the directory that is the first argument. */
  @SuppressWarnings("ReferenceEquality") // They must be the very objects.
  public static void main(String[] args) throws Exception {
    FileSystem standard = FileSystems.getDefault();
    Path directory = Path.of(args[0]);
    System.out.println("file system: " + standard.getClass().getName());
    try (WatchService service = standard.newWatchService()) {
      System.out.println("watch service: " + service.getClass().getName());
      WatchKey registered = directory.register(service, ENTRY_CREATE);
      Files.createFile(directory.resolve("entry"));
      WatchKey key = service.poll(30, SECONDS);
      if (key == null) {
        throw new AssertionError("no event");
      }
      System.out.println(
          "same key: " + (key == registered) + ", same path: " + (key.watchable() == directory));
      for (WatchEvent<?> event : key.pollEvents()) {
        Path context = (Path) event.context();
        System.out.println(
            event.kind()
                + " "
                + context
                + ", of the default file system: "
                + (context.getFileSystem() == standard));
      }
    }
  }
}
