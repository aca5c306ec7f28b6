package org.inotify4j.bench;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {

  private Machine() {}

  static String describe() throws IOException {
    return String.format(
        "%s, %d processors, %d GiB of memory; Linux %s; %s; Java %s (%s); JNA %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.version"),
        Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir"))).type(),
        Runtime.version(),
        System.getProperty("java.vendor"),
        Native.VERSION);
  }

  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static long memory() throws IOException {
    String line = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
    return Math.round(Long.parseLong(line.replaceAll("\\D", "")) / 1024.0 / 1024.0);
  }
}
