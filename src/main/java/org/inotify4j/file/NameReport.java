package org.inotify4j.file;

import java.io.IOException;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.Log;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.hub.Refusals;
import org.jspecify.annotations.Nullable;

/**
 * Tells an audience what becomes of one name, but while it is to be quiet; and once that it cannot
 * be seen, until it can.
 *
 * <p>Confined to the follower's thread.
 */
final class NameReport {

  private static final byte[] SELF = {};

  private Audience audience;
  private Interests interests;
  private boolean isTelling;
  private boolean isUnwatchedTold;

  NameReport(Audience audience) {
    this.audience = audience;
    this.interests = audience.interests();
  }

  /** Tells another one from here on. */
  void tell(Audience next) {
    audience = next;
    interests = next.interests();
  }

  /** What the audience wants to hear, as bits. */
  int wanted() {
    return interests.mask() & Mask.ALL_EVENTS;
  }

  void quiet(boolean isQuiet) {
    isTelling = !isQuiet;
  }

  /** Whether anybody wants to know of an event of the name. */
  boolean isWanted(int mask) {
    return interests.kinds(mask, true) != 0;
  }

  /** What the kernel says of the name, or of the file. */
  void tell(int mask, int cookie) {
    tell(interests.kinds(mask, true), Origin.KERNEL, mask, cookie);
  }

  /** That another file came to where one was. */
  void tellReplacement(int mask, int cookie) {
    tell(interests.kindsOfReplacement(mask), Origin.KERNEL, mask, cookie);
  }

  /**
   * What a look comes to.
   *
   * @param known the file that was known before
   * @param now the file that was found
   * @param wasBlind whether nobody knows what happened to the file meanwhile
   */
  void tellDifference(@Nullable InodeWatch known, @Nullable InodeWatch now, boolean wasBlind) {
    if (known == null && now != null) {
      tellFound(Flag.CREATE, now);
    } else if (known != null && now == null) {
      tellFound(Flag.DELETE, known);
    } else if (known != null && now != null && !known.isSameAs(now)) {
      int mask = mask(Flag.MOVED_TO, now);
      tell(interests.kindsOfReplacement(mask), Origin.LISTING, mask, 0);
    } else if (wasBlind && now != null) {
      tellFound(Flag.MODIFY, now);
    }
  }

  /** As the kernel says it, which tells whether it is a directory. */
  private static int mask(Flag flag, InodeWatch of) {
    return of.isDirectory() ? flag.bit() | Flag.ISDIR.bit() : flag.bit();
  }

  /** That the file was written to, as far as can be seen. */
  void tellFoundWritten(InodeWatch file) {
    tellFound(Flag.MODIFY, file);
    tellFound(Flag.CLOSE_WRITE, file);
  }

  private void tellFound(Flag flag, InodeWatch of) {
    int mask = mask(flag, of);
    tell(interests.kinds(mask, true), Origin.LISTING, mask, 0);
  }

  private void tell(int kinds, Origin origin, int mask, int cookie) {
    if (kinds != 0 && isTelling) {
      audience.tell(kinds, origin, mask, cookie, SELF);
    }
  }

  /**
   * That the path cannot be followed, or not all of it be watched. It is told once.
   *
   * @param what for the log
   */
  void tellUnwatched(String what, IOException reason) {
    if (isUnwatchedTold || !audience.isOpen()) {
      return;
    }
    isUnwatchedTold = true;
    if (interests.unwatched()) {
      audience.unwatched(0, Refusals.errno(reason), SELF);
    } else {
      Log.warn(what + ": " + reason);
    }
  }

  /** All of it is watched: where that is over it is told again. */
  void watched() {
    isUnwatchedTold = false;
  }
}
