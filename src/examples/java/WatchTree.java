import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.inotify4j.watch.INotifyEventKinds;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/** Hears of what is made, renamed and deleted anywhere in a tree. */
final class WatchTree {

  public static void main(String[] args) throws Exception {
    Path project = Files.createTempDirectory("project");
    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME};
      service.register(
          project, kinds, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude(".git"));

      Files.createDirectories(project.resolve("src/main/java"));
      Files.createFile(project.resolve("src/main/java/App.java"));
      Files.createDirectories(project.resolve(".git/objects"));
      service.sync(Duration.ofSeconds(10));

      Files.move(project.resolve("src/main"), project.resolve("src/core"));
      Files.delete(project.resolve("src/core/java/App.java"));
      service.sync(Duration.ofSeconds(10));

      WatchKey key = service.poll();
      for (WatchEvent<?> event : key.pollEvents()) {
        System.out.println(event.kind() + " " + event.context());
      }
      key.reset();
    }
    try (Stream<Path> all = Files.walk(project)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
