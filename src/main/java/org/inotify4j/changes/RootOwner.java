package org.inotify4j.changes;

import org.inotify4j.follow.Origin;

/** Who has one root followed, for who hears of it. */
interface RootOwner {

  /** A directory cannot be watched. */
  void unwatched(int errno, byte[] path);

  /** Records are lost. */
  void recordsLost();

  /** What differs was looked for. */
  void looked(Origin origin);

  /** The directory itself is gone. In the thread that tells the listener. */
  void ended();

  boolean isOpen();

  /** The follower cannot go on. */
  void failed(Throwable cause);
}
