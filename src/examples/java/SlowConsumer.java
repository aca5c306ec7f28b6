import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;

/**
 * Watches a new directory, but looks at its events late: only after 20,000 files were made there.
 *
 * <p>It knows java.nio and nothing else. Which watch service it gets is decided by who starts it.
 */
public class SlowConsumer {

  private static final int FILES = 20_000;

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("slow-consumer");
    Set<Path> delivered = new HashSet<>();
    boolean overflow = false;

    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      directory.register(service, ENTRY_CREATE);

      for (int i = 0; i < FILES; i++) {
        Files.createFile(directory.resolve("file-" + i));
      }

      WatchKey key;
      while (delivered.size() < FILES && (key = service.poll(2, SECONDS)) != null) {
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.kind() == OVERFLOW) {
            overflow = true;
          } else {
            delivered.add((Path) event.context());
          }
        }
        key.reset();
      }
    }

    System.out.println("files made: " + FILES);
    System.out.println("creations delivered: " + delivered.size());
    System.out.println("overflow: " + (overflow ? "yes" : "no"));

    for (int i = 0; i < FILES; i++) {
      Files.delete(directory.resolve("file-" + i));
    }
    Files.delete(directory);
    System.out.println("directory removed: " + Files.notExists(directory));
  }
}
