package org.inotify4j.libc;

import org.jspecify.annotations.Nullable;

/** Why the system calls cannot be reached by JNA, and what helps: each reason for what it is. */
final class Obstacle {

  private static final String BY_JNA = "inotify4j reaches the kernel through JNA, and ";

  private Obstacle() {}

  /** What to tell of a failure to bind the calls. */
  static String describe(Throwable failure) {
    Throwable root = root(failure);
    String message = String.valueOf(root.getMessage());
    if (root instanceof IllegalCallerException) {
      return BY_JNA + nativeAccess(message);
    }
    if (root instanceof ClassNotFoundException || isMissing(root, message)) {
      return BY_JNA + "JNA is not on the class path or module path: add net.java.dev.jna:jna";
    }
    if (root instanceof UnsatisfiedLinkError) {
      return BY_JNA + (message.contains("looking up function") ? function(message) : file(message));
    }
    return BY_JNA + "JNA could not be set up: " + root;
  }

  private static boolean isMissing(Throwable root, String message) {
    return root instanceof NoClassDefFoundError
        && message.contains("jna")
        && !message.contains("initialize");
  }

  private static String nativeAccess(String message) {
    String who = message.contains("unnamed module") ? "ALL-UNNAMED" : "com.sun.jna";
    return "this Java virtual machine forbids it native access ("
        + message
        + "): start it with --enable-native-access="
        + who;
  }

  private static String function(String message) {
    return "the C library of this machine lacks a function: " + message;
  }

  private static String file(String message) {
    return "JNA could not load its native part ("
        + message
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

  /** What was thrown first, below what the virtual machine has wrapped around it. */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    @Nullable Throwable cause = failure.getCause();
    while (cause != null
        && (root instanceof ExceptionInInitializerError || root instanceof NoClassDefFoundError)) {
      root = cause;
      cause = root.getCause();
    }
    return root;
  }
}
