package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.inotify4j.Flag;
import org.inotify4j.Subtree;

/**
 * What a program knows of a tree that reads each file when an event says so, and never looks
 * otherwise: its paths, and what is in the files.
 */
final class ContentModel {

  private static final String DIRECTORY = "a directory";
  private static final String UNKNOWN = "not to be read";

  /** How late the time of a change may be, in milliseconds. */
  private static final long TICK = 10;

  private final Path root;
  private final List<String> history;
  private final NavigableMap<String, String> contents;
  private final Map<String, Long> readAt = new HashMap<>();
  private boolean isStrict;
  private boolean isOfLooks;

  /** One that knows nothing yet. */
  ContentModel(Path root) {
    this(root, new TreeMap<>(), new ArrayList<>());
  }

  private ContentModel(Path root, NavigableMap<String, String> contents, List<String> history) {
    this.root = root;
    this.contents = contents;
    this.history = history;
  }

  /** Takes an event only that fits what is known: what was told already is not told once more. */
  @CanIgnoreReturnValue
  ContentModel strictly() {
    isStrict = true;
    return this;
  }

  /**
   * Excuses what no two looks can tell: something else was at a path for a moment, as where the
   * directory moved away and back, and that was read. So what differs from what was read counts as
   * lost where the file itself has changed since.
   */
  @CanIgnoreReturnValue
  ContentModel ofLooks() {
    isOfLooks = true;
    return this;
  }

  Path root() {
    return root;
  }

  ContentModel copy() {
    return new ContentModel(root, new TreeMap<>(contents), new ArrayList<>(history));
  }

  /** Reads all that is there. */
  void list() throws IOException {
    contents.clear();
    contents.putAll(disk());
  }

  /** What is known, in a line. */
  String line() {
    return contents.toString();
  }

  /** Knows what a {@link #line} says of names and contents without commas. */
  void know(String line) {
    contents.clear();
    for (String entry : line.substring(1, line.length() - 1).split(", ", -1)) {
      int end = entry.indexOf('=');
      if (end > 0) {
        contents.put(entry.substring(0, end), entry.substring(end + 1));
      }
    }
  }

  void note(String what) {
    history.add(what);
  }

  /** Takes what is pending: how many events. */
  @CanIgnoreReturnValue
  int poll(WatchKey key) {
    List<WatchEvent<?>> events = key.pollEvents();
    for (WatchEvent<?> event : events) {
      history.add(event.toString());
      if (isStrict && !fits(event)) {
        throw new AssertionError(event + " does not fit\n" + String.join("\n", history));
      }
      String context = String.valueOf(event.context());
      switch (event.kind().name()) {
        case "EXISTS", "ENTRY_CREATE" -> {
          Subtree.takeOut(contents, context);
          contents.put(context, isDirectory(event) ? DIRECTORY : read(context));
        }
        case "ENTRY_DELETE" -> Subtree.takeOut(contents, context);
        case "ENTRY_MODIFY" -> contents.replace(context, read(context));
        case "RENAME" -> rename((Rename) event.context(), isDirectory(event));
        case "READY" -> {}
        default -> throw new AssertionError(event + " of a key that is told all");
      }
    }
    key.reset();
    return events.size();
  }

  private boolean fits(WatchEvent<?> event) {
    String context = String.valueOf(event.context());
    return switch (event.kind().name()) {
      case "EXISTS" -> mayHave(context) && !contents.containsKey(context);
      // What moves to a name takes the place of what had it.
      case "ENTRY_CREATE" ->
          mayHave(context)
              && (!contents.containsKey(context)
                  || ((INotifyWatchEvent<?>) event).flags().contains(Flag.MOVED_TO));
      case "ENTRY_DELETE", "ENTRY_MODIFY" -> contents.containsKey(context);
      case "RENAME" -> {
        Rename rename = (Rename) event.context();
        yield contents.containsKey(rename.from().toString()) && mayHave(rename.to().toString());
      }
      default -> true;
    };
  }

  /** Whether the directory is known that a path is in. */
  private boolean mayHave(String path) {
    int end = path.lastIndexOf('/');
    return end < 0 || DIRECTORY.equals(contents.get(path.substring(0, end)));
  }

  private static boolean isDirectory(WatchEvent<?> event) {
    return ((INotifyWatchEvent<?>) event).isDirectory();
  }

  private void rename(Rename rename, boolean isDirectory) {
    String from = rename.from().toString();
    String to = rename.to().toString();
    Map<String, String> moved = Subtree.takeOut(contents, from);
    Subtree.takeOut(contents, to);
    moved.forEach(
        (path, content) -> {
          String now = to + path.substring(from.length());
          contents.put(now, content.equals(DIRECTORY) ? DIRECTORY : read(now));
        });
    contents.put(to, isDirectory ? DIRECTORY : read(to));
  }

  private String read(String path) {
    readAt.put(path, System.currentTimeMillis());
    return content(path);
  }

  private String content(String path) {
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
      all.put(path, isDirectory ? DIRECTORY : content(path));
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
    assertIsDisk(about);
  }

  /** Whether what is known is what there is. */
  boolean isDisk() throws IOException {
    Map<String, String> disk = disk();
    return contents.keySet().equals(disk.keySet())
        && disk.entrySet().stream().allMatch(entry -> isKnown(entry.getKey(), entry.getValue()));
  }

  private boolean isKnown(String path, String content) {
    String known = contents.get(path);
    return content.equals(known)
        || (isOfLooks
            && !content.equals(DIRECTORY)
            && !DIRECTORY.equals(known)
            && !hasChangedSinceItWasRead(path));
  }

  private boolean hasChangedSinceItWasRead(String path) {
    try {
      FileTime changed =
          (FileTime)
              Files.getAttribute(root.resolve(path), "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      return changed.toMillis() >= readAt.getOrDefault(path, 0L) - TICK;
    } catch (IOException e) {
      return true;
    }
  }

  void assertIsDisk(String about) throws IOException {
    if (!isDisk()) {
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
