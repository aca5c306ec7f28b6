package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;

/** The watch services that the contract is tested against: those of {@link #all}. */
enum Implementation {
  /** What it was read from. */
  JDK {
    // Requests that its thread answers one after the other. It reads up to 8 KiB of events before
    // each, so a thousand events are delivered with the last one.
    private static final int REQUESTS = 4;

    @Override
    void sync(WatchService service, Path quiet) throws IOException {
      for (int i = 0; i < REQUESTS; i++) {
        quiet.register(service, ENTRY_CREATE);
      }
    }
  },

  /** What must keep it. */
  INOTIFY4J {
    @Override
    WatchService open() throws IOException {
      return INotifyWatchService.open();
    }

    @Override
    WatchKey register(
        WatchService service,
        Path path,
        WatchEvent.Kind<?>[] kinds,
        WatchEvent.Modifier... modifiers)
        throws IOException {
      return ((INotifyWatchService) service).register(path, kinds, modifiers);
    }

    @Override
    void sync(WatchService service, Path quiet) throws InterruptedException {
      syncOurs(service);
    }
  },

  /** The same in place of the JDK's, in a virtual machine that was told so. */
  DROP_IN {
    @Override
    void sync(WatchService service, Path quiet) throws InterruptedException {
      syncOurs(service);
    }
  };

  /** Those that this virtual machine has. */
  static List<Implementation> all() throws IOException {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      return service instanceof INotifyWatchService ? List.of(DROP_IN) : List.of(JDK, INOTIFY4J);
    }
  }

  private static void syncOurs(WatchService service) throws InterruptedException {
    if (!((INotifyWatchService) service).sync(Duration.ofSeconds(30))) {
      throw new AssertionError("not everything was delivered in time");
    }
  }

  /** Opens one as a program does that knows the JDK only. */
  WatchService open() throws IOException {
    return FileSystems.getDefault().newWatchService();
  }

  /** Registers likewise. */
  WatchKey register(
      WatchService service, Path path, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers)
      throws IOException {
    return path.register(service, kinds, modifiers);
  }

  /**
   * Returns when all that happened before has reached its key.
   *
   * @param quiet a directory where nothing happens
   */
  abstract void sync(WatchService service, Path quiet) throws IOException, InterruptedException;
}
