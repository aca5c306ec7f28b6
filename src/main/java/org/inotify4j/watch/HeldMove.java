package org.inotify4j.watch;

import org.inotify4j.EntryName;

/** A MOVED_FROM that waits for its MOVED_TO. */
final class HeldMove {

  /** The key that is to hear of it. */
  final Key key;

  /** The event's mask. */
  final int mask;

  /** What the other end has as well. */
  final int cookie;

  /** The old name. */
  final EntryName name;

  /**
   * When it is asked for the last time whether its other end is there, in {@link System#nanoTime}.
   */
  final long deadline;

  /** Its place in the order of all. */
  final long number;

  HeldMove(Key key, int mask, int cookie, EntryName name, long deadline, long number) {
    this.key = key;
    this.mask = mask;
    this.cookie = cookie;
    this.name = name;
    this.deadline = deadline;
    this.number = number;
  }
}
