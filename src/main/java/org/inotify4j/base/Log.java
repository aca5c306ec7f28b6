package org.inotify4j.base;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Logs what the library's own threads have to say. Loggers may be the program's, and may fail: that
 * ends nothing.
 */
public final class Log {

  private Log() {}

  public static void log(Level level, String what, @Nullable Throwable cause) {
    try {
      Loggers.LOG.log(level, what, cause);
    } catch (Throwable e) {
      // There is nowhere to say it.
    }
  }

  public static void warn(String what) {
    log(Level.WARNING, what, null);
  }

  /** Apart, since to find a logger may fail as well. */
  private static final class Loggers {
    static final Logger LOG = System.getLogger("org.inotify4j.watch");
  }
}
