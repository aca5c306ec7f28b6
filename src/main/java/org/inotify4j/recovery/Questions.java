package org.inotify4j.recovery;

import java.util.List;
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

  /** Those of all that tell one after the other, as far as they have not ended, in their order. */
  private volatile Queue<Questions> row = new ConcurrentLinkedQueue<>(List.of(this));

  /** Another one tells for now. */
  void comeAfter(Questions others) {
    row = others.row;
    row.add(this);
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

  /** It is never one behind this one: who waits would have the follower of this one go on. */
  private Questions whoTells() {
    Questions first = row.peek();
    return first == null || isEnded ? this : first;
  }

  /** This one tells. */
  void answer(@Nullable KnownEntries answer) {
    answerAll(answer);
  }

  private void answerAll(@Nullable KnownEntries answer) {
    for (var next = open.poll(); next != null; next = open.poll()) {
      next.accept(answer);
    }
  }

  /** Whether nobody knows any more. */
  boolean isEnded() {
    return isEnded;
  }

  /** Nobody knows any more. */
  void end() {
    isEnded = true;
    row.remove(this);
    answerAll(null);
  }
}
