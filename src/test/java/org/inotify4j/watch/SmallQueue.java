package org.inotify4j.watch;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;

/**
 * Hubs whose queue in the kernel takes few events. The limit is the system's, for every instance
 * that is opened meanwhile: so one JVM at a time lowers it, for a moment.
 */
public final class SmallQueue {

  private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_queued_events");
  private static final Path LOCK =
      Path.of(System.getProperty("java.io.tmpdir"), "inotify4j-max_queued_events.lock");

  private SmallQueue() {}

  /** Opens a hub. */
  public interface Opening {
    Hub open() throws IOException;
  }

  /** A hub that is opened while the limit is so many events. Only root may do that. */
  public static Hub of(int events, Opening opening) throws IOException {
    Syscalls.assumeRoot();
    try (FileChannel channel = FileChannel.open(LOCK, CREATE, WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      String usual = Files.readAllLines(LIMIT).get(0);
      Files.writeString(LIMIT, String.valueOf(events));
      try {
        return opening.open();
      } finally {
        Files.writeString(LIMIT, usual);
      }
    }
  }
}
