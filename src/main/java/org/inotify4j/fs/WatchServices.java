package org.inotify4j.fs;

import java.io.IOException;
import java.nio.file.WatchService;
import java.security.PrivilegedExceptionAction;
import org.inotify4j.base.Sandbox;
import org.inotify4j.libc.Way;
import org.inotify4j.watch.INotifyWatchService;

/**
 * Opens the watch service of a file system: one over inotify where that is possible, and otherwise
 * the delegate's own, translated, which is said once.
 */
final class WatchServices implements PrivilegedExceptionAction<WatchService> {

  private static final Way DEFAULT_PROVIDER =
      new Way("org.inotify4j.fs", "-Djava.nio.file.spi.DefaultFileSystemProvider");
  private static final Way ONE_FILE_SYSTEM = new Way("org.inotify4j.fs", "a wrapped file system");

  private final INotifyFileSystem fileSystem;

  private WatchServices(INotifyFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  static WatchService open(INotifyFileSystem fileSystem) throws IOException {
    WatchServices services = new WatchServices(fileSystem);
    return Sandbox.IS_POSSIBLE ? Sandbox.open(services) : services.run();
  }

  /** What the library does, whatever the program may. */
  @Override
  public WatchService run() throws IOException {
    if (Way.isSwitchedOff()) {
      return fallBack(fileSystem, Way.SWITCHED_OFF);
    }
    if (!fileSystem.isNative()) {
      return fallBack(fileSystem, "inotify knows the native file system only");
    }
    try {
      INotifyWatchService service = INotifyWatchService.open();
      way(fileSystem).taken(service.getClass());
      return service;
    } catch (UnsupportedOperationException e) {
      return fallBack(fileSystem, String.valueOf(e.getMessage()));
    }
  }

  private static WatchService fallBack(INotifyFileSystem fileSystem, String why)
      throws IOException {
    WatchService watchService = fileSystem.delegate().newWatchService();
    way(fileSystem).barred(watchService.getClass().getName(), why);
    return new TranslatedWatchService(fileSystem, watchService);
  }

  private static Way way(INotifyFileSystem fileSystem) {
    return fileSystem.provider.isDefault() ? DEFAULT_PROVIDER : ONE_FILE_SYSTEM;
  }
}
