package org.inotify4j.file;

import org.inotify4j.follow.Inbox;
import org.inotify4j.hub.Hub;
import org.jspecify.annotations.Nullable;

/**
 * How far the looks at one name, and the watch of the file that was found, lie ahead of the records
 * that are still queued: up to a mark that was placed behind them.
 *
 * <p>Confined to the follower's thread, but for {@link #count}.
 */
final class LookMarks {

  private final Hub hub;
  private final Inbox inbox;
  private final Runnable confirmed;
  private volatile int looks;
  private int confirmedLook;
  private int marked;
  private @Nullable InodeWatch markedFile;

  /** The look before which nothing is told, and the file that it found. */
  private int silentLook;

  private @Nullable InodeWatch silentFile;

  /**
   * No look yet.
   *
   * @param confirmed hears that such a mark has come
   */
  LookMarks(Hub hub, Inbox inbox, Runnable confirmed) {
    this.hub = hub;
    this.inbox = inbox;
    this.confirmed = confirmed;
  }

  /** How many looks there were. Any thread may ask. */
  int count() {
    return looks;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time counts.
  void look() {
    looks++;
  }

  /** Whether no look is ahead of what comes now. */
  boolean isConfirmed() {
    return confirmedLook == looks;
  }

  /** Somebody places a mark behind the last look, and ends the silence there. */
  void beginSilence(@Nullable InodeWatch file) {
    silentLook = looks;
    silentFile = file;
  }

  /** The mark that ends the silence has come. */
  void endSilence() {
    confirm(silentLook, silentFile);
  }

  /** Whether there was a first look to its end. */
  boolean hasBegun() {
    return silentLook > 0;
  }

  /** Places a mark behind what has none. Where it cannot be had it is tried again. */
  void mark(@Nullable InodeWatch file) {
    boolean isNew = file != null && !file.isConfirmed() && !file.equals(markedFile);
    if (marked != looks || isNew) {
      int look = looks;
      if (inbox.markIn(hub, () -> confirm(look, file))) {
        marked = look;
        markedFile = file;
      }
    }
  }

  /**
   * Acts when what is queued now has come.
   *
   * @return false if that cannot be told, and the action will not run
   */
  boolean atThisPlace(Runnable action) {
    return inbox.markIn(hub, action);
  }

  private void confirm(int look, @Nullable InodeWatch file) {
    confirmedLook = Math.max(confirmedLook, look);
    if (file != null) {
      file.confirm();
    }
    confirmed.run();
  }
}
