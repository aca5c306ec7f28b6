package org.inotify4j.poll;

/** Where it is polled, besides listening. */
public enum PollMode {
  /** Where inotify tells only of what is done through this mount. */
  AUTO,

  /** Everywhere. */
  ALWAYS,

  /** Nowhere. */
  NEVER
}
