package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.inotify4j.Subtree;
import org.inotify4j.hub.Hub;

/** What a program knows of a tree from its key's events alone, beginning with a listing. */
final class EventModel {

  private final INotifyWatchService service;
  private final WatchKey key;
  private final Path root;
  private final boolean isWhole;
  private final List<String> history = new ArrayList<>();
  private NavigableSet<String> paths = new TreeSet<>();
  private boolean hasOverflowed;

  EventModel(INotifyWatchService service, WatchKey key) throws IOException {
    this(service, key, true);
  }

  /**
   * What a program knows that listed a directory.
   *
   * @param isWhole whether it is a tree, or the directory alone
   */
  EventModel(INotifyWatchService service, WatchKey key, boolean isWhole) throws IOException {
    this.isWhole = isWhole;
    this.service = service;
    this.key = key;
    this.root = (Path) key.watchable();
    paths = list();
  }

  private NavigableSet<String> list() throws IOException {
    return isWhole ? list(root) : names(root);
  }

  /** Takes what is pending. */
  void poll() throws IOException {
    for (WatchEvent<?> event : key.pollEvents()) {
      history.add(event.toString());
      if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
        hasOverflowed = true;
        paths = list();
      } else if (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE)) {
        Subtree.takeOut(paths, String.valueOf(event.context()));
        paths.add(String.valueOf(event.context()));
      } else if (event.kind().equals(StandardWatchEventKinds.ENTRY_DELETE)) {
        Subtree.takeOut(paths, String.valueOf(event.context()));
      } else if (event.context() instanceof Rename rename) {
        rename(rename.from().toString(), rename.to().toString());
      }
    }
    key.reset();
  }

  private void rename(String from, String to) {
    Set<String> moved = Subtree.takeOut(paths, from);
    if (!moved.isEmpty()) {
      Subtree.takeOut(paths, to);
    }
    paths.add(to);
    moved.forEach(path -> paths.add(to + path.substring(from.length())));
  }

  void sync() throws InterruptedException {
    assertThat(service.sync(Duration.ofSeconds(30))).as("all is delivered in time").isTrue();
  }

  boolean hasOverflowed() {
    return hasOverflowed;
  }

  List<String> history() {
    return history;
  }

  Set<String> paths() {
    return paths;
  }

  /** Nothing happens any more: what is known is what there is, and so is what is watched. */
  void assertExact(Hub hub, String about) throws IOException, InterruptedException {
    sync();
    poll();
    Set<String> disk = list();
    if (!paths.equals(disk)) {
      throw new AssertionError(
          about
              + ": invented "
              + minus(paths, disk)
              + ", missing "
              + minus(disk, paths)
              + "\n"
              + String.join("\n", history));
    }
    Set<String> directories = inodes(root);
    // What others have closed may take a moment to be removed.
    await(about)
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(watchedInodes(hub)).isEqualTo(directories));
  }

  private static Set<String> minus(Set<String> some, Set<String> others) {
    Set<String> left = new TreeSet<>(some);
    left.removeAll(others);
    return left;
  }

  /** The relative paths of everything below a directory; what vanishes meanwhile may be missing. */
  static NavigableSet<String> list(Path root) throws IOException {
    NavigableSet<String> all = new TreeSet<>();
    list(root, "", all);
    return all;
  }

  /** The names of the entries of a directory. */
  private static NavigableSet<String> names(Path directory) throws IOException {
    NavigableSet<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }

  private static void list(Path directory, String prefix, Set<String> all) throws IOException {
    List<Path> entries;
    try (Stream<Path> stream = Files.list(directory)) {
      entries = stream.toList();
    } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
      return;
    }
    for (Path entry : entries) {
      String path = prefix + entry.getFileName();
      all.add(path);
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        list(entry, path + "/", all);
      }
    }
  }

  /** The inode numbers of a directory and all below. */
  static Set<String> inodes(Path root) throws IOException {
    Set<String> inodes = new TreeSet<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          inodes.add(Long.toHexString((Long) Files.getAttribute(path, "unix:ino")));
        }
      }
    }
    return inodes;
  }

  static Set<String> watchedInodes(Hub hub) throws IOException {
    return KernelView.watchedInodes(hub.inotifyFd());
  }
}
