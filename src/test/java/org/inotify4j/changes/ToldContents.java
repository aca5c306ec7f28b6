package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inotify4j.Subtree;

/**
 * What a listener knows of a tree that applies each batch in order, and reads a file when it is
 * told of it, and never otherwise. A change that cannot be applied is an error.
 */
final class ToldContents implements ChangeListener {

  private static final String DIRECTORY = "a directory";
  private static final String UNKNOWN = "not to be read";

  private final Path root;
  private final List<String> history = new ArrayList<>();
  private final NavigableMap<String, String> contents = new TreeMap<>();
  private String fault = "";

  ToldContents(Path root) {
    this.root = root;
  }

  /** Knows what is there. */
  synchronized void list() throws IOException {
    contents.clear();
    contents.putAll(disk());
  }

  synchronized ToldContents copy() {
    ToldContents copy = new ToldContents(root);
    copy.contents.putAll(contents);
    copy.history.addAll(history);
    copy.fault = fault;
    return copy;
  }

  /** What is known, in a line; or what could not be applied. */
  synchronized String line() {
    return fault.isEmpty() ? contents.toString() : fault;
  }

  /** Knows what a {@link #line} says of names and contents without commas. */
  synchronized void know(String line) {
    contents.clear();
    for (String entry : line.substring(1, line.length() - 1).split(", ", -1)) {
      int end = entry.indexOf('=');
      if (end > 0) {
        contents.put(entry.substring(0, end), entry.substring(end + 1));
      }
    }
  }

  synchronized void note(String what) {
    history.add(what);
  }

  @Override
  public synchronized void changed(List<Change> batch) {
    history.add("BATCH");
    for (Change change : batch) {
      history.add(change + (change.isDirectory() ? "/ " : " ") + change.origin());
      apply(change);
    }
  }

  private void apply(Change change) {
    String path = relative(change.path());
    switch (change.type()) {
      case EXISTING, CREATED -> {
        check(!contents.containsKey(path), change, "is known already");
        contents.put(path, change.isDirectory() ? DIRECTORY : read(path));
      }
      case MODIFIED -> {
        check(contents.containsKey(path), change, "is not known");
        if (!change.isDirectory()) {
          contents.put(path, read(path));
        }
      }
      case DELETED -> check(!Subtree.takeOut(contents, path).isEmpty(), change, "is not known");
      case MOVED -> {
        String from = relative(change.from().orElseThrow());
        Map<String, String> moved = Subtree.takeOut(contents, from);
        check(!moved.isEmpty(), change, "is not known at its old place");
        check(!DIRECTORY.equals(contents.remove(path)), change, "takes the place of a directory");
        moved.forEach(
            (was, content) -> {
              String now = path + was.substring(from.length());
              contents.put(now, content.equals(DIRECTORY) ? DIRECTORY : read(now));
            });
      }
    }
    int end = path.lastIndexOf('/');
    boolean isThere = change.type() != Change.Type.DELETED;
    check(
        !isThere || end < 0 || DIRECTORY.equals(contents.get(path.substring(0, end))),
        change,
        "is in no known directory");
  }

  private void check(boolean isRight, Change change, String what) {
    if (!isRight && fault.isEmpty()) {
      fault = change + ": " + what;
      history.add("FAULT " + fault);
    }
  }

  private String relative(Path path) {
    return root.relativize(path).toString();
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
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.skip(1)::iterator) {
        boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        all.put(relative(path), isDirectory ? DIRECTORY : read(relative(path)));
      }
    }
    return all;
  }

  /** Nothing happens any more, and all was told: what is known is what there is. */
  synchronized void assertExact(String about) throws IOException {
    Map<String, String> disk = disk();
    if (!fault.isEmpty() || !contents.equals(disk)) {
      throw new AssertionError(
          about
              + ": "
              + fault
              + "; known "
              + minus(contents, disk)
              + ", there is "
              + minus(disk, contents)
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
