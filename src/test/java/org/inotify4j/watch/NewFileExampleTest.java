package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a test with a watch service: it neither sleeps nor guesses. */
final class NewFileExampleTest {

  @TempDir Path inbox;

  @Test
  void hearsOfANewFile() throws Exception {
    try (INotifyWatchService service = INotifyWatchService.open()) {
      service.register(inbox, ENTRY_CREATE);
      Files.createFile(inbox.resolve("order"));
      assertTrue(service.sync(Duration.ofSeconds(10)));
      assertEquals(Path.of("order"), service.take().pollEvents().get(0).context());
    }
  }
}
