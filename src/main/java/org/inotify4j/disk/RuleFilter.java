package org.inotify4j.disk;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what rules say: of those that are about an entry the last one decides. One with equal
 * rules is equal: who goes on from another one need not look what else there is.
 */
public final class RuleFilter implements EntryFilter {

  private final Path empty;
  private final FilterRule[] rules;

  /**
   * A filter.
   *
   * @param empty the empty path of the file system whose paths the program knows
   */
  public RuleFilter(Path empty, List<FilterRule> rules) {
    this.empty = empty;
    this.rules = rules.toArray(FilterRule[]::new);
  }

  @Override
  public boolean excludes(byte[] path, boolean isDirectory) {
    for (int i = rules.length - 1; i >= 0; i--) {
      if (rules[i].matches(empty, path, isDirectory)) {
        return !rules[i].isNegated();
      }
    }
    return false;
  }

  @Override
  public boolean isPositional() {
    for (FilterRule rule : rules) {
      if (rule.isPositional()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleFilter filter
        && empty.equals(filter.empty)
        && Arrays.equals(rules, filter.rules);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rules);
  }
}
