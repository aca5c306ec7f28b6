package org.inotify4j.watch;

import java.nio.file.PathMatcher;
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

  /**
   * Watch the directory with all directories below it, also those that come later. The contexts of
   * events are paths relative to the registered directory. Symbolic links are not followed.
   *
   * <p>From events alone a program can keep the set of what exists: {@code ENTRY_DELETE} of a
   * directory ends everything below it; a directory that comes is {@code ENTRY_CREATE} for it and
   * for each entry below, parents first; one that is renamed within the tree is one {@link
   * INotifyEventKinds#RENAME} that carries everything below, for who asked for it, and for who did
   * not, or where the kernel's events do not tell for sure, {@code ENTRY_DELETE} of the old path
   * and {@code ENTRY_CREATE} of the new one and of each entry below. Where the kernel was silent
   * such events are {@linkplain INotifyWatchEvent#isSynthetic synthetic}. When an {@code OVERFLOW}
   * comes the tree is watched as it is then: a program that lists it after that misses nothing.
   *
   * <p>The kinds about the watched object itself are told of the registered directory only. Where a
   * directory is at two places (a bind mount) events name one of them. When the registered
   * directory itself is moved, what is watched goes on being watched, but directories that come
   * after that cannot be reached: {@link INotifyEventKinds#UNWATCHED}.
   *
   * <p>Another registration of the directory gives the same key: without this modifier the tree is
   * dropped, with it it is built anew.
   */
  public static final WatchEvent.Modifier RECURSIVE = Option.RECURSIVE;

  private INotifyModifiers() {}

  /**
   * Leaves entries out of a tree: what matches is neither told nor watched, nor is anything below
   * it. It is decided before a watch is placed. For {@link #RECURSIVE} only.
   *
   * @param matcher is given paths relative to the registered directory, in any thread, under no
   *     lock; should it throw, the path is not excluded
   * @return a modifier, of which a registration may have several
   */
  public static WatchEvent.Modifier exclude(PathMatcher matcher) {
    return Exclusion.of(matcher);
  }

  /**
   * Leaves entries out of a tree, as {@link #exclude(PathMatcher)} does.
   *
   * @param glob as of {@link java.nio.file.FileSystem#getPathMatcher}; one without a slash is
   *     matched with the last name of a path, wherever it is, and one with a slash with the whole
   *     path relative to the registered directory
   * @return a modifier, of which a registration may have several
   * @throws java.util.regex.PatternSyntaxException if the glob is not valid
   */
  public static WatchEvent.Modifier exclude(String glob) {
    return Exclusion.of(glob);
  }

  /** The modifiers without an argument. */
  enum Option implements WatchEvent.Modifier {
    NOFOLLOW,
    EXCLUDE_UNLINKED,
    ONESHOT,
    RECURSIVE
  }
}
