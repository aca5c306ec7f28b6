package org.inotify4j.changes;

import java.io.IOException;
import java.util.Set;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.hub.Hub;
import org.inotify4j.poll.PollPace;
import org.inotify4j.poll.SilentPlaces;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.recovery.UnheardPlaces;
import org.inotify4j.tree.TreeModel;
import org.jspecify.annotations.Nullable;

/** What a watcher has for each tree that it follows. */
interface Surroundings {

  Hub hub();

  FollowerSet followers();

  ByteBudget budget();

  WantedChanges wanted();

  /** The pace in which some places are polled; null where there are none. */
  @Nullable PollPace pace(Set<String> places);

  /**
   * The places of a root that are polled. Says so where that is news.
   *
   * @param filter what is left out is none
   * @param before those that were known before
   */
  SilentPlaces.Found polledPlaces(WatchRoot root, EntryFilter filter, Set<String> before);

  /** Has a tree be polled just where it is not heard, if nothing else is asked for. */
  void pollWhereUnheard(UnheardPlaces places, TreeModel tree, Recovery recovery);

  /** Has a follower tell from here on; false if its path leads elsewhere by now. */
  boolean place(Follower follower) throws IOException;

  /**
   * Has a follower tell.
   *
   * @param beginning as of {@link FollowerSet#place}
   */
  boolean place(Follower follower, Runnable beginning) throws IOException;
}
