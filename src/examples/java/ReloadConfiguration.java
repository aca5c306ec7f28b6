import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.Comparator;
import java.util.stream.Stream;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;

/** Reloads a configuration file whenever it is another one, however that comes about. */
final class ReloadConfiguration {

  public static void main(String[] args) throws Exception {
    Path file = Files.createTempDirectory("etc").resolve("app/app.conf");
    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_MODIFY};
      WatchKey key = service.register(file, kinds, INotifyModifiers.FILE);
      String configuration = load(file);
      System.out.println("starts with " + configuration);

      for (String next : new String[] {"color=red", "color=green", "color=blue"}) {
        save(file, next);
        while (!configuration.equals(next)) {
          service.take().pollEvents();
          key.reset();
          configuration = load(file);
        }
        System.out.println("reloaded: " + configuration);
      }
    }
    try (Stream<Path> all = Files.walk(file.getParent().getParent())) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  private static String load(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "the defaults";
    }
  }

  /** As careful editors and deployments do it: nobody ever sees half a file. */
  private static void save(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path aside = Files.writeString(file.resolveSibling("app.conf.new"), text);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
