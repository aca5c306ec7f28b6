package org.inotify4j.libc;

import org.jspecify.annotations.Nullable;

/**
 * Finds the system calls of the machine that the program runs on, once.
 *
 * <p>Where there is no way to them (not Linux, a processor whose numbers are unknown, JNA missing
 * or unable to load its native part) every call of {@link #get} throws an {@link
 * UnsupportedOperationException} with the same text: what was tried, and which property helps.
 */
public final class SystemLibC {

  private SystemLibC() {}

  /**
   * The system calls of this machine.
   *
   * @return the one instance of this process, whose calls never return EINTR
   * @throws UnsupportedOperationException if they cannot be reached; the message says why and what
   *     helps
   */
  public static LibC get() {
    LibC libC = Holder.LIB_C;
    if (libC == null) {
      throw new UnsupportedOperationException(Holder.OBSTACLE, Holder.CAUSE);
    }
    return libC;
  }

  /**
   * How the system calls are reached, for people.
   *
   * @return such as {@code "JNA 5.19.1 (linux-x86-64)"}
   * @throws UnsupportedOperationException as {@link #get} does
   */
  public static String description() {
    get();
    return "JNA " + com.sun.jna.Native.VERSION + " (" + com.sun.jna.Platform.RESOURCE_PREFIX + ")";
  }

  /** Made by the first call that needs it. */
  private static final class Holder {
    static final @Nullable LibC LIB_C;
    static final @Nullable String OBSTACLE;
    static final @Nullable Throwable CAUSE;

    static {
      LibC libC = null;
      String obstacle = null;
      Throwable cause = null;
      String system = System.getProperty("os.name", "");
      String processor = System.getProperty("os.arch", "");
      if (!system.equals("Linux")) {
        obstacle = "inotify is a part of Linux: this is " + system;
      } else if (!Processor.isKnown(processor)) {
        obstacle = "inotify4j does not know this processor: os.arch is " + processor;
      } else {
        try {
          libC = new RestartingLibC(new JnaLibC());
        } catch (LinkageError | RuntimeException e) {
          obstacle = whyJnaDidNotLoad(e);
          cause = e;
        }
      }
      LIB_C = libC;
      OBSTACLE = obstacle;
      CAUSE = cause;
    }

    private static String whyJnaDidNotLoad(Throwable e) {
      if (e instanceof NoClassDefFoundError && String.valueOf(e.getMessage()).contains("jna")) {
        return "inotify4j reaches the kernel through JNA, and JNA is not on the class path or module"
            + " path: add net.java.dev.jna:jna";
      }
      return "inotify4j reaches the kernel through JNA, and JNA could not load its native part ("
          + e.getMessage()
          + "). It was looked for in "
          + property("jna.boot.library.path")
          + ", "
          + property("jna.tmpdir")
          + ", "
          + property("java.io.tmpdir")
          + ". Where the temporary directory forbids execution (mounted noexec) or cannot be written,"
          + " set -Djna.tmpdir=DIR to a directory that allows both; or install JNA's native library"
          + " and set -Djna.boot.library.path to its directory";
    }

    private static String property(String name) {
      String value = System.getProperty(name);
      return value == null ? name + " (not set)" : name + "=" + value;
    }
  }
}
