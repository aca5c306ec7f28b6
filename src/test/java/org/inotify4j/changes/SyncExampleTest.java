package org.inotify4j.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a test of a program that watches: it neither sleeps nor guesses. */
final class SyncExampleTest {

  @TempDir Path inbox;
  private final List<Path> loaded = Collections.synchronizedList(new ArrayList<>());

  @Test
  void loadsWhatIsPutThere() throws Exception {
    try (PathWatcher watcher =
        PathWatcher.directory(inbox).start(batch -> batch.forEach(c -> loaded.add(c.path())))) {
      Files.writeString(inbox.resolve("order"), "one pizza");
      assertTrue(watcher.sync(Duration.ofSeconds(30)));
      assertEquals(List.of(inbox.resolve("order")), loaded);
    }
  }
}
