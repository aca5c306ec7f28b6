package org.inotify4j.watch;

import java.nio.file.WatchEvent;

/** Options of a registration with an {@link INotifyWatchService}. */
public final class INotifyModifiers {

  /**
   * Do not follow a symbolic link at the end of the path: registering one is then refused, since it
   * is not a directory.
   */
  public static final WatchEvent.Modifier NOFOLLOW = Option.NOFOLLOW;

  /**
   * No events for entries that are unlinked already, though still open somewhere: {@link
   * org.inotify4j.Flag#EXCL_UNLINK}. Where another key watches the same directory without it, the
   * kernel reports such events, and they are heard by both.
   */
  public static final WatchEvent.Modifier EXCLUDE_UNLINKED = Option.EXCLUDE_UNLINKED;

  /** One event, and then the key is invalid. */
  public static final WatchEvent.Modifier ONESHOT = Option.ONESHOT;

  private INotifyModifiers() {}

  /** The modifiers without an argument. */
  enum Option implements WatchEvent.Modifier {
    NOFOLLOW,
    EXCLUDE_UNLINKED,
    ONESHOT
  }
}
