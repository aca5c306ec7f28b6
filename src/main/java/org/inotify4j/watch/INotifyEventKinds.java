package org.inotify4j.watch;

import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.Mask;

/**
 * The kinds of events beyond the standard ones: one for each event flag of inotify, and {@link
 * #RENAME}.
 *
 * <p>They may be mixed with the standard kinds in one registration. An event is delivered once for
 * each registered kind that it matches, the standard kind first. {@link Flag} says what each means
 * for an entry and for the watched directory itself; where an event is about the directory itself,
 * its context is the empty path.
 */
public final class INotifyEventKinds {

  /** {@link Flag#ACCESS}. */
  public static final WatchEvent.Kind<Path> ACCESS = new OfFlag(Flag.ACCESS);

  /** {@link Flag#MODIFY}. */
  public static final WatchEvent.Kind<Path> MODIFY = new OfFlag(Flag.MODIFY);

  /** {@link Flag#ATTRIB}. */
  public static final WatchEvent.Kind<Path> ATTRIB = new OfFlag(Flag.ATTRIB);

  /** {@link Flag#CLOSE_WRITE}: somebody finished writing. */
  public static final WatchEvent.Kind<Path> CLOSE_WRITE = new OfFlag(Flag.CLOSE_WRITE);

  /** {@link Flag#CLOSE_NOWRITE}. */
  public static final WatchEvent.Kind<Path> CLOSE_NOWRITE = new OfFlag(Flag.CLOSE_NOWRITE);

  /** {@link Flag#OPEN}. */
  public static final WatchEvent.Kind<Path> OPEN = new OfFlag(Flag.OPEN);

  /** {@link Flag#MOVED_FROM}. */
  public static final WatchEvent.Kind<Path> MOVED_FROM = new OfFlag(Flag.MOVED_FROM);

  /** {@link Flag#MOVED_TO}. */
  public static final WatchEvent.Kind<Path> MOVED_TO = new OfFlag(Flag.MOVED_TO);

  /** {@link Flag#CREATE}. */
  public static final WatchEvent.Kind<Path> CREATE = new OfFlag(Flag.CREATE);

  /** {@link Flag#DELETE}. */
  public static final WatchEvent.Kind<Path> DELETE = new OfFlag(Flag.DELETE);

  /** {@link Flag#DELETE_SELF}. */
  public static final WatchEvent.Kind<Path> DELETE_SELF = new OfFlag(Flag.DELETE_SELF);

  /** {@link Flag#MOVE_SELF}. */
  public static final WatchEvent.Kind<Path> MOVE_SELF = new OfFlag(Flag.MOVE_SELF);

  /** {@link Flag#UNMOUNT}. */
  public static final WatchEvent.Kind<Path> UNMOUNT = new OfFlag(Flag.UNMOUNT);

  /**
   * An entry got another name within what the key watches: {@link Flag#MOVED_FROM} and {@link
   * Flag#MOVED_TO} joined by their cookie. A key that asks for it hears such a rename as this one
   * event, and as no other kind. Of a move whose other end is elsewhere it hears the end that is
   * here, as the kinds that it asked for beside this one: an entry that left is reported within 10
   * milliseconds, since its other end may yet come.
   */
  public static final WatchEvent.Kind<Rename> RENAME = new Named<>("RENAME", Rename.class);

  /**
   * A directory of a tree cannot be watched: a limit was met, or it may not be read, or the
   * registered directory was moved away ({@link INotifyWatchEvent#reason}). Told once a directory,
   * also while the tree is being registered, to keys with {@link INotifyModifiers#RECURSIVE} that
   * ask for it; for the others it is logged. It is told also where the key's log overflows. It is
   * tried again when another watch was placed or removed, when the permissions of the directory or
   * of one above change, after an overflow, and in any case after one second, two, four, up to 64;
   * what is in it is told when that works, behind its own deletion and creation if it was watched
   * before; and one that there is no watch for is polled until then ({@link
   * INotifyModifiers#poll}).
   */
  public static final WatchEvent.Kind<Path> UNWATCHED = new Named<>("UNWATCHED", Path.class);

  /**
   * An entry was there when the key was registered. Told to keys with {@link
   * INotifyModifiers#INITIAL}, a directory before what is in it; the mask is 0, or {@link
   * Flag#ISDIR}. It may be named among the kinds of such a registration, and need not be.
   */
  public static final WatchEvent.Kind<Path> EXISTS = new Named<>("EXISTS", Path.class);

  /**
   * All has been told that was there when the key was registered ({@link
   * INotifyModifiers#INITIAL}), or that was different then ({@link INotifyModifiers#since}). What
   * follows happens. The context is the empty path. It may be named among the kinds of such a
   * registration, and need not be.
   */
  public static final WatchEvent.Kind<Path> READY = new Named<>("READY", Path.class);

  private static final List<WatchEvent.Kind<Path>> BY_BIT =
      List.of(
          ACCESS,
          MODIFY,
          ATTRIB,
          CLOSE_WRITE,
          CLOSE_NOWRITE,
          OPEN,
          MOVED_FROM,
          MOVED_TO,
          CREATE,
          DELETE,
          DELETE_SELF,
          MOVE_SELF);

  private INotifyEventKinds() {}

  /**
   * The kind that stands for a flag.
   *
   * @param flag an event flag
   * @return its kind
   * @throws IllegalArgumentException if the flag is none of those that stand for an event which may
   *     be asked for, such as {@link Flag#ISDIR} or {@link Flag#ONLYDIR}
   */
  public static WatchEvent.Kind<Path> of(Flag flag) {
    if ((flag.bit() & (Mask.ALL_EVENTS | Flag.UNMOUNT.bit())) == 0) {
      throw new IllegalArgumentException(flag + " is no event that may be asked for");
    }
    return of(flag.bit());
  }

  /** The kind of the event flag in a mask. */
  static WatchEvent.Kind<Path> of(int mask) {
    int events = mask & Mask.ALL_EVENTS;
    return events == 0 ? UNMOUNT : BY_BIT.get(Integer.numberOfTrailingZeros(events));
  }

  /** The kind that stands for one flag. */
  static final class OfFlag implements WatchEvent.Kind<Path> {
    private final Flag flag;

    private OfFlag(Flag flag) {
      this.flag = flag;
    }

    Flag flag() {
      return flag;
    }

    @Override
    public String name() {
      return flag.name();
    }

    @Override
    public Class<Path> type() {
      return Path.class;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** A kind that no flag stands for. */
  private static final class Named<T> implements WatchEvent.Kind<T> {
    private final String name;
    private final Class<T> type;

    Named(String name, Class<T> type) {
      this.name = name;
      this.type = type;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Class<T> type() {
      return type;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
