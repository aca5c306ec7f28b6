package org.inotify4j.cli.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the file that sets a setting of the kernel when the system starts: see sysctl.d(5). */
final class SettingSources {

  /** Of two files of one name the one in the first of these counts. */
  private static final List<String> DIRECTORIES =
      List.of("etc/sysctl.d", "run/sysctl.d", "usr/local/lib/sysctl.d", "usr/lib/sysctl.d");

  private final Path root;

  /** Looks below a root. */
  SettingSources(Path root) {
    this.root = root;
  }

  /** Who has set a setting to a value, for people. */
  String of(String setting, long value) {
    String found = "";
    for (Path file : files()) {
      String set = valueIn(file, setting);
      if (!set.isEmpty()) {
        String place = "/" + root.relativize(file);
        found = set.equals(Long.toString(value)) ? place : place + " (as " + set + "), and changed";
      }
    }
    return found.isEmpty() ? "the kernel, or by hand" : found;
  }

  /** The files in the order in which they are read, the last of which decides. */
  private List<Path> files() {
    Map<String, Path> byName = new TreeMap<>();
    for (String directory : DIRECTORIES) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(root.resolve(directory), "*.conf")) {
        files.forEach(file -> byName.putIfAbsent(String.valueOf(file.getFileName()), file));
      } catch (IOException | DirectoryIteratorException e) {
        // It is not there, or not for us.
      }
    }
    List<Path> files = new ArrayList<>(byName.values());
    files.add(root.resolve("etc/sysctl.conf"));
    return files;
  }

  private static String valueIn(Path file, String setting) {
    String value = "";
    try {
      for (String line : Files.readAllLines(file, ISO_8859_1)) {
        String[] parts = line.strip().split("=", 2);
        String key = parts[0].strip().replace('/', '.');
        if (parts.length == 2 && (key.equals(setting) || key.equals("-" + setting))) {
          value = parts[1].strip();
        }
      }
    } catch (IOException e) {
      // It is not there, or not for us.
    }
    return value;
  }
}
