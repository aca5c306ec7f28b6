package org.inotify4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A setting in {@code /proc/sys/fs/inotify} that is another one, where that is allowed, until
 * closed.
 *
 * <p>It outlives the process. So it is put back also where the JVM is told to end meanwhile, by
 * Ctrl-C or SIGTERM; a SIGKILL leaves it changed.
 */
final class KernelSetting implements AutoCloseable {

  private final Path file;
  private final long before;
  private final long value;
  private final Thread atExit = new Thread(this::putBackAtExit, "kernel-setting");

  private KernelSetting(Path file, long before, long value) {
    this.file = file;
    this.before = before;
    this.value = value;
  }

  /** Raises a setting to at least this, if the user may. */
  static KernelSetting raise(String name, long wanted) throws IOException {
    KernelSetting setting = of(name);
    return setting.value >= wanted ? setting : setting.changed(wanted);
  }

  /** Lowers a setting to at most this, if the user may. */
  static KernelSetting lower(String name, long wanted) throws IOException {
    KernelSetting setting = of(name);
    return setting.value <= wanted ? setting : setting.changed(wanted);
  }

  private static KernelSetting of(String name) throws IOException {
    Path file = Path.of("/proc/sys/fs/inotify", name);
    long value = Long.parseLong(Files.readAllLines(file).get(0).strip());
    return new KernelSetting(file, value, value);
  }

  private KernelSetting changed(long wanted) throws IOException {
    if (!Files.isWritable(file)) {
      return this;
    }
    KernelSetting setting = new KernelSetting(file, before, wanted);
    // First: where the JVM ends between the two, this throws, or what was written is put back.
    Runtime.getRuntime().addShutdownHook(setting.atExit);
    Files.writeString(file, Long.toString(wanted));
    return setting;
  }

  long value() {
    return value;
  }

  @Override
  public void close() throws IOException {
    if (value == before) {
      return;
    }
    putBack();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: it is put back twice.
    }
  }

  private void putBack() throws IOException {
    Files.writeString(file, Long.toString(before));
  }

  private void putBackAtExit() {
    try {
      putBack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
