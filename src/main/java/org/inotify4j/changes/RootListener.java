package org.inotify4j.changes;

import org.inotify4j.Flag;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.recovery.Listener;

/**
 * Has a watcher hear what the follower of one root tells. It has always room: what it hears merges.
 *
 * <p>When its follower is to be closed it is turned off in the thread that calls it, so what was
 * told is what its follower says was told.
 */
final class RootListener implements Listener {

  private final RootOwner root;
  private final Interests interests;
  private final ChangeSink sink;
  private volatile boolean isOff;

  /** What is done first when the directory is gone. */
  private Runnable whenEnded = () -> {};

  RootListener(RootOwner root, Interests interests, ChangeSink sink) {
    this.root = root;
    this.interests = interests;
    this.sink = sink;
  }

  /** Says what is done first when the directory is gone, before anything is heard. */
  void whenEnded(Runnable action) {
    whenEnded = action;
  }

  /** Hears nothing from here on. In the thread that tells it. */
  void turnOff() {
    isOff = true;
  }

  @Override
  public Interests interests() {
    return interests;
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    boolean unused = offer(kinds, origin, mask, cookie, path);
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    boolean unused = offerRename(Origin.KERNEL, mask, cookie, from, to);
  }

  @Override
  public boolean offer(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    if (isOff) {
      return false;
    }
    boolean isDirectory = Flag.ISDIR.isIn(mask);
    if ((kinds & WantedChanges.WENT) != 0) {
      sink.deleted(path, isDirectory, origin);
    } else if ((kinds & WantedChanges.CAME) != 0) {
      boolean isMoved = Flag.MOVED_TO.isIn(mask);
      sink.created(path, isDirectory, isMoved, (mask & REPLACES) != 0, origin);
    } else if ((kinds & WantedChanges.CHANGED) != 0) {
      sink.modified(path, isDirectory, origin);
    }
    if ((kinds & WantedChanges.FINISHED) != 0 && !isDirectory) {
      sink.finished(path, origin);
    }
    return true;
  }

  @Override
  public boolean offerRename(Origin origin, int mask, int cookie, byte[] from, byte[] to) {
    if (isOff) {
      return false;
    }
    sink.moved(from, to, Flag.ISDIR.isIn(mask), (mask & REPLACES) != 0, origin);
    return true;
  }

  @Override
  public boolean offerExisting(boolean isDirectory, byte[] path) {
    if (!isOff) {
      sink.existing(path, isDirectory);
    }
    return !isOff;
  }

  @Override
  public boolean offerReady() {
    return !isOff;
  }

  @Override
  public void looked(Origin origin) {
    root.looked(origin);
  }

  @Override
  public boolean hasRoom() {
    return !isOff;
  }

  @Override
  public void unwatched(int mask, int errno, byte[] path) {
    root.unwatched(errno, path);
  }

  @Override
  public void recordsLost() {
    root.recordsLost();
  }

  /** What was lost is told as changes. */
  @Override
  public void overflow() {}

  @Override
  public void ended() {
    whenEnded.run();
    root.ended();
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return root.isOpen();
  }

  @Override
  public void failed(Throwable cause) {
    root.failed(cause);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
