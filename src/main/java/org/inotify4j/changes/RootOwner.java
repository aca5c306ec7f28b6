package org.inotify4j.changes;

/** Who has one root followed, for who hears of it. */
interface RootOwner {

  /** A directory cannot be watched. */
  void unwatched(int errno, byte[] path);

  /** Records are lost. */
  void recordsLost();

  /** The directory itself is gone. In the thread that tells the listener. */
  void ended(RootListener listener);

  boolean isOpen();

  /** The follower cannot go on. */
  void failed(Throwable cause);
}
