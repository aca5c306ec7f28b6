package org.inotify4j.fs.programs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.watch.INotifyWatchService;

/** Uses the scheme {@code inotify}. */
public final class Scheme {

  /** What it prints. */
  public static final String OUTPUT =
      """
      /srv/in of inotify: inotify:///srv/in
      short: true, of the one file system: true
      by name: true, exact: true
      same file: true, equal: false
      watch service: org.inotify4j.watch.INotifyWatchService
      same key: true, same path: true
      ENTRY_CREATE entry, of the same file system: true
      same key: true, same path: true
      ENTRY_CREATE entry, of the same file system: true
      """;

  private Scheme() {}

  /** Watches two new directories in the one that is the first argument. */
  @SuppressWarnings("ReferenceEquality") // They must be the very objects.
  public static void main(String[] args) throws Exception {
    Path in = Path.of(URI.create("inotify:///srv/in"));
    FileSystem scheme = FileSystems.getFileSystem(URI.create("inotify:///"));
    System.out.println(in + " of " + scheme.provider().getScheme() + ": " + in.toUri());
    Path inShort = Path.of(URI.create("inotify:/srv/in"));
    System.out.println(
        "short: "
            + inShort.equals(in)
            + ", of the one file system: "
            + (inShort.getFileSystem() == scheme && in.getFileSystem() == scheme));
    Path odd = Path.of(URI.create("inotify:///srv/%FF%C3%A9"));
    System.out.println(
        "by name: "
            + scheme.getPath("/srv/in").equals(in)
            + ", exact: "
            + odd.toUri().getRawPath().equals("/srv/%FF%C3%A9"));

    Path standard = Files.createTempDirectory(Path.of(args[0]), "standard");
    Path own = Path.of(URI.create("inotify://" + standard.toUri().getRawPath()));
    System.out.println(
        "same file: " + Files.isSameFile(own, standard) + ", equal: " + own.equals(standard));

    try (INotifyWatchService service = (INotifyWatchService) scheme.newWatchService()) {
      System.out.println("watch service: " + service.getClass().getName());
      watch(service, own, own.register(service, ENTRY_CREATE));
      Path other = Files.createTempDirectory(Path.of(args[0]), "other");
      watch(service, other, service.register(other, ENTRY_CREATE));
    }
  }

  @SuppressWarnings("ReferenceEquality") // They must be the very objects.
  private static void watch(INotifyWatchService service, Path directory, WatchKey registered)
      throws Exception {
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
              + ", of the same file system: "
              + (context.getFileSystem() == directory.getFileSystem()));
    }
  }
}
