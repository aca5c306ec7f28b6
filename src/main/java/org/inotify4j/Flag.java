package org.inotify4j;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The flags of {@code <sys/inotify.h>}, in its order.
 *
 * <p>Each event flag says what it means for an entry inside of a watched directory (the event then
 * carries the entry's name) and for the watched object itself (the event has no name). See
 * inotify(7), "inotify events".
 */
public enum Flag {
  /** An entry inside: the file was read or executed. The watched file itself: the same. */
  ACCESS(0x1),

  /**
   * An entry inside: the file was written to or truncated. The watched file itself: the same. A
   * change through a memory mapping is not seen.
   */
  MODIFY(0x2),

  /**
   * An entry inside: its metadata changed (permissions, times, owner, extended attributes), also of
   * a subdirectory. The watched object itself: the same, and its count of hard links.
   */
  ATTRIB(0x4),

  /**
   * An entry inside: a file that was open for writing was closed. The watched file itself: the
   * same.
   */
  CLOSE_WRITE(0x8),

  /**
   * An entry inside: a file or directory that was not open for writing was closed. The watched
   * object itself: the same.
   */
  CLOSE_NOWRITE(0x10),

  /** An entry inside: a file or directory was opened. The watched object itself: the same. */
  OPEN(0x20),

  /**
   * An entry inside: the old name of an entry that was renamed or moved; the {@link #MOVED_TO} of
   * the same move has the same cookie. Never for the watched object itself.
   */
  MOVED_FROM(0x40),

  /**
   * An entry inside: the new name of an entry that was renamed or moved; the {@link #MOVED_FROM} of
   * the same move has the same cookie. Never for the watched object itself.
   */
  MOVED_TO(0x80),

  /**
   * An entry inside: a file, directory, link or other entry was made, or a hard link to a file.
   * Never for the watched object itself.
   */
  CREATE(0x100),

  /** An entry inside: it was deleted. Never for the watched object itself. */
  DELETE(0x200),

  /**
   * Never for an entry inside. The watched object itself was deleted, which is when its last link
   * and the last descriptor open on it are gone; {@link #IGNORED} follows.
   */
  DELETE_SELF(0x400),

  /** Never for an entry inside. The watched object itself was renamed or moved; the watch stays. */
  MOVE_SELF(0x800),

  /**
   * Only in events. The file system with the watched object was unmounted; {@link #IGNORED}
   * follows. Always reported, asked for or not.
   */
  UNMOUNT(0x2000),

  /**
   * Only in events, with the watch descriptor -1. The kernel's event queue was full and events were
   * dropped: {@code fs.inotify.max_queued_events}. Until it is read more are dropped without
   * another one, also from between those that are queued behind it. Always reported.
   */
  Q_OVERFLOW(0x4000),

  /**
   * Only in events. The watch is gone: removed, or its object deleted or unmounted. The last event
   * of its watch descriptor. Always reported.
   */
  IGNORED(0x8000),

  /** For adding a watch. Fail with ENOTDIR where the path is not a directory. */
  ONLYDIR(0x0100_0000),

  /** For adding a watch. Where the path is a symbolic link, watch the link itself. */
  DONT_FOLLOW(0x0200_0000),

  /**
   * For adding a watch. No events for entries inside once they are unlinked, though still open
   * somewhere.
   */
  EXCL_UNLINK(0x0400_0000),

  /** For adding a watch. Fail with EEXIST where the instance watches the object already. */
  MASK_CREATE(0x1000_0000),

  /** For adding a watch. Add to the mask of a watch that exists, where it would replace it. */
  MASK_ADD(0x2000_0000),

  /**
   * Only in events. The event is about a directory: the entry inside, or the watched object itself.
   * {@link #DELETE_SELF} and {@link #MOVE_SELF} never carry it.
   */
  ISDIR(0x4000_0000),

  /** For adding a watch. Remove the watch after one event. */
  ONESHOT(0x8000_0000);

  private final int bit;

  Flag(int bit) {
    this.bit = bit;
  }

  /**
   * The flag's bit.
   *
   * @return an int with this one bit set
   */
  public int bit() {
    return bit;
  }

  /**
   * Whether a mask has this flag.
   *
   * @param mask any mask
   * @return whether the bit is set in it
   */
  public boolean isIn(int mask) {
    return (mask & bit) != 0;
  }

  /**
   * The flags of a mask.
   *
   * @param mask any mask; bits without a name are passed over
   * @return its flags, in declaration order; unmodifiable
   */
  public static Set<Flag> of(int mask) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : values()) {
      if (flag.isIn(mask)) {
        flags.add(flag);
      }
    }
    return Collections.unmodifiableSet(flags);
  }
}
