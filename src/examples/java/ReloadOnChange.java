import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.time.Duration.ofSeconds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.changes.PathWatcher;

/** Has the settings of a file as they are now, however the file is changed or replaced. */
final class ReloadOnChange {

  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempDirectory("etc").resolve("app.conf");
    AtomicReference<String> settings = new AtomicReference<>("the defaults");

    try (PathWatcher watcher =
        PathWatcher.file(file)
            .existing()
            .start(
                batch ->
                    settings.set(Files.exists(file) ? Files.readString(file) : "the defaults"))) {
      System.out.println(settings.get());

      Files.writeString(file, "color=red");
      watcher.sync(ofSeconds(30));
      System.out.println(settings.get());

      Path aside = Files.writeString(file.resolveSibling("app.conf.new"), "color=blue");
      Files.move(aside, file, ATOMIC_MOVE);
      watcher.sync(ofSeconds(30));
      System.out.println(settings.get());

      Files.delete(file);
      watcher.sync(ofSeconds(30));
      System.out.println(settings.get());
    }
  }
}
