package org.inotify4j.recovery;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.follow.Interests;

/**
 * What an audience wants to hear, and beside it what changes what is known: that is told with
 * {@link #NOTED} among the kinds.
 */
final class WholeInterests implements Interests {

  /** It is to be noted, whether it is wanted or not. */
  static final int NOTED = 1 << 30;

  private static final int PLACES = Mask.of(Flag.CREATE, Flag.DELETE) | Mask.MOVE;
  private static final int CHANGES = PLACES | Mask.of(Flag.MODIFY, Flag.ATTRIB);

  private final Interests wanted;
  private final int noted;

  private WholeInterests(Interests wanted, int noted) {
    this.wanted = wanted;
    this.noted = noted;
  }

  /** Of who keeps what was told: also what is in the entries. */
  static WholeInterests inEntries(Interests wanted) {
    return new WholeInterests(wanted, CHANGES);
  }

  /** Of who only tells what is there first: which entries there are, for as long as that takes. */
  static WholeInterests inPlaces(Interests wanted) {
    return new WholeInterests(wanted, PLACES);
  }

  @Override
  public int mask() {
    return wanted.mask() | noted;
  }

  @Override
  public int kinds(int mask, boolean hasName) {
    int kinds = wanted.kinds(mask, hasName);
    return hasName && (mask & noted) != 0 ? kinds | NOTED : kinds;
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
