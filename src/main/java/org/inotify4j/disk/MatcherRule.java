package org.inotify4j.disk;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import org.inotify4j.base.Escaping;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.PathBytes;

/**
 * Leaves out what a matcher of the program says. One that fails leaves nothing out. Two are equal
 * where their matchers are one and the same, so that no code of the program is run.
 */
public final class MatcherRule implements FilterRule {

  private final PathMatcher matcher;

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
      failed(bytes, e);
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

  /** Logs it: a tree has many entries, and what is about this rule is said once a minute. */
  private void failed(byte[] path, Throwable cause) {
    String what = "a matcher that excludes failed; not excluded: " + Escaping.escape(path);
    Log.log(this, Level.WARNING, what, cause);
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
