package org.inotify4j.base;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logs what the library's own threads have to say, the same thing once a minute at most. Loggers
 * may be the program's, and may fail: that ends nothing.
 *
 * <p>A text may have names in it, which anybody may choose: so that none steers a terminal or
 * forges a line, whatever is not for the eye is escaped, in the texts of causes too. Whoever has a
 * name's bytes escapes these as a whole ({@link Escaping#escape(byte[])}), so that no two look the
 * same.
 */
public final class Log {

  private Log() {}

  /** Logs a text; the same one again within a minute is counted. */
  public static void log(Level level, String what, @Nullable Throwable cause) {
    log(what, level, what, cause);
  }

  /**
   * Logs a text.
   *
   * @param about who or what it is about: another text about an equal one is counted within a
   *     minute. It is kept for so long.
   */
  public static void log(Object about, Level level, String what, @Nullable Throwable cause) {
    try {
      Held.COMPLAINTS.add(about, level, what, cause);
    } catch (Throwable e) {
      // There is nowhere to say it.
    }
  }

  public static void warn(String what) {
    log(Level.WARNING, what, null);
  }

  /** Tells what was held back, as if a minute were over in which nothing came. */
  static void tellAll() {
    Held.COMPLAINTS.forget();
  }

  private static void pass(Level level, String what, @Nullable Throwable cause) {
    try {
      Throwable safe = cause == null ? null : EscapedCause.of(cause);
      Loggers.LOG.log(level, Escaping.line(what), safe);
    } catch (Throwable e) {
      // There is nowhere to say it.
    }
  }

  /** What was said in the last minute. */
  private static final class Held {
    static final Complaints COMPLAINTS =
        new Complaints(TimeUnit.MINUTES.toNanos(1), System::nanoTime, Log::pass);
  }

  /** Apart, since to find a logger may fail as well. */
  private static final class Loggers {
    static final Logger LOG = System.getLogger("org.inotify4j.watch");
  }
}
