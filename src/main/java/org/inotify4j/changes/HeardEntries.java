package org.inotify4j.changes;

import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.GitIgnoreFilter;

/** Leaves out what is not told, but for what says what that is. */
final class HeardEntries implements EntryFilter {

  private final EntryFilter told;
  private final GitIgnoreFilter git;
  private final int maxDepth;

  /**
   * A filter.
   *
   * @param told leaves out what is not told
   * @param maxDepth how many names an entry's path has at most that is told
   */
  HeardEntries(EntryFilter told, GitIgnoreFilter git, int maxDepth) {
    this.told = told;
    this.git = git;
    this.maxDepth = maxDepth;
  }

  @Override
  public boolean excludes(byte[] path, boolean isDirectory) {
    return told.excludes(path, isDirectory) && !git.isRule(path, isDirectory, maxDepth);
  }

  @Override
  public boolean isPositional() {
    return true;
  }
}
