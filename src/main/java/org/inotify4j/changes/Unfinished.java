package org.inotify4j.changes;

import org.inotify4j.disk.FileStatus;
import org.inotify4j.follow.Origin;
import org.jspecify.annotations.Nullable;

/** A file that is not told yet, since somebody may be writing it. */
final class Unfinished {

  /** What the listener is told of it in the end. */
  enum Kind {
    EXISTING,
    CREATED,
    MODIFIED
  }

  final Kind kind;
  final Origin origin;

  /** Whether it is in the place of another one, which the listener knows. */
  final boolean replaces;

  /** When it is looked at next, in {@link System#nanoTime}. */
  long due;

  /**
   * Whether nobody had it open for writing when it was looked at, so that the next look says it.
   */
  boolean isClosed;

  /** What it looked like, where only that can say that it is finished. */
  @Nullable FileStatus seen;

  Unfinished(Kind kind, Origin origin, boolean replaces, long due) {
    this.kind = kind;
    this.origin = origin;
    this.replaces = replaces;
    this.due = due;
  }

  /** Whether the listener knows of no file of its name. */
  boolean isUnknown() {
    return kind != Kind.MODIFIED && !replaces;
  }

  void tell(ChangeSink told, byte[] path) {
    switch (kind) {
      case EXISTING -> told.existing(path, false);
      case CREATED -> told.created(path, false, false, replaces, origin);
      case MODIFIED -> told.modified(path, false, origin);
    }
  }
}
