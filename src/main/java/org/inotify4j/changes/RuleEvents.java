package org.inotify4j.changes;

import org.inotify4j.Flag;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.GitIgnoreFilter;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Relay;

/**
 * Passes on what is heard of a tree, and notices when it is something that says what git leaves
 * out. What is heard only for that goes no further: to whoever is behind this it is not there.
 */
final class RuleEvents implements Relay {

  private final GitIgnoreFilter git;
  private final EntryFilter told;
  private final Audience next;
  private final Runnable onOtherRules;
  private final Runnable onLoss;

  /**
   * What stands before an audience.
   *
   * @param told leaves out what goes no further
   * @param onOtherRules acts when something else is left out than before
   * @param onLoss acts when that may be so
   */
  RuleEvents(
      GitIgnoreFilter git,
      EntryFilter told,
      Audience next,
      Runnable onOtherRules,
      Runnable onLoss) {
    this.git = git;
    this.told = told;
    this.next = next;
    this.onOtherRules = onOtherRules;
    this.onLoss = onLoss;
  }

  @Override
  public Audience next() {
    return next;
  }

  @Override
  public Interests interests() {
    return next.interests();
  }

  /** Hears of an event; whether it goes further, by the rules before it. */
  private boolean hear(byte[] path, boolean isDirectory) {
    boolean isTold = isTold(path, isDirectory);
    if (path.length > 0 && git.changed(path)) {
      onOtherRules.run();
    }
    return isTold;
  }

  private boolean isTold(byte[] path, boolean isDirectory) {
    return !git.isNamedAsRule(path) || !told.excludes(path, isDirectory);
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    if (hear(path, Flag.ISDIR.isIn(mask))) {
      next.tell(kinds, origin, mask, cookie, path);
    }
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    boolean isFromTold = hear(from, Flag.ISDIR.isIn(mask));
    boolean isToTold = hear(to, Flag.ISDIR.isIn(mask));
    if (isFromTold && isToTold) {
      next.renamed(mask, cookie, from, to);
    } else if (isFromTold) {
      tellHalf(mask & ~Flag.MOVED_TO.bit(), cookie, from);
    } else if (isToTold) {
      tellHalf(mask & ~Flag.MOVED_FROM.bit(), cookie, to);
    }
  }

  private void tellHalf(int mask, int cookie, byte[] path) {
    int kinds = interests().kinds(mask, true);
    if (kinds != 0) {
      next.tell(kinds, Origin.KERNEL, mask, cookie, path);
    }
  }

  @Override
  public void remains(byte[] path) {
    if (isTold(path, true)) {
      next.remains(path);
    }
  }

  @Override
  public void recordsLost() {
    onLoss.run();
    next.recordsLost();
  }

  @Override
  public void overflow() {
    onLoss.run();
    next.overflow();
  }

  @Override
  public String toString() {
    return next.toString();
  }
}
