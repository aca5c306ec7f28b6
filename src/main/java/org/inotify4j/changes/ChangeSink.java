package org.inotify4j.changes;

import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Origin;

/**
 * Takes what happens to the entries of one root, in the order in which it does. Paths are relative
 * to the root, and nothing for the root itself. The thread that follows the root calls it.
 */
interface ChangeSink {

  /** Takes back from what was told here what has not come to the listener. */
  void takeBack(KnownEntries told);

  /** Acts when all is passed on that can be by now. Any thread may ask. */
  void whenLooked(Runnable action);

  /** It was there at the start. */
  void existing(byte[] path, boolean isDirectory);

  /**
   * It came.
   *
   * @param isMoved whether it was moved here from where nobody looks
   * @param replaces whether another one was there
   */
  void created(byte[] path, boolean isDirectory, boolean isMoved, boolean replaces, Origin origin);

  /** Its content or its attributes changed. */
  void modified(byte[] path, boolean isDirectory, Origin origin);

  /** Who had it open for writing has closed it. */
  void finished(byte[] path, Origin origin);

  /** It went, with all below. */
  void deleted(byte[] path, boolean isDirectory, Origin origin);

  /**
   * It has another name, and so has all below.
   *
   * @param replaces whether another one was there
   */
  void moved(byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin);
}
