package org.inotify4j.changes;

import org.inotify4j.disk.GitIgnoreFilter;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Origin;

/**
 * Passes on what is told, and notices when it is something that says what git leaves out and that a
 * look has found: of what the kernel says {@link RuleEvents} has heard.
 */
final class FoundRules implements ChangeSink {

  private final GitIgnoreFilter filter;
  private final ChangeSink told;
  private final Runnable onOtherRules;

  /**
   * What belongs to a filter.
   *
   * @param onOtherRules acts when something else is left out than before
   */
  FoundRules(GitIgnoreFilter filter, ChangeSink told, Runnable onOtherRules) {
    this.filter = filter;
    this.told = told;
    this.onOtherRules = onOtherRules;
  }

  private void hear(byte[] path, Origin origin) {
    if (origin != Origin.KERNEL && filter.changed(path)) {
      onOtherRules.run();
    }
  }

  @Override
  public void takeBack(KnownEntries known) {
    told.takeBack(known);
  }

  @Override
  public void whenLooked(Runnable action) {
    told.whenLooked(action);
  }

  @Override
  public void existing(byte[] path, boolean isDirectory) {
    told.existing(path, isDirectory);
  }

  @Override
  public void created(
      byte[] path, boolean isDirectory, boolean isMoved, boolean replaces, Origin origin) {
    hear(path, origin);
    told.created(path, isDirectory, isMoved, replaces, origin);
  }

  @Override
  public void modified(byte[] path, boolean isDirectory, Origin origin) {
    hear(path, origin);
    told.modified(path, isDirectory, origin);
  }

  @Override
  public void finished(byte[] path, Origin origin) {
    hear(path, origin);
    told.finished(path, origin);
  }

  @Override
  public void deleted(byte[] path, boolean isDirectory, Origin origin) {
    hear(path, origin);
    told.deleted(path, isDirectory, origin);
  }

  @Override
  public void moved(byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin) {
    hear(from, origin);
    hear(to, origin);
    told.moved(from, to, isDirectory, replaces, origin);
  }
}
