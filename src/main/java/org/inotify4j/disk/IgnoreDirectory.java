package org.inotify4j.disk;

import org.inotify4j.disk.IgnoreRules.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A directory as git sees it: what its files say, and those of the directories above. Immutable.
 */
final class IgnoreDirectory {

  /** The one above, of which the files count too; null where a repository begins. */
  private final @Nullable IgnoreDirectory above;

  /** Where in a path the name begins of what is in it. */
  private final int start;

  private final boolean isExcluded;
  private final IgnoreFiles.Found found;
  private final boolean isKnown;

  private IgnoreDirectory(
      @Nullable IgnoreDirectory above, int start, boolean isExcluded, IgnoreFiles.Found found) {
    this.above = above;
    this.start = start;
    this.isExcluded = isExcluded;
    this.found = found;
    this.isKnown = found.isKnown() && (above == null || above.isKnown);
  }

  /** The root of a tree. */
  static IgnoreDirectory root(IgnoreFiles files) {
    return new IgnoreDirectory(null, 0, false, files.in(new byte[0]));
  }

  /** One below, of which the files are read unless it is left out. */
  IgnoreDirectory below(byte[] path, IgnoreFiles files) {
    if (excludes(path, true)) {
      return new IgnoreDirectory(this, path.length + 1, true, IgnoreFiles.Found.NOTHING);
    }
    IgnoreFiles.Found below = files.in(path);
    return new IgnoreDirectory(below.isRepository() ? null : this, path.length + 1, false, below);
  }

  /** Whether its files say what they said, and there are no others. */
  boolean isAsItWas(byte[] path, IgnoreFiles files) {
    return isExcluded || files.isAsItWas(path, found);
  }

  /** Whether it is known what its files say, and those of the directories above. */
  boolean isKnown() {
    return isKnown;
  }

  boolean isExcluded() {
    return isExcluded;
  }

  /** Whether an entry of it is left out: the files say so that are the nearest and say anything. */
  boolean excludes(byte[] path, boolean isDirectory) {
    if (isExcluded) {
      return true;
    }
    IgnoreDirectory top = this;
    for (IgnoreDirectory at = this; at != null; at = at.above) {
      Verdict verdict = at.found.own().verdict(path, at.start, isDirectory);
      if (verdict != Verdict.NONE) {
        return verdict == Verdict.OUT;
      }
      top = at;
    }
    return top.found.ofRepository().verdict(path, top.start, isDirectory) == Verdict.OUT;
  }
}
