package org.inotify4j.recovery;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.follow.Interests;

/**
 * What an audience wants to hear, and beside it everything that changes what is known: that is told
 * with {@link #NOTED} among the kinds.
 */
final class WholeInterests implements Interests {

  /** It is to be noted, whether it is wanted or not. */
  static final int NOTED = 1 << 30;

  private static final int CHANGES =
      Mask.of(Flag.CREATE, Flag.DELETE, Flag.MODIFY, Flag.ATTRIB) | Mask.MOVE;

  private final Interests wanted;

  WholeInterests(Interests wanted) {
    this.wanted = wanted;
  }

  @Override
  public int mask() {
    return wanted.mask() | CHANGES;
  }

  @Override
  public int kinds(int mask, boolean hasName) {
    int kinds = wanted.kinds(mask, hasName);
    return hasName && (mask & CHANGES) != 0 ? kinds | NOTED : kinds;
  }

  @Override
  public int kindsOfReplacement(int mask) {
    return wanted.kindsOfReplacement(mask) | NOTED;
  }

  @Override
  public boolean renames() {
    return wanted.renames();
  }

  @Override
  public boolean unwatched() {
    return wanted.unwatched();
  }
}
