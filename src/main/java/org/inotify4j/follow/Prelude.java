package org.inotify4j.follow;

import java.io.IOException;

/**
 * What an audience is told that no record says: in a round of the follower, before the next record
 * is taken. One thread at a time calls it, as the model.
 */
public interface Prelude {

  /** There is never anything. */
  Prelude NONE =
      new Prelude() {
        @Override
        public void inPlace() {}

        @Override
        public Step step() {
          return Step.DONE;
        }

        @Override
        public long untilNext() {
          return Long.MAX_VALUE;
        }

        @Override
        public void inStep() {}

        @Override
        public boolean owes() {
          return false;
        }

        @Override
        public void closed() {}
      };

  /**
   * Goes on with what the audience was told by another one, when that is closed. Before anything is
   * told.
   *
   * @return whether it goes on from all that the other one knows then, or tells all anew
   */
  default boolean succeed(Prelude before) {
    return false;
  }

  /**
   * Others who do not know what is told here tell what happens from a place on that is yet to be
   * marked: a look that is not over by now may find what they tell. Any thread may say so.
   */
  default void looksNoMore() {}

  /** Who knows what the audience was told: this one, or one that it has for that. */
  default Prelude whoKnows() {
    return this;
  }

  /** How far it is. */
  enum Step {
    /** Records may be taken. */
    DONE,
    /** There is more to tell; others come in between. */
    MORE,
    /** There is more to tell and no room: who makes room has the follower go on. */
    WAITS
  }

  /**
   * The model knows what there is, and what comes from here on is told: in the thread that
   * registers.
   *
   * @throws IOException if the registration is to fail
   */
  void inPlace() throws IOException;

  /** Tells a part of what there is to tell. */
  Step step();

  /** The model has taken all records that came, and has told what it makes of them. */
  void inStep();

  /** Whether there is something to tell that is older than records to come. */
  boolean owes();

  /** How long until there is something to do, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilNext();

  /** The follower is closed, and no round will be: in any thread. */
  void closed();
}
