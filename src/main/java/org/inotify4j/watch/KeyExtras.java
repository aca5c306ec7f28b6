package org.inotify4j.watch;

import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.follow.Follower;
import org.jspecify.annotations.Nullable;

/**
 * What only a key has that was registered anew, or that is told by a follower: so that thousands of
 * plain ones take less memory. The lock of the service's queue guards it.
 */
final class KeyExtras {

  /** How often the program has made a request. */
  private int requests;

  /** Which of these requests is in effect. */
  private int requestInEffect;

  /** What is heard until the last request is in effect; null where that is so. */
  @Nullable Registration heardUntilThen;

  @Nullable Follower follower;

  /** Whether the follower has something to tell that there was no room for. */
  boolean waitsForRoom;

  private @Nullable OrderedLock registering;

  /** What is heard now, where something was requested last. */
  Registration effective(Registration requested) {
    return heardUntilThen == null ? requested : heardUntilThen;
  }

  /**
   * Notes that something else is requested now.
   *
   * @param effective what is heard until then
   * @return the number of this request
   */
  int request(Registration effective) {
    heardUntilThen = effective;
    return ++requests;
  }

  /** Has a request take effect, unless a later one has already. */
  void takeEffect(int request, Registration newer) {
    if (request > requestInEffect) {
      requestInEffect = request;
      heardUntilThen = request == requests ? null : newer;
    }
  }

  /** Held by the one thread that has a tree or a file tell the key. */
  OrderedLock registering() {
    if (registering == null) {
      registering = new OrderedLock(Rank.REGISTERING);
    }
    return registering;
  }

  /** Changes the follower, and returns the one before. */
  @Nullable Follower changeFollower(@Nullable Follower newer) {
    Follower older = follower;
    follower = newer;
    return older;
  }

  /** The follower, if it waits for room: once. */
  @Nullable Follower takeWhoWaitsForRoom() {
    if (!waitsForRoom) {
      return null;
    }
    waitsForRoom = false;
    return follower;
  }
}
