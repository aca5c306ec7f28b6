package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A setting in {@code /proc/sys/fs/inotify} that is raised, where that is allowed, until closed.
 */
final class KernelSetting implements AutoCloseable {

  private final Path file;
  private final long before;
  private final long value;

  private KernelSetting(Path file, long before, long value) {
    this.file = file;
    this.before = before;
    this.value = value;
  }

  /** Raises a setting to at least this, if the user may. */
  static KernelSetting raise(String name, long wanted) throws IOException {
    Path file = Path.of("/proc/sys/fs/inotify", name);
    long before = Long.parseLong(Files.readAllLines(file).get(0).strip());
    if (before >= wanted || !Files.isWritable(file)) {
      return new KernelSetting(file, before, before);
    }
    Files.writeString(file, Long.toString(wanted));
    return new KernelSetting(file, before, wanted);
  }

  long value() {
    return value;
  }

  @Override
  public void close() throws IOException {
    if (value != before) {
      Files.writeString(file, Long.toString(before));
    }
  }
}
