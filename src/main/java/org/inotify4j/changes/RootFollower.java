package org.inotify4j.changes;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.FollowerSet;
import org.inotify4j.hub.Hub;
import org.inotify4j.recovery.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * One directory, or one name, that is followed: what is at a root's path until something else is
 * there.
 */
final class RootFollower {

  private final FileIdentity identity;
  private final Follower follower;
  private final Recovery recovery;
  private final RootListener listener;
  private final @Nullable RootWatch watch;

  /** What was told when the directory was gone. */
  private volatile @Nullable KnownEntries last;

  private volatile boolean isEnded;

  /**
   * A follower that is in place.
   *
   * @param identity which directory it is, by its path
   * @param watch its own watch, if it has one
   */
  RootFollower(
      FileIdentity identity,
      Follower follower,
      Recovery recovery,
      RootListener listener,
      @Nullable RootWatch watch) {
    this.identity = identity;
    this.follower = follower;
    this.recovery = recovery;
    this.listener = listener;
    this.watch = watch;
  }

  FileIdentity identity() {
    return identity;
  }

  Follower follower() {
    return follower;
  }

  /** The directory is gone. In the thread that tells the listener. */
  void ended() {
    last = recovery.told();
    isEnded = true;
  }

  boolean isEnded() {
    return isEnded;
  }

  /** What was told when it had ended. */
  @Nullable KnownEntries last() {
    return last;
  }

  /**
   * What the listener knows now; null where the follower is closed.
   *
   * @param sink knows what has not come to it
   */
  @Nullable KnownEntries told(ChangeSink sink) throws InterruptedException {
    return ask(sink::takeBack);
  }

  /** What was told in the end: nothing is told any more. */
  @Nullable KnownEntries toldInTheEnd() throws InterruptedException {
    KnownEntries told = isEnded ? null : ask(known -> listener.turnOff());
    // The directory may have gone meanwhile.
    return told == null ? last : told;
  }

  private @Nullable KnownEntries ask(Consumer<KnownEntries> atThatMoment)
      throws InterruptedException {
    BlockingQueue<Optional<KnownEntries>> answers = new ArrayBlockingQueue<>(1);
    boolean unused =
        recovery.ask(
            known -> {
              KnownEntries copy = known == null ? null : known.copy();
              if (copy != null) {
                atThatMoment.accept(copy);
              }
              answers.add(Optional.ofNullable(copy));
            });
    follower.goOn();
    return answers.take().orElse(null);
  }

  /**
   * Tells from here on what another one has told of the same directory until now, of which other
   * entries count. In the thread that registers it.
   */
  void succeed(RootFollower before, Hub hub, FollowerSet all) {
    before.follower.letPassWhoWaits();
    boolean isOrderly = follower.succeed(before.follower);
    recovery.succeedWithOthers(before.recovery);
    hub.atThisPlace(
        () -> {
          before.follower.giveWayTo(follower);
          follower.tellFromHere();
        });
    before.release();
    if (!isOrderly) {
      all.dropWaiting(before.follower);
    }
  }

  /** Gives the root's own watch back. */
  private void release() {
    if (watch != null) {
      watch.close();
    }
  }

  /** Tells nothing any more, and gives the root's own watch back. */
  void close() {
    listener.turnOff();
    release();
  }
}
