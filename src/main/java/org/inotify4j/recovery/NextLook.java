package org.inotify4j.recovery;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.Log;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Retry;

/**
 * When a recovery is to look: as that is owed, or as it is time to poll, and not while there is no
 * room for what it would tell, nor soon again where it could not be.
 *
 * <p>One thread at a time uses it, that of the follower.
 */
final class NextLook {

  /** When room is looked for that nobody says of, as where other keys give theirs back. */
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  /** How soon it is asked again whether all is certain that was told, where it is time to poll. */
  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(50);

  private final Beginning beginning;
  private final Knowledge knowledge;
  private final KeptPart part;
  private final Rounds rounds;
  private final QuietLooks looks;
  private final Retry retry = new Retry();

  /**
   * The first one.
   *
   * @param looks those at what was told
   */
  NextLook(
      Beginning beginning, Knowledge knowledge, KeptPart part, Rounds rounds, QuietLooks looks) {
    this.beginning = beginning;
    this.knowledge = knowledge;
    this.part = part;
    this.rounds = rounds;
    this.looks = looks;
  }

  /** Whether what is known now is kept, and does not just serve what is told first. */
  boolean isForGood() {
    return beginning.isWholeKept() || (beginning.keepsUnheardOnly() && !part.isWhole());
  }

  /** Whether it is owed. */
  boolean isOwed() {
    return knowledge.owesLook || knowledge.owesFresh;
  }

  /** Whether it is to be now. */
  boolean isDue(KnownEntries known, Listener listener) {
    return (isOwed() || isToPoll(known))
        && !(knowledge.isFull && !listener.hasRoom())
        && !(retry.isOwed() && !retry.isDue());
  }

  /** Whether it is time to poll, and what was told is certain, also of before the beginning. */
  private boolean isToPoll(KnownEntries known) {
    long late = isForGood() && rounds.arePending() ? -rounds.untilNext() : -1;
    return late >= 0 && !knowledge.isBefore && (late > PATIENCE || !known.hasUncertain());
  }

  /** It is over. */
  void succeeded() {
    knowledge.isFull = false;
    retry.succeeded();
  }

  /** It is to be tried again later. */
  void failed() {
    retry.failed();
  }

  /** The same where what is there cannot be read. */
  void failed(IOException cause, Listener listener) {
    if (!retry.isOwed()) {
      Log.warn("what is there cannot be read yet, and will be: " + listener + ": " + cause);
    }
    retry.failed(cause);
  }

  /** What was found is not all: another one is owed. */
  void again() {
    knowledge.owesLook = true;
    retry.begin();
  }

  /** How long until it is, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilDue() {
    KnownEntries known = knowledge.known;
    if (knowledge.isFull) {
      return PATIENCE;
    } else if (isOwed()) {
      return retry.isOwed() ? retry.untilDue() : 0;
    } else if (known == null || !isForGood()) {
      return Long.MAX_VALUE;
    }
    return known.hasReplaced() ? 0 : Math.min(looks.untilDue(known), untilPoll());
  }

  private long untilPoll() {
    if (!rounds.arePending()) {
      return Long.MAX_VALUE;
    }
    // Where it is time what was told is to be certain first, and what was refused is tried later.
    long wait = rounds.untilNext();
    return Math.max(wait > 0 ? wait : SOON, retry.isOwed() ? retry.untilDue() : 0);
  }
}
