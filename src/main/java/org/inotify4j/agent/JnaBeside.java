package org.inotify4j.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds JNA for a program that does not bring it: {@code jna.jar} or {@code jna-VERSION.jar} in the
 * directory of the agent's jar.
 *
 * <p>(A {@code Class-Path} in the jar's manifest would say the same, but compilers warn of the
 * names in it that are not there.)
 */
final class JnaBeside {

  private static final String A_CLASS_OF_IT = "com.sun.jna.Native";
  private static final int FIRST_RELEASE_WITHOUT = 22;
  private static final Pattern NAME = Pattern.compile("jna(?:-([0-9]+(?:\\.[0-9]+)*))?\\.jar");

  private static volatile boolean isLookedFor;

  private JnaBeside() {}

  /** Adds it to the class path where it is needed and not there; a second call does nothing. */
  static void find() {
    if (!isLookedFor) {
      Instrumentation instrumentation = Started.means();
      if (instrumentation != null && isNeeded() && !isThere()) {
        addTo(instrumentation);
      }
      isLookedFor = true;
    }
  }

  private static void addTo(Instrumentation instrumentation) {
    File found = newest();
    if (found == null) {
      return; // Who loads it will say that it is missing.
    }
    try (JarFile jar = new JarFile(found)) {
      instrumentation.appendToSystemClassLoaderSearch(jar);
    } catch (IOException | UnsupportedOperationException e) {
      // Not a jar, or a class loader of the program's own that takes none.
      return;
    }
  }

  private static boolean isNeeded() {
    return Runtime.version().feature() < FIRST_RELEASE_WITHOUT
        || "jna".equals(System.getProperty("inotify4j.native"));
  }

  private static boolean isThere() {
    try {
      Class.forName(A_CLASS_OF_IT, false, JnaBeside.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The newest one; one without a version goes before all. */
  private static @Nullable File newest() {
    File[] neighbours = neighbours();
    if (neighbours == null) {
      return null;
    }
    File found = null;
    Version newest = null;
    for (File file : neighbours) {
      Matcher name = NAME.matcher(file.getName());
      if (!name.matches()) {
        continue;
      }
      String version = name.group(1);
      if (version == null) {
        return file;
      }
      Version parsed = Version.parse(version);
      if (newest == null || parsed.compareTo(newest) > 0) {
        found = file;
        newest = parsed;
      }
    }
    return found;
  }

  private static File @Nullable [] neighbours() {
    CodeSource source = JnaBeside.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return null; // On the boot class path.
    }
    try {
      File parent = new File(source.getLocation().toURI()).getParentFile();
      return parent == null ? null : parent.listFiles();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}
