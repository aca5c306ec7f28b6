package org.inotify4j.watch;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.INotify;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.SystemLibC;

/**
 * Hubs whose queue in the kernel takes few events. The limit is the system's, for every instance
 * that is opened meanwhile: so one JVM at a time lowers it, and only for as long as it takes to
 * open an instance.
 */
public final class SmallQueue {

  private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_queued_events");
  private static final Path LOCK =
      Path.of(System.getProperty("java.io.tmpdir"), "inotify4j-max_queued_events.lock");

  /** How many events the queues take of the instances that this thread opens. */
  private static final ThreadLocal<Integer> WANTED = new ThreadLocal<>();

  private SmallQueue() {}

  /** Opens something. */
  public interface Opening<T> {
    T open() throws IOException;
  }

  /** A hub with a queue of so many events. Only root may do that. */
  public static Hub of(int events) throws IOException {
    return of(
        events, () -> Hubs.open(SystemLibC.get(), ScriptedINotify.openForHub(SystemLibC.get())));
  }

  /** The same, of a hub that is made of a {@link ScriptedINotify}. */
  public static Hub of(int events, Opening<Hub> opening) throws IOException {
    Syscalls.assumeRoot();
    return whileNobodyElse(
        () -> {
          WANTED.set(events);
          try {
            return opening.open();
          } finally {
            WANTED.remove();
          }
        });
  }

  /** A hub that is opened while nobody lowers the limit. */
  static Hub usual(Opening<Hub> opening) throws IOException {
    return whileNobodyElse(opening);
  }

  private static Hub whileNobodyElse(Opening<Hub> opening) throws IOException {
    try (FileChannel channel = FileChannel.open(LOCK, CREATE, WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      return opening.open();
    }
  }

  /** An instance that is opened with the limit that this thread wants, if it does. */
  public static INotify open(Opening<INotify> opening) throws IOException {
    Integer wanted = WANTED.get();
    if (wanted == null) {
      return opening.open();
    }
    String usual = Files.readAllLines(LIMIT).get(0);
    String few = wanted.toString();
    try {
      Files.writeString(LIMIT, few);
      return opening.open();
    } finally {
      Files.writeString(LIMIT, usual);
    }
  }
}
