package org.inotify4j.watch;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.inotify4j.hub.Hub;

/** The inotify instances, watches and poller threads of this process, as the system tells them. */
final class KernelView {

  private static final Pattern WATCH =
      Pattern.compile(
          "inotify wd:(\\p{XDigit}+) ino:(\\p{XDigit}+) .*mask:(\\p{XDigit}+) ignored.*");

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

  /**
   * The watch descriptors of an instance with their masks, but for the one on its hub's private
   * file.
   */
  static Map<Integer, Integer> masks(int instance) throws IOException {
    Map<Integer, Integer> masks = new HashMap<>();
    for (Matcher watch : watches(instance)) {
      masks.put(Integer.valueOf(watch.group(1), 16), Integer.parseUnsignedInt(watch.group(3), 16));
    }
    return masks;
  }

  /** The inode numbers that an instance watches, in hexadecimal, but for its hub's private file. */
  static Set<String> watchedInodes(int instance) throws IOException {
    Set<String> inodes = new TreeSet<>();
    for (Matcher watch : watches(instance)) {
      inodes.add(watch.group(2));
    }
    return inodes;
  }

  private static List<Matcher> watches(int instance) throws IOException {
    Set<Long> ownFiles = ownFiles();
    return Files.readAllLines(Path.of("/proc/self/fdinfo/" + instance)).stream()
        .map(WATCH::matcher)
        .filter(Matcher::matches)
        .filter(watch -> !ownFiles.contains(Long.valueOf(watch.group(2), 16)))
        .toList();
  }

  /** The inode numbers of private files as those in which hubs mark places. */
  private static Set<Long> ownFiles() throws IOException {
    Set<Long> numbers = new HashSet<>();
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : links.toList()) {
        String target = target(link);
        if (target.startsWith("/memfd:inotify4j") || target.startsWith("pipe:")) {
          number(link).ifPresent(numbers::add);
        }
      }
    }
    return numbers;
  }

  /** The inode number of what a descriptor has open, if it still has. */
  private static Optional<Long> number(Path link) throws IOException {
    try {
      return Optional.of((Long) Files.getAttribute(link, "unix:ino"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
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
