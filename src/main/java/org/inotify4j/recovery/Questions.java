package org.inotify4j.recovery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.inotify4j.entries.KnownEntries;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to have what is known. Any thread may ask, and then has the follower go on, whose
 * thread answers. As long as it is another one that tells, since this one is yet to go on from
 * there, that one answers: it may take long until it is done, as where there is no room for what it
 * tells.
 *
 * <p>The race of who asks with the end: the question is there before it is asked whether that has
 * come, and the end is noted before the last answer.
 */
final class Questions {

  private final Queue<Consumer<@Nullable KnownEntries>> open = new ConcurrentLinkedQueue<>();
  private volatile boolean isEnded;

  /** Those of who tells until this one goes on from there; null from then on. */
  private volatile @Nullable Questions before;

  /** Another one tells for now. */
  void comeAfter(Questions others) {
    before = others;
  }

  /** Asks who tells; whether that is another one. */
  boolean add(Consumer<@Nullable KnownEntries> question) {
    Questions asked = whoTells();
    asked.open.add(question);
    if (asked.isEnded) {
      asked.answerAll(null);
    }
    return !asked.equals(this);
  }

  /** One that was closed before its turn may still stand behind one that tells. */
  private Questions whoTells() {
    Questions first = this;
    for (Questions others = before; others != null; others = others.before) {
      first = others.isEnded ? first : others;
    }
    return first;
  }

  /** Nobody else tells any more. */
  void answer(@Nullable KnownEntries answer) {
    before = null;
    answerAll(answer);
  }

  private void answerAll(@Nullable KnownEntries answer) {
    for (var next = open.poll(); next != null; next = open.poll()) {
      next.accept(answer);
    }
  }

  /** Nobody knows any more. */
  void end() {
    isEnded = true;
    answerAll(null);
  }
}
