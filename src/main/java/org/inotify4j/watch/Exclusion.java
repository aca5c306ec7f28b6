package org.inotify4j.watch;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.FilterRule;
import org.inotify4j.disk.GlobRule;
import org.inotify4j.disk.MatcherRule;
import org.inotify4j.disk.RuleFilter;
import org.inotify4j.snapshot.TreeFilter;
import org.jspecify.annotations.Nullable;

/** The modifier that leaves entries out of a tree. */
record Exclusion(List<FilterRule> rules) implements WatchEvent.Modifier {

  static final Exclusion NONE = new Exclusion(List.of());

  static Exclusion of(PathMatcher matcher) {
    Objects.requireNonNull(matcher, "matcher");
    return new Exclusion(List.of(new MatcherRule(matcher)));
  }

  static Exclusion of(byte[] pattern) {
    return new Exclusion(List.of(new GlobRule(pattern)));
  }

  Exclusion and(Exclusion other) {
    return new Exclusion(Stream.concat(rules.stream(), other.rules.stream()).toList());
  }

  /**
   * Checks that each rule can have an effect.
   *
   * @throws IllegalArgumentException if the first one takes something back
   */
  void check() {
    if (!rules.isEmpty() && rules.get(0).isNegated()) {
      throw new IllegalArgumentException(
          "the pattern '"
              + rules.get(0)
              + "' takes back what others exclude: it must come after one of these");
    }
  }

  /** What it leaves out below a directory. */
  EntryFilter filter(Path root) {
    return rules.isEmpty()
        ? EntryFilter.NOTHING
        : new RuleFilter(root.getFileSystem().getPath(""), rules);
  }

  /** The same for a snapshot; programs' own matchers are none of its patterns. */
  TreeFilter treeFilter() {
    TreeFilter filter = TreeFilter.EVERYTHING;
    for (FilterRule rule : rules) {
      if (rule instanceof GlobRule glob) {
        filter = filter.exclude(glob.pattern());
      }
    }
    return filter;
  }

  @Override
  public String name() {
    return "EXCLUDE";
  }

  // By hand, as in Registration.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Exclusion another && rules.equals(another.rules));
  }

  @Override
  public int hashCode() {
    return rules.hashCode();
  }
}
