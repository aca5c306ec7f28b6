package org.inotify4j.recovery;

import java.util.Set;
import org.inotify4j.poll.SilentPlaces;
import org.jspecify.annotations.Nullable;

/** Which places of a tree are polled at the moment. One thread asks, that of the follower. */
interface PolledPlaces {

  /** Everything, always. */
  PolledPlaces ALL =
      new PolledPlaces() {
        @Override
        public boolean areSome() {
          return true;
        }

        @Override
        public Set<String> silent() {
          return now();
        }

        @Override
        public Set<String> now() {
          return Set.of(SilentPlaces.ROOT);
        }
      };

  /** Whether there is such a place. */
  boolean areSome();

  /** Those of them that are not left over, but silent: what is in them is no news. */
  Set<String> silent();

  /** A directory is elsewhere, or not there any more, which is null: so are those in it. */
  default void moved(String directory, @Nullable String to) {}

  /** Their paths relative to the root, one char for each byte; the empty one is everything. */
  Set<String> now();
}
