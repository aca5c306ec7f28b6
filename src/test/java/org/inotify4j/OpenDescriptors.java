package org.inotify4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has open, as {@code /proc/self} tells it. */
final class OpenDescriptors {

  static final int NONBLOCK = 04000;
  static final int CLOEXEC = 02000000;

  private OpenDescriptors() {}

  /** How many inotify instances there are. */
  static long inotifyInstances() throws IOException {
    return count("anon_inode:inotify");
  }

  /** How many eventfds there are. */
  static long eventfds() throws IOException {
    return count("anon_inode:[eventfd]");
  }

  private static long count(String target) throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links.filter(link -> target.equals(target(link))).count();
    }
  }

  static boolean isInotify(int fd) {
    return target(Path.of("/proc/self/fd/" + fd)).equals("anon_inode:inotify");
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** The flags that the descriptor was opened with, and CLOEXEC. */
  static int flags(int fd) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd))) {
      if (line.startsWith("flags:")) {
        return Integer.parseInt(line.substring("flags:".length()).trim(), 8);
      }
    }
    throw new AssertionError("no flags in fdinfo");
  }
}
