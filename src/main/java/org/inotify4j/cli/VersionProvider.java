package org.inotify4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.inotify4j.libc.SystemLibC;
import picocli.CommandLine.IVersionProvider;

/** Says the version, the Java and the native layer in use. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "inotify4j " + version(),
      "Java "
          + System.getProperty("java.version")
          + " ("
          + System.getProperty("java.vm.name")
          + ", "
          + System.getProperty("java.vendor")
          + ")",
      nativeLayer()
    };
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource = VersionProvider.class.getResourceAsStream("version.properties")) {
      if (resource != null) {
        properties.load(resource);
      }
    }
    return properties.getProperty("version", "(unknown version)");
  }

  private static String nativeLayer() {
    try {
      return SystemLibC.description();
    } catch (UnsupportedOperationException e) {
      return "no native layer: " + e.getMessage();
    }
  }
}
