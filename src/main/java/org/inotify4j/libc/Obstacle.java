package org.inotify4j.libc;

import org.jspecify.annotations.Nullable;

/** Why a layer cannot reach the system calls, and what helps: each reason for what it is. */
final class Obstacle {

  private static final String JNA_MODULE = "com.sun.jna";

  private Obstacle() {}

  /** What to tell of a failure to bind the calls by JNA. */
  static String ofJna(Throwable failure) {
    Throwable root = root(failure);
    String message = String.valueOf(root.getMessage());
    if (root instanceof IllegalCallerException) {
      boolean isUnnamed = message.contains("unnamed module");
      return nativeAccess(message, isUnnamed ? "ALL-UNNAMED" : JNA_MODULE);
    }
    if (root instanceof ClassNotFoundException || isMissing(root, message)) {
      return Obstacle.class.getModule().isNamed()
          ? "JNA is neither on the class path nor among the modules of this program: add"
              + " net.java.dev.jna:jna, and on the module path --add-modules "
              + JNA_MODULE
          : "JNA is not on the class path or module path: add net.java.dev.jna:jna";
    }
    if (root instanceof UnsatisfiedLinkError) {
      return message.contains("looking up function") ? function(message) : file(message);
    }
    return "JNA could not be set up: " + root;
  }

  /** What to tell of a failure to link the calls by java.lang.foreign. */
  static String ofForeign(Throwable failure) {
    Throwable root = root(failure);
    String message = String.valueOf(root.getMessage());
    if (root instanceof IllegalCallerException) {
      Module own = Obstacle.class.getModule();
      return nativeAccess(message, own.isNamed() ? own.getName() : "ALL-UNNAMED");
    }
    if (root instanceof ClassNotFoundException) {
      return "the part of inotify4j for Java 22 and later is not found: its jar was built by a JDK"
          + " older than 22, or packed into another jar whose manifest lacks Multi-Release: true";
    }
    if (root instanceof UnsatisfiedLinkError) {
      return function(message);
    }
    return "that could not be set up: " + root;
  }

  private static boolean isMissing(Throwable root, String message) {
    return root instanceof NoClassDefFoundError
        && message.contains("jna")
        && !message.contains("initialize");
  }

  private static String nativeAccess(String message, String who) {
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
        + " set -Djna.tmpdir=DIR to a directory that allows both; or take libjnidispatch.so out of"
        + " JNA's jar and set -Djna.boot.library.path to its directory";
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
