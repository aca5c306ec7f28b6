package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a program knows of a tree that reads each file when an event says so, and never looks
 * otherwise: its paths, and what is in the files.
 */
final class ContentModel {

  private static final String DIRECTORY = "a directory";
  private static final String UNKNOWN = "not to be read";

  private final Path root;
  private final List<String> history;
  private final Map<String, String> contents;

  /** One that knows nothing yet. */
  ContentModel(Path root) {
    this(root, new TreeMap<>(), new ArrayList<>());
  }

  private ContentModel(Path root, Map<String, String> contents, List<String> history) {
    this.root = root;
    this.contents = contents;
    this.history = history;
  }

  ContentModel copy() {
    return new ContentModel(root, new TreeMap<>(contents), new ArrayList<>(history));
  }

  /** Reads all that is there. */
  void list() throws IOException {
    contents.clear();
    contents.putAll(disk());
  }

  void note(String what) {
    history.add(what);
  }

  /** Takes what is pending. */
  void poll(WatchKey key) {
    for (WatchEvent<?> event : key.pollEvents()) {
      history.add(event.toString());
      String context = String.valueOf(event.context());
      switch (event.kind().name()) {
        case "EXISTS", "ENTRY_CREATE" -> {
          takeOut(context);
          contents.put(context, isDirectory(event) ? DIRECTORY : read(context));
        }
        case "ENTRY_DELETE" -> takeOut(context);
        case "ENTRY_MODIFY" -> contents.replace(context, read(context));
        case "RENAME" -> rename((Rename) event.context(), isDirectory(event));
        case "READY" -> {}
        default -> throw new AssertionError(event + " of a key that is told all");
      }
    }
    key.reset();
  }

  private static boolean isDirectory(WatchEvent<?> event) {
    return ((INotifyWatchEvent<?>) event).isDirectory();
  }

  private void rename(Rename rename, boolean isDirectory) {
    String from = rename.from().toString();
    String to = rename.to().toString();
    Map<String, String> moved = takeOut(from);
    takeOut(to);
    moved.forEach(
        (path, content) -> {
          String now = to + path.substring(from.length());
          contents.put(now, content.equals(DIRECTORY) ? DIRECTORY : read(now));
        });
    contents.put(to, isDirectory ? DIRECTORY : read(to));
  }

  private Map<String, String> takeOut(String top) {
    Map<String, String> out = new TreeMap<>();
    contents
        .entrySet()
        .removeIf(
            entry -> {
              String path = entry.getKey();
              boolean isIn = path.equals(top) || path.startsWith(top + "/");
              if (isIn) {
                out.put(path, entry.getValue());
              }
              return isIn;
            });
    return out;
  }

  private String read(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private Map<String, String> disk() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String path : EventModel.list(root)) {
      boolean isDirectory = Files.isDirectory(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
      all.put(path, isDirectory ? DIRECTORY : read(path));
    }
    return all;
  }

  /** Nothing happens any more: what is known is what there is. */
  void assertExact(INotifyWatchService service, WatchKey key, String about) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    poll(key);
    // What waits for room is told when there is some.
    while (!service.sync(Duration.ofMillis(20))) {
      assertThat(System.nanoTime() - end).as(about + ": all is told in time").isNegative();
      poll(key);
    }
    poll(key);
    if (!contents.equals(disk())) {
      throw new AssertionError(
          about
              + ": known "
              + minus(contents, disk())
              + ", there is "
              + minus(disk(), contents)
              + "\n"
              + String.join("\n", history));
    }
  }

  private static Map<String, String> minus(Map<String, String> some, Map<String, String> others) {
    Map<String, String> left = new TreeMap<>(some);
    left.entrySet().removeAll(others.entrySet());
    return left;
  }
}
