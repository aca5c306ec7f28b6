package org.inotify4j.follow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.base.Uninterruptibly;
import org.jspecify.annotations.Nullable;

/**
 * One follower's place in the row of those that tell a key one after the other: its turn comes when
 * it is registered and the one that it replaces is closed.
 *
 * <p>One that takes the place of another tells what comes after its mark, and the other one what
 * came before. The other one may have a lot to do yet, or be held up: only the one that succeeds it
 * waits for it, and its records gather in its inbox until then.
 *
 * <p>Nobody waits in a thread for a turn, so whoever registers anew is not held up by a follower
 * that is. But each one that waits has watches and an inbox, so no more than {@value
 * #LONGEST_QUEUE} may: where one more comes, it takes the place of the last one, which is dropped
 * for an OVERFLOW. So nothing leads to that one any more.
 *
 * <p>A turn is no phase: one that was closed before its turn still stands in the row, since the one
 * behind it must not tell before the one in front has done.
 *
 * <p>Safe for use by several threads, but where it says otherwise. The race of a follower that is
 * closed with its turn that comes: the phase is set before the turn is asked for here, and the turn
 * before the phase there. So one of them at least passes the turn on, and it is passed on once.
 */
final class Succession {

  /** How many followers of a key may wait one for the other. */
  static final int LONGEST_QUEUE = 8;

  /** How long one that would drop another waits for that to be done. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final CurrentPhase phase;
  private final Runnable start;
  private final Runnable goOn;
  private final Runnable looksNoMore;

  /** What is to happen before its turn: its registration, and the end of another. */
  private final AtomicInteger startsAfter = new AtomicInteger(1);

  private final CountDownLatch turn = new CountDownLatch(1);

  /** The one that it waits for, until its turn. */
  private volatile @Nullable Succession predecessor;

  /** Whose turn it is when this one is closed. */
  private final AtomicReference<@Nullable Succession> successor = new AtomicReference<>();

  /** Of how many others it waits for the last one. The thread that registers has it. */
  private int queuedBehind;

  /** Whether another one told the key before. The thread that registers has it. */
  private boolean isReplacement;

  /** Whether the key is to be told of an overflow first. The follower's own thread has it. */
  private boolean owesOverflow;

  /**
   * A place in no row.
   *
   * @param phase its follower's
   * @param start has a worker take the follower, which is not closed
   * @param goOn the same where the follower has its turn, and waits for something
   * @param looksNoMore says that others tell who do not know what the follower tells
   */
  Succession(CurrentPhase phase, Runnable start, Runnable goOn, Runnable looksNoMore) {
    this.phase = phase;
    this.start = start;
    this.goOn = goOn;
    this.looksNoMore = looksNoMore;
  }

  /** The phase that its follower is in. */
  CurrentPhase phase() {
    return phase;
  }

  /**
   * Comes behind another one, in the thread that registers; false if too many wait already, and the
   * other one is to be closed.
   */
  boolean replace(Succession before) {
    isReplacement = true;
    startsAfter.set(2);
    queuedBehind = before.hasTurn() ? 0 : before.queuedBehind + 1;
    owesOverflow = queuedBehind > LONGEST_QUEUE;
    predecessor = owesOverflow ? before.leavePlaceTo(this) : before;
    return !owesOverflow;
  }

  /**
   * Drops its follower, if that waits, and has another one come in its place, in the thread that
   * registers that. The race with its turn: that is either the other one's from here on, or it
   * comes here, and is passed on to the other one as soon as that comes behind.
   *
   * @return whom the other one waits for
   */
  private Succession leavePlaceTo(Succession next) {
    Succession front = predecessor;
    return front != null
            && phase.advance(Phase.SUCCEEDING, Phase.CLOSED)
            && front.successor.compareAndSet(this, next)
        ? front
        : this;
  }

  /**
   * Waits a moment where so many wait already that this one would be dropped for another: who
   * registers again and again is to be slower then, before it loses anything.
   */
  void letPassWhoWaits() {
    if (!hasTurn() && queuedBehind == LONGEST_QUEUE) {
      Uninterruptibly.await(turn, PATIENCE);
    }
  }

  /** What its predecessor does not tell any more may have been passed over. In its own thread. */
  void oweOverflow() {
    owesOverflow |= isReplacement;
  }

  /** Whether the key is to be told of an overflow: says so once. In its own thread. */
  boolean takeOverflow() {
    boolean was = owesOverflow;
    owesOverflow = false;
    return was;
  }

  /** Whether nothing stands before it any more. */
  boolean hasTurn() {
    return turn.getCount() == 0;
  }

  /** Its registration is done. */
  void registered() {
    oneThingLess();
  }

  private void oneThingLess() {
    if (startsAfter.decrementAndGet() == 0) {
      turn.countDown();
      predecessor = null;
      if (phase.is(Phase.CLOSED)) {
        passOn();
      } else {
        start.run();
      }
    }
  }

  /** Another one comes behind this one. */
  void precede(Succession next) {
    successor.set(next);
    if (phase.is(Phase.CLOSED)) {
      closed();
    }
  }

  /** Its follower is closed. It may be called more than once. */
  void closed() {
    if (hasTurn()) {
      passOn();
    }
  }

  private void passOn() {
    Succession next = successor.getAndSet(null);
    if (next != null) {
      next.oneThingLess();
    }
  }

  /** Has the one go on that tells now, where that is another one. */
  void goOnBefore() {
    Succession first = this;
    for (Succession before = predecessor; before != null; before = before.predecessor) {
      first = before;
    }
    if (!first.equals(this)) {
      first.goOn.run();
    }
  }

  /** Its follower and all that it waits for are not to look any more. */
  void looksNoMore() {
    for (Succession late = this; late != null; late = late.predecessor) {
      late.looksNoMore.run();
    }
  }

  /** Mutes its follower and all that it waits for. */
  void mute() {
    for (Succession late = this; late != null; late = late.predecessor) {
      late.phase.mute();
    }
  }
}
