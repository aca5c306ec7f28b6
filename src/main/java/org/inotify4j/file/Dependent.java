package org.inotify4j.file;

import org.inotify4j.follow.Inbox;

/** Who depends on what is watched: where the records come for it, and whether it is over. */
final class Dependent {

  private final Inbox inbox;
  private volatile boolean isClosed;

  Dependent(Inbox inbox) {
    this.inbox = inbox;
  }

  Inbox inbox() {
    return inbox;
  }

  /** From here on it gets no watch any more. Any thread may say so. */
  void close() {
    isClosed = true;
  }

  boolean isClosed() {
    return isClosed;
  }
}
