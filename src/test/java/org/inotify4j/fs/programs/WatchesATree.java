package org.inotify4j.fs.programs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/** Opens a service, watches a tree with it, and says what it hears. */
public final class WatchesATree {

  /** What it prints. */
  public static final String OUTPUT =
      """
      ENTRY_CREATE sub
      ENTRY_CREATE sub/deep
      ENTRY_CREATE sub/deep/file
      """;

  private WatchesATree() {}

  /** Needs an empty directory. */
  public static void main(String[] args) throws Exception {
    System.out.print(events(Path.of(args[0])));
  }

  static String events(Path directory) throws IOException, InterruptedException {
    StringBuilder heard = new StringBuilder();
    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
      WatchKey key = service.register(directory, kinds, INotifyModifiers.RECURSIVE);
      Path deep = Files.createDirectories(directory.resolve("sub/deep"));
      Files.createFile(deep.resolve("file"));
      if (!service.sync(Duration.ofSeconds(10))) {
        return "not told in time";
      }
      for (WatchEvent<?> event : key.pollEvents()) {
        heard.append(event.kind()).append(' ').append(event.context()).append('\n');
      }
    }
    return heard.toString();
  }
}
