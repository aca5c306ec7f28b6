package org.inotify4j.disk;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/** Leaves out what matchers of the program say. One that fails leaves nothing out. */
public final class MatcherFilter implements EntryFilter {

  private final Path empty;
  private final List<Rule> rules;

  /**
   * A filter.
   *
   * @param empty the empty path of the file system whose paths the matchers are given
   */
  public MatcherFilter(Path empty, List<Rule> rules) {
    this.empty = empty;
    this.rules = rules;
  }

  @Override
  public boolean isPositional() {
    return rules.stream().anyMatch(rule -> !rule.isOfNames);
  }

  @Override
  public boolean excludes(byte[] bytes) {
    OrderedLock.mayBlock();
    Path path = PathBytes.resolve(empty, bytes);
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

  /**
   * One thing that is left out. Two of the same glob are equal; matchers of the program are equal
   * where they are one and the same, so that no code of theirs is run.
   */
  public static final class Rule {

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
    public Rule(PathMatcher matcher, @Nullable String glob, boolean isOfNames) {
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
