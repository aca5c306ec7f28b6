package org.inotify4j.disk;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.concurrent.atomic.AtomicLong;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.PathBytes;

/**
 * Leaves out what a matcher of the program says. One that fails leaves nothing out. Two are equal
 * where their matchers are one and the same, so that no code of the program is run.
 */
public final class MatcherRule implements FilterRule {

  private final PathMatcher matcher;
  private final AtomicLong failures = new AtomicLong();

  /**
   * A rule.
   *
   * @param matcher is given a path relative to the root
   */
  public MatcherRule(PathMatcher matcher) {
    this.matcher = matcher;
  }

  @Override
  public boolean matches(Path empty, byte[] bytes, boolean isDirectory) {
    OrderedLock.mayBlock();
    Path path = PathBytes.resolve(empty, bytes);
    try {
      return matcher.matches(path);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      failed(path, e);
      return false;
    }
  }

  @Override
  public boolean isPositional() {
    return true;
  }

  @Override
  public boolean isNegated() {
    return false;
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
    return other instanceof MatcherRule rule && matcher == rule.matcher;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(matcher);
  }
}
