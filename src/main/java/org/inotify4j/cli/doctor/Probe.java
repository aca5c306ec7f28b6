package org.inotify4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.cli.base.Reasons;

/**
 * Whether the kernel tells at once of a file that is made in a directory, and removed again.
 *
 * @param isHeard whether it was told
 * @param micros how long that took, in microseconds; how long it was waited for where it was not
 * @param failure why it could not be tried; empty where it was
 * @param limit the limit that was met then; empty where there was none
 */
record Probe(boolean isHeard, long micros, String failure, String limit) {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int RANDOM_BYTES = 8;
  private static final long NANOS = 1000;

  /** Tries it. */
  static Probe in(Path directory) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    Path file = directory.resolve(".inotify4j-probe-" + HexFormat.of().formatHex(random));
    file.toFile().deleteOnExit(); // Should Ctrl-C come meanwhile.
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(directory, Flag.CREATE);
      return hear(inotify, file);
    } catch (INotifyLimitException e) {
      return new Probe(false, 0, String.valueOf(e.getReason()), e.limit());
    } catch (IOException e) {
      return new Probe(false, 0, Reasons.of(e), "");
    } catch (UnsupportedOperationException e) {
      return new Probe(false, 0, String.valueOf(e.getMessage()), "");
    }
  }

  private static Probe hear(INotify inotify, Path file) throws IOException {
    EntryName name = EntryName.of(file);
    long start = System.nanoTime();
    Files.createFile(file);
    try {
      boolean isHeard = false;
      long took = 0;
      while (!isHeard && took < PATIENCE.toNanos()) {
        for (INotifyEvent event : inotify.read(PATIENCE.minusNanos(took))) {
          isHeard |= event.name().equals(name);
        }
        took = System.nanoTime() - start;
      }
      return new Probe(isHeard, took / NANOS, "", "");
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
