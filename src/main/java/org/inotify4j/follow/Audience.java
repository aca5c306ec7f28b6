package org.inotify4j.follow;

/**
 * Whom a follower tells what it makes of the kernel's records. What is told after it is over, or
 * when its owner is closed, is told nobody.
 */
public interface Audience {

  /** What it wants to hear. */
  Interests interests();

  /**
   * Tells an event.
   *
   * @param kinds as what, by {@link Interests#kinds}; not 0
   * @param origin how it is known
   * @param path where, relative to what is followed; nothing for that itself
   */
  void tell(int kinds, Origin origin, int mask, int cookie, byte[] path);

  /**
   * Whether a directory can move with all that was told of what is in it. Where not, it is told as
   * gone and come, and what is in it as found there.
   */
  default boolean movesWhole(byte[] from, byte[] to) {
    return true;
  }

  /** Tells both halves of a move as one. */
  void renamed(int mask, int cookie, byte[] from, byte[] to);

  /**
   * A directory was come upon, and not read, as where it is watched already: what is in it stays as
   * it was told.
   */
  default void remains(byte[] path) {}

  /**
   * Tells that something cannot be watched. Only where that is wanted.
   *
   * @param errno why, a positive number; 0 where that is not known
   */
  void unwatched(int mask, int errno, byte[] path);

  /** Records are lost. What there is to tell of that is told when the disk was looked at. */
  void recordsLost();

  /** Tells that events are lost: who wants to know what there is has to look. */
  void overflow();

  /** The same, of what others had yet to tell it who told it before this follower. */
  default void othersLost() {
    overflow();
  }

  /** What is still to be told is dropped, for others tell from here on. Any thread may say so. */
  default void dropped() {
    overflow();
  }

  /** All was told that could be: others tell from here on. */
  default void leaves() {}

  /** What is followed is gone for good, or all was told that was wanted: nothing comes any more. */
  void ended();

  /** Whether all was told that was wanted. */
  boolean isOver();

  /** Whether its owner is open. Any thread may ask. */
  boolean isOpen();

  /** The follower cannot go on, and nobody would notice: the owner is to be closed. */
  void failed(Throwable cause);
}
