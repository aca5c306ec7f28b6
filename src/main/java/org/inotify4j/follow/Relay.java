package org.inotify4j.follow;

/** An audience that stands before another one, and leaves to that all that is no event. */
public interface Relay extends Audience {

  /** The one that it stands before. */
  Audience next();

  @Override
  default boolean movesWhole(byte[] from, byte[] to) {
    return next().movesWhole(from, to);
  }

  @Override
  default void unwatched(int mask, int errno, byte[] path) {
    next().unwatched(mask, errno, path);
  }

  @Override
  default void dropped() {
    next().dropped();
  }

  @Override
  default void leaves() {
    next().leaves();
  }

  @Override
  default void ended() {
    next().ended();
  }

  @Override
  default boolean isOver() {
    return next().isOver();
  }

  @Override
  default boolean isOpen() {
    return next().isOpen();
  }

  @Override
  default void failed(Throwable cause) {
    next().failed(cause);
  }
}
