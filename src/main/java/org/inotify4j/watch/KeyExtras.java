package org.inotify4j.watch;

import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.follow.Follower;
import org.jspecify.annotations.Nullable;

/**
 * What only a key has that was registered anew, or that is told by a follower: so that thousands of
 * plain ones take less memory.
 *
 * <p>The lock of the service's queue guards it.
 */
final class KeyExtras {

  private final OrderedLock lock;

  /** How often the program has made a request. */
  private int requests;

  /** Which of these requests is in effect. */
  private int requestInEffect;

  /** What is heard until the last request is in effect; null where that is so. */
  private @Nullable Registration heardUntilThen;

  /** What tells the key. */
  @Nullable Follower follower;

  /** Whether the follower has something to tell that there was no room for. */
  boolean waitsForRoom;

  private @Nullable OrderedLock registering;

  /**
   * Of a key that was registered once.
   *
   * @param lock the service's
   */
  KeyExtras(OrderedLock lock) {
    this.lock = lock;
  }

  /** Has the key hear nothing until its request takes effect. */
  void hearNothingYet() {
    lock.assertHeld();
    heardUntilThen = Registration.NOTHING;
  }

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
    lock.assertHeld();
    if (request > requestInEffect) {
      requestInEffect = request;
      heardUntilThen = request == requests ? null : newer;
    }
  }

  /** Held by the one thread that has a tree or a file tell the key. Any thread may ask. */
  OrderedLock registering() {
    lock.lock();
    try {
      if (registering == null) {
        registering = new OrderedLock(Rank.REGISTERING);
      }
      return registering;
    } finally {
      lock.unlock();
    }
  }

  /** Changes the follower, and returns the one before. In any thread. */
  @Nullable Follower changeFollower(@Nullable Follower newer) {
    lock.lock();
    try {
      Follower older = follower;
      follower = newer;
      return older;
    } finally {
      lock.unlock();
    }
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
