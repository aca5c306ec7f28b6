package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes more events than the kernel's queue takes. */
final class QueueFiller {

  private QueueFiller() {}

  /** In a directory that is watched for creations and deletions, by a poller that stands still. */
  static void fill(Path directory) throws IOException {
    int capacity =
        Integer.parseInt(
            Files.readAllLines(Path.of("/proc/sys/fs/inotify/max_queued_events")).get(0).trim());
    Path file = directory.resolve("filling");
    for (int i = 0; i < capacity / 2 + 500; i++) {
      Files.createFile(file);
      Files.delete(file);
    }
  }
}
