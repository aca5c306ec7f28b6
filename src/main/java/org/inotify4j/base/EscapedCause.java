package org.inotify4j.base;

import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * Stands in a log for what was thrown, with the same stack trace, where its text has something in
 * it that is not for the eye: its text is that of the other one with its class, escaped.
 */
final class EscapedCause extends Throwable {

  private static final long serialVersionUID = 1L;

  private EscapedCause(Throwable thrown) {
    super(Escaping.line(thrown.toString()));
    setStackTrace(thrown.getStackTrace());
  }

  /**
   * What is safe to be logged: what was thrown itself, if all texts of it are, of what caused it,
   * and of what it suppressed.
   */
  static Throwable of(Throwable thrown) {
    return isSafe(thrown, new IdentityHashMap<>()) ? thrown : copy(thrown, new IdentityHashMap<>());
  }

  /** Causes may go in circles: each is seen once, and copied once. */
  private static boolean isSafe(Throwable thrown, IdentityHashMap<Throwable, Boolean> seen) {
    if (seen.put(thrown, true) != null) {
      return true;
    }
    Throwable cause = thrown.getCause();
    return isSafe(thrown)
        && (cause == null || isSafe(cause, seen))
        && Arrays.stream(thrown.getSuppressed()).allMatch(one -> isSafe(one, seen));
  }

  private static EscapedCause copy(Throwable thrown, IdentityHashMap<Throwable, EscapedCause> all) {
    EscapedCause known = all.get(thrown);
    if (known != null) {
      return known;
    }
    EscapedCause escaped = new EscapedCause(thrown);
    all.put(thrown, escaped);
    Throwable cause = thrown.getCause();
    if (cause != null) {
      escaped.initCause(copy(cause, all));
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      escaped.addSuppressed(copy(suppressed, all));
    }
    return escaped;
  }

  /** Some loggers print one of these, and some the other. */
  private static boolean isSafe(Throwable thrown) {
    String message = thrown.getMessage();
    return isSafe(thrown.toString()) && (message == null || isSafe(message));
  }

  private static boolean isSafe(String text) {
    return text.codePoints().noneMatch(Escaping::isUnsafe);
  }
}
