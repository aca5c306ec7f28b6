package org.inotify4j.recovery;

import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Origin;

/** An audience that may have no room for more: then it has the follower go on when it has. */
public interface Listener extends Audience {

  /** A mark in a mask: what comes takes the place of another entry. Nothing of the kernel's. */
  int REPLACES = 1 << 31;

  /** Tells an event, as {@link #tell} does; false if there is no room for it now. */
  boolean offer(int kinds, Origin origin, int mask, int cookie, byte[] path);

  /** Tells both halves of a move as one; false if there is no room for it now. */
  boolean offerRename(Origin origin, int mask, int cookie, byte[] from, byte[] to);

  /** Tells that an entry was there already; false if there is no room for it now. */
  boolean offerExisting(boolean isDirectory, byte[] path);

  /** Tells that all was told that was there; false if there is no room for it now. */
  boolean offerReady();

  /** What differs was looked for: what is told of that comes next. */
  void looked(Origin origin);

  /** Whether there is room for an event, as far as can be said before. */
  boolean hasRoom();
}
