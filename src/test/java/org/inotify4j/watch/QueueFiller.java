package org.inotify4j.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

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
    Path one = Files.createFile(directory.resolve("one"));
    Path other = directory.resolve("other");
    // Two events each.
    for (int i = 0; i < capacity / 4 + 250; i++) {
      Files.move(one, other, ATOMIC_MOVE);
      Files.move(other, one, ATOMIC_MOVE);
    }
  }
}
