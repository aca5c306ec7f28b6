package org.inotify4j.follow;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All followers of one owner, also those that are being built. Safe for use by several threads. */
public final class FollowerSet {

  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  /**
   * Has a follower look what there is and tell from then on, in the thread that registers it; it is
   * dropped where that fails.
   *
   * @param beginning is run when it knows what there is: calls {@link Follower#tellFromHere} at a
   *     place in the queue
   * @return false if its path leads elsewhere by now, or the owner is closed
   * @throws IOException if it cannot be
   */
  public boolean place(Follower follower, Runnable beginning) throws IOException {
    boolean isInPlace = false;
    // First: who closes the owner sees it, or it sees that the owner is closed.
    add(follower);
    try {
      isInPlace = follower.place(beginning);
      return isInPlace;
    } finally {
      if (!isInPlace) {
        remove(follower);
      }
    }
  }

  void add(Follower follower) {
    followers.add(follower);
  }

  /** Drops a follower with all of its watches. */
  public void remove(Follower follower) {
    followers.remove(follower);
    follower.close();
  }

  /**
   * Closes a follower that another one came in the place of. One that tells by now closes by
   * itself, when it has told the rest: who goes on from there must not begin amid a round of it.
   */
  public void dropWaiting(Follower follower) {
    if (follower.isDropped()) {
      remove(follower);
    }
  }

  /** Records are lost, and nobody knows whose. */
  public void overflow() {
    for (Follower follower : followers) {
      follower.overflow();
    }
  }

  /** Says when all have told all that they have. */
  public void whenSettled(Waiter waiter) {
    List<Follower> all = followers.stream().filter(Follower::isInPlace).toList();
    Waiter each = new ForEach(waiter, all.size() + 1);
    all.forEach(follower -> follower.whenSettled(each));
    each.settled();
  }

  /** Waits for several followers, on behalf of another. */
  private static final class ForEach implements Waiter {
    private final Waiter waiter;
    private final AtomicInteger left;

    ForEach(Waiter waiter, int times) {
      this.waiter = waiter;
      this.left = new AtomicInteger(times);
    }

    @Override
    public void settled() {
      if (left.decrementAndGet() == 0) {
        waiter.settled();
      }
    }

    @Override
    public boolean isWaiting() {
      return waiter.isWaiting();
    }
  }

  /** Lets who registers see that the owner is closed. */
  public void wake() {
    for (Follower follower : followers) {
      follower.wakeRegistration();
    }
  }

  /** Drops all. */
  public void close() {
    for (Follower follower : followers) {
      remove(follower);
    }
  }

  /** How many directories are not watched that should be. Any thread may ask. */
  public int unwatchedCount() {
    return followers.stream().mapToInt(follower -> follower.model().unwatchedCount()).sum();
  }

  /** How many directories are watched beside those that have keys. Any thread may ask. */
  public int watchCount() {
    return followers.stream().mapToInt(follower -> follower.model().watchCount()).sum();
  }
}
