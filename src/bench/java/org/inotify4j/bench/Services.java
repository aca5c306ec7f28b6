package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.inotify4j.watch.INotifyWatchService;

/**
 * Opens the service that a program is measured with, and registers: one program for all contenders.
 */
final class Services {

  /** Where this property is set the service is opened by the library's API. */
  static final String PROPERTY = "bench.service";

  private Services() {}

  static WatchService open() throws IOException {
    return System.getProperty(PROPERTY) == null
        ? FileSystems.getDefault().newWatchService()
        : INotifyWatchService.open();
  }

  /** Registers as each service has it: ours takes the paths of a default that is not its own. */
  static WatchKey register(Path directory, WatchService service, WatchEvent.Kind<?>... kinds)
      throws IOException {
    return service instanceof INotifyWatchService ours && System.getProperty(PROPERTY) != null
        ? ours.register(directory, kinds)
        : directory.register(service, kinds);
  }
}
