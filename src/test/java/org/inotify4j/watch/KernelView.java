package org.inotify4j.watch;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.inotify4j.hub.Hub;

/** The inotify instances, watches and poller threads of this process, as the system tells them. */
final class KernelView {

  private static final Pattern WATCH =
      Pattern.compile("inotify wd:(\\p{XDigit}+) .*mask:(\\p{XDigit}+) ignored.*");

  private KernelView() {}

  /** The descriptors of the instances. */
  static List<Integer> instances() throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links
          .filter(link -> target(link).equals("anon_inode:inotify"))
          .map(link -> Integer.valueOf(link.getFileName().toString()))
          .toList();
    }
  }

  /** The descriptors of this process. */
  static List<Integer> descriptors() throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links.map(link -> Integer.valueOf(link.getFileName().toString())).toList();
    }
  }

  /** What of a directory and all below it this process has open. */
  static List<String> openBelow(Path top) throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links
          .map(KernelView::target)
          .filter(target -> Path.of(target).startsWith(top))
          .toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** The watch descriptors of an instance with their masks. */
  static Map<Integer, Integer> masks(int instance) throws IOException {
    Map<Integer, Integer> masks = new HashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + instance))) {
      Matcher watch = WATCH.matcher(line);
      if (watch.matches()) {
        masks.put(
            Integer.valueOf(watch.group(1), 16), Integer.parseUnsignedInt(watch.group(2), 16));
      }
    }
    return masks;
  }

  static Set<Thread> pollers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("inotify4j-poller"))
        .collect(toSet());
  }

  /** Waits until no hub is left, whoever had one. */
  static void awaitNoHub() {
    await()
        .untilAsserted(
            () -> {
              assertThat(pollers()).isEmpty();
              assertThat(instances()).isEmpty();
            });
  }

  /** Waits until the kernel has exactly the watches that a hub knows. */
  static void awaitNoLeak(Hub hub) {
    await().untilAsserted(() -> assertThat(masks(hub.inotifyFd())).hasSize(hub.watchCount()));
  }
}
