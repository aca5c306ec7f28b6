package org.inotify4j.libc;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * Defines this package's classes for Java 22 and later where the library is on the boot class path:
 * the virtual machine itself does not look into a jar's {@code META-INF/versions}.
 */
final class VersionedClasses {

  private static final String PACKAGE = "org.inotify4j.libc.";
  private static final String PLACE = "META-INF/versions/22/org/inotify4j/libc/";
  private static final String MAIN = "ForeignLibC";
  private static final String[] NAMES = {"CallMemory", "CallMemories", "Syscall", MAIN};

  private VersionedClasses() {}

  /** The class that {@link Layer} opens. */
  static Class<?> foreignLibC() throws ClassNotFoundException {
    try {
      return Class.forName(PACKAGE.concat(MAIN));
    } catch (ClassNotFoundException e) {
      if (VersionedClasses.class.getClassLoader() != null) {
        throw e;
      }
      defineAll(e);
      return Class.forName(PACKAGE.concat(MAIN));
    }
  }

  private static void defineAll(ClassNotFoundException notFound) throws ClassNotFoundException {
    for (String name : NAMES) {
      if (isDefined(name)) {
        continue; // By a call that found no memory for the next one.
      }
      try (@Nullable InputStream in =
          ClassLoader.getSystemResourceAsStream(PLACE + name + ".class")) {
        if (in == null) {
          throw notFound;
        }
        MethodHandles.lookup().defineClass(in.readAllBytes());
      } catch (IOException | IllegalAccessException e) {
        notFound.addSuppressed(e);
        throw notFound;
      }
    }
  }

  private static boolean isDefined(String name) {
    try {
      Class.forName(PACKAGE.concat(name), false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
