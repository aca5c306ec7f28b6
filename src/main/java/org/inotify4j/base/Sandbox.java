package org.inotify4j.base;

import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import org.jspecify.annotations.Nullable;

/**
 * What Java asks of a library in whose callers' name a security manager may refuse things. There
 * has been none since Java 24: whoever uses this asks {@link #IS_POSSIBLE} first.
 */
@SuppressWarnings("removal") // Nothing of it is touched where it may be removed.
public final class Sandbox {

  private static final int FIRST_RELEASE_WITHOUT = 24;

  /** Whether there can be a security manager. */
  public static final boolean IS_POSSIBLE = Runtime.version().feature() < FIRST_RELEASE_WITHOUT;

  private Sandbox() {}

  /** Whether there is one. */
  public static boolean isThere() {
    return System.getSecurityManager() != null;
  }

  /**
   * Refuses what the caller may not read.
   *
   * @param file a path, or with {@code "/-"} at its end all below it
   * @throws SecurityException if it may not
   */
  public static void checkRead(String file) {
    SecurityManager manager = System.getSecurityManager();
    if (manager != null) {
      manager.checkRead(file);
    }
  }

  /** Does what the library may and its caller need not. */
  static <T> T run(PrivilegedAction<T> action) {
    return AccessController.doPrivileged(action);
  }

  /**
   * The same, of what throws an {@link IOException} and no other exception to be declared.
   *
   * @throws IOException if the action does
   */
  public static <T extends @Nullable Object> T open(PrivilegedExceptionAction<T> action)
      throws IOException {
    try {
      return AccessController.doPrivileged(action);
    } catch (PrivilegedActionException e) {
      throw (IOException) e.getException();
    }
  }
}
