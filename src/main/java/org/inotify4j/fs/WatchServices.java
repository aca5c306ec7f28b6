package org.inotify4j.fs;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.WatchService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.watch.INotifyWatchService;

/**
 * Opens the watch service of a file system: one over inotify where that is possible, and otherwise
 * the delegate's own, translated, which is said once.
 */
final class WatchServices {

  /** Switches inotify off for who inherits the flags of a JVM that has it on. */
  static final String DISABLE_PROPERTY = "inotify4j.disable";

  private static final AtomicBoolean SAID = new AtomicBoolean();

  private WatchServices() {}

  static WatchService open(INotifyFileSystem fileSystem) throws IOException {
    if (Boolean.getBoolean(DISABLE_PROPERTY)) {
      return fallBack(fileSystem, "it is switched off by -D" + DISABLE_PROPERTY + "=true");
    }
    if (!fileSystem.isNative()) {
      return fallBack(fileSystem, "inotify knows the native file system only");
    }
    try {
      return INotifyWatchService.open();
    } catch (UnsupportedOperationException e) {
      return fallBack(fileSystem, String.valueOf(e.getMessage()));
    }
  }

  private static WatchService fallBack(INotifyFileSystem fileSystem, String why)
      throws IOException {
    WatchService watchService = fileSystem.delegate().newWatchService();
    if (SAID.compareAndSet(false, true)) {
      System.getLogger("org.inotify4j.fs")
          .log(
              Level.INFO,
              "watching with {0} in place of inotify: {1}",
              watchService.getClass().getName(),
              why);
    }
    return new TranslatedWatchService(fileSystem, watchService);
  }
}
