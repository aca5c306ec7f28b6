import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.watch.INotifyEventKinds;
import org.inotify4j.watch.INotifyWatchService;

/** Hears of a file that is written and renamed, with standard kinds and those of inotify mixed. */
final class WatchDirectory {

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("inbox");
    try (INotifyWatchService service = INotifyWatchService.open()) {
      service.register(
          directory,
          ENTRY_CREATE,
          ENTRY_DELETE,
          INotifyEventKinds.CLOSE_WRITE,
          INotifyEventKinds.RENAME);

      Files.writeString(directory.resolve("order.tmp"), "one pizza");
      Files.move(directory.resolve("order.tmp"), directory.resolve("order"));
      Files.delete(directory.resolve("order"));
      // All of that has reached its key when sync returns: nobody has to sleep for it.
      service.sync(Duration.ofSeconds(10));

      WatchKey key = service.poll();
      for (WatchEvent<?> event : key.pollEvents()) {
        System.out.println(event.kind() + " " + event.context());
      }
      key.reset();
    }
    Files.delete(directory);
  }
}
