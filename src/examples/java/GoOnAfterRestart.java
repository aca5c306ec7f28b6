import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.INotifyModifiers.since;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.snapshot.TreeSnapshot;
import org.inotify4j.watch.INotifyWatchService;

/** A program that knows what is there, ends, and is told at its next start what it missed. */
class GoOnAfterRestart {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  public static void main(String[] arguments) throws Exception {
    Path inbox = Files.createTempDirectory("inbox");
    Path saved = Files.createTempFile("inbox", ".snapshot");
    Files.createFile(inbox.resolve("first.csv"));

    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchKey key = service.register(inbox, KINDS, RECURSIVE, INITIAL, RESCAN);
      service.sync(Duration.ofSeconds(10));
      print(key);
      service.snapshot(key).save(saved);
    }

    System.out.println("-- nobody watches --");
    Files.createFile(inbox.resolve("second.csv"));
    Files.delete(inbox.resolve("first.csv"));

    try (INotifyWatchService service = INotifyWatchService.open()) {
      TreeSnapshot before = TreeSnapshot.load(saved, inbox);
      WatchKey key = service.register(inbox, KINDS, RECURSIVE, RESCAN, since(before));
      service.sync(Duration.ofSeconds(10));
      Files.createFile(inbox.resolve("third.csv"));
      service.sync(Duration.ofSeconds(10));
      print(key);
    }
  }

  private static void print(WatchKey key) {
    for (WatchEvent<?> event : key.pollEvents()) {
      System.out.println((event.kind() + " " + event.context()).strip());
    }
  }
}
