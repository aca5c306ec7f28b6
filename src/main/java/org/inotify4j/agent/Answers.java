package org.inotify4j.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.security.PrivilegedExceptionAction;
import org.inotify4j.base.Sandbox;
import org.inotify4j.libc.Way;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;

/** What the JDK's two methods are answered: by this library where it can, else by null. */
final class Answers {

  private static final Way WAY = new Way("org.inotify4j.agent", "the agent");

  /** The JDK's own, which it makes when it is answered null. */
  private static final String OF_JDK = "sun.nio.fs.LinuxWatchService";

  private Answers() {}

  /** A new watch service, or null for the JDK's. */
  static @Nullable WatchService open() throws IOException {
    return Sandbox.IS_POSSIBLE ? Sandbox.open(new Opening()) : openNow();
  }

  private static @Nullable WatchService openNow() throws IOException {
    if (!Started.isOn()) {
      return null;
    }
    JnaBeside.find();
    try {
      INotifyWatchService service = INotifyWatchService.open();
      WAY.taken(service.getClass());
      return service;
    } catch (UnsupportedOperationException e) {
      WAY.barred(OF_JDK, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * The key of a registration with a service of ours, or null for the JDK's.
   *
   * @param path the path that is registered
   * @param arguments the watch service, the kinds and the modifiers
   */
  @SuppressWarnings("NullAway") // What is null there is refused by the service.
  static @Nullable WatchKey register(Object path, @Nullable Object[] arguments) throws IOException {
    if (arguments[0] instanceof INotifyWatchService service) {
      return service.register(
          (Path) path, (WatchEvent.Kind<?>[]) arguments[1], (WatchEvent.Modifier[]) arguments[2]);
    }
    return null;
  }

  /** What the library does for it, whatever the program may. */
  private static final class Opening implements PrivilegedExceptionAction<@Nullable WatchService> {
    @Override
    public @Nullable WatchService run() throws IOException {
      return openNow();
    }
  }
}
