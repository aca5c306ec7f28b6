package org.inotify4j.cli.roots;

import org.inotify4j.Flag;
import org.inotify4j.Mask;

/**
 * Tells the end of a file as that of the file itself, where only that was asked for: a service that
 * watches a single file knows of its name, which is deleted, moved away, or given to another file.
 */
final class FileEnds {

  private static final int COMES = Mask.of(Flag.CREATE, Flag.MOVED_TO);
  private static final int GOES = Mask.of(Flag.DELETE, Flag.MOVED_FROM);

  private final int asked;

  /** Whether a file that comes to the name takes the place of another one. */
  private boolean isThere;

  /**
   * Of one file.
   *
   * @param asked the mask of the events that the user wants to see
   * @param isThere whether there is one now
   */
  FileEnds(int asked, boolean isThere) {
    this.asked = asked;
    this.isThere = isThere;
  }

  /** What a service is asked for, so that no end is missed. */
  static int wanted(int asked) {
    int wanted = asked;
    if (Flag.DELETE_SELF.isIn(asked)) {
      wanted |= COMES | GOES;
    }
    return Flag.MOVE_SELF.isIn(asked) ? wanted | Flag.MOVED_FROM.bit() : wanted;
  }

  /** An event's mask in the words that were asked for; as it is where there are none. */
  int told(int mask) {
    boolean wasThere = isThere;
    if ((mask & COMES) != 0) {
      isThere = true;
    } else if ((mask & GOES) != 0) {
      isThere = false;
    }
    if ((mask & asked) != 0) {
      return mask;
    }
    boolean isReplaced = Flag.MOVED_TO.isIn(mask) && wasThere;
    if ((Flag.DELETE.isIn(mask) || isReplaced) && Flag.DELETE_SELF.isIn(asked)) {
      return Flag.DELETE_SELF.bit();
    }
    return Flag.MOVED_FROM.isIn(mask) && Flag.MOVE_SELF.isIn(asked) ? Flag.MOVE_SELF.bit() : mask;
  }
}
