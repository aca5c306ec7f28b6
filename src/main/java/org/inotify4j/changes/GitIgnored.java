package org.inotify4j.changes;

import org.inotify4j.disk.GitIgnoreFilter;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Origin;

/**
 * Passes on what happens, and notices when it is something that says what git leaves out. What is
 * let through only for that is kept back.
 */
final class GitIgnored implements ChangeSink {

  private final GitIgnoreFilter filter;
  private final ChangeSink told;
  private final Runnable onOtherRules;

  /**
   * What belongs to a filter.
   *
   * @param onOtherRules acts when something else is left out than before
   */
  GitIgnored(GitIgnoreFilter filter, ChangeSink told, Runnable onOtherRules) {
    this.filter = filter;
    this.told = told;
    this.onOtherRules = onOtherRules;
  }

  /** Hears of an event; whether it is to be told. */
  private boolean hear(byte[] path) {
    if (filter.changed(path)) {
      onOtherRules.run();
    }
    return !filter.isOwn(path);
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
    if (!filter.isOwn(path)) {
      told.existing(path, isDirectory);
    }
  }

  @Override
  public void created(
      byte[] path, boolean isDirectory, boolean isMoved, boolean replaces, Origin origin) {
    if (hear(path)) {
      told.created(path, isDirectory, isMoved, replaces, origin);
    }
  }

  @Override
  public void modified(byte[] path, boolean isDirectory, Origin origin) {
    if (hear(path)) {
      told.modified(path, isDirectory, origin);
    }
  }

  @Override
  public void finished(byte[] path, Origin origin) {
    if (hear(path)) {
      told.finished(path, origin);
    }
  }

  @Override
  public void deleted(byte[] path, boolean isDirectory, Origin origin) {
    if (hear(path)) {
      told.deleted(path, isDirectory, origin);
    }
  }

  @Override
  public void moved(byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin) {
    boolean isFromTold = hear(from);
    boolean isToTold = hear(to);
    if (isFromTold && isToTold) {
      told.moved(from, to, isDirectory, replaces, origin);
    } else if (isFromTold) {
      told.deleted(from, isDirectory, origin);
    } else if (isToTold) {
      told.created(to, isDirectory, true, replaces, origin);
    }
  }
}
