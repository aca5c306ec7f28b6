package org.inotify4j.changes;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.follow.Interests;

/**
 * What a watcher wants to hear of a root: what changes its entries, or that they are finished.
 *
 * @param isFinishedOnly whether it is told of a file when nobody writes it any more
 */
record WantedChanges(boolean isFinishedOnly) implements Interests {

  /** It came. */
  static final int CAME = 1;

  /** It went. */
  static final int WENT = 2;

  /** It was changed. */
  static final int CHANGED = 4;

  /** It was closed by who wrote it. */
  static final int FINISHED = 8;

  private static final int CREATED = Mask.of(Flag.CREATE, Flag.MOVED_TO);
  private static final int DELETED = Mask.of(Flag.DELETE, Flag.MOVED_FROM);
  private static final int MODIFIED = Mask.of(Flag.MODIFY, Flag.ATTRIB);

  @Override
  public int mask() {
    int mask = CREATED | DELETED | Flag.ATTRIB.bit() | Flag.MOVE_SELF.bit();
    return mask | (isFinishedOnly ? Flag.CLOSE_WRITE : Flag.MODIFY).bit();
  }

  @Override
  public int kinds(int mask, boolean hasName) {
    if (!hasName) {
      return 0;
    }
    int kinds = (mask & CREATED) != 0 ? CAME : 0;
    kinds |= (mask & DELETED) != 0 ? WENT : 0;
    if (isFinishedOnly) {
      return kinds | (Flag.CLOSE_WRITE.isIn(mask) ? FINISHED : 0);
    }
    return kinds | ((mask & MODIFIED) != 0 ? CHANGED : 0);
  }

  @Override
  public int kindsOfReplacement(int mask) {
    return CAME;
  }

  @Override
  public boolean renames() {
    return true;
  }

  @Override
  public boolean unwatched() {
    return true;
  }
}
