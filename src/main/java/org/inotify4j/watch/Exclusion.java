package org.inotify4j.watch;

import java.lang.System.Logger.Level;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/** What is left out of a tree. */
record Exclusion(List<Rule> rules) implements WatchEvent.Modifier {

  static final Exclusion NONE = new Exclusion(List.of());

  static Exclusion of(PathMatcher matcher) {
    Objects.requireNonNull(matcher, "matcher");
    return new Exclusion(List.of(new Rule(matcher, null, false)));
  }

  static Exclusion of(String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    return new Exclusion(List.of(new Rule(matcher, glob, glob.indexOf('/') < 0)));
  }

  Exclusion and(Exclusion other) {
    return new Exclusion(Stream.concat(rules.stream(), other.rules.stream()).toList());
  }

  /** Whether the directory that an entry is in can matter. */
  boolean isPositional() {
    return rules.stream().anyMatch(rule -> !rule.isOfNames);
  }

  /** Whether an entry is left out. */
  boolean matches(Path root, TreeNode directory, byte[] name) {
    if (rules.isEmpty()) {
      return false;
    }
    OrderedLock.mayBlock();
    Path empty = root.getFileSystem().getPath("");
    Path path = PathBytes.resolve(empty, TreeNodes.path(directory, name));
    for (Rule rule : rules) {
      try {
        if (rule.matcher.matches(rule.isOfNames ? path.getFileName() : path)) {
          return true;
        }
      } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
        rule.failed(path, e);
      }
    }
    return false;
  }

  @Override
  public String name() {
    return "EXCLUDE";
  }

  /**
   * One thing that is left out. Two of the same glob are equal; matchers of the program are equal
   * where they are one and the same, so that no code of theirs is run.
   */
  static final class Rule {

    private final PathMatcher matcher;
    private final @Nullable String glob;
    private final boolean isOfNames;
    private final AtomicLong failures = new AtomicLong();

    /**
     * A rule.
     *
     * @param matcher is given a path relative to the root, or its last name
     * @param glob what the matcher was made of, or null
     * @param isOfNames whether it is the last name
     */
    Rule(PathMatcher matcher, @Nullable String glob, boolean isOfNames) {
      this.matcher = matcher;
      this.glob = glob;
      this.isOfNames = isOfNames;
    }

    /** Logs the first failure, the second, the fourth, the eighth: a tree has many entries. */
    private void failed(Path path, Throwable cause) {
      long count = failures.incrementAndGet();
      if (Long.bitCount(count) == 1) {
        String times = count == 1 ? "" : " (" + count + " times so far)";
        String what = "a matcher that excludes failed" + times + "; not excluded: " + path;
        Log.log(Level.WARNING, what, cause);
      }
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
      return other instanceof Rule rule
          && (glob == null ? matcher == rule.matcher : glob.equals(rule.glob));
    }

    @Override
    public int hashCode() {
      return glob == null ? System.identityHashCode(matcher) : glob.hashCode();
    }
  }
}
