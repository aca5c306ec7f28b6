package org.inotify4j.recovery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.inotify4j.entries.KnownEntries;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to have what is known. Any thread may ask; the one of the follower answers.
 *
 * <p>The race of who asks with the end: the question is there before it is asked whether that has
 * come, and the end is noted before the last answer.
 */
final class Questions {

  private final Queue<Consumer<@Nullable KnownEntries>> open = new ConcurrentLinkedQueue<>();
  private volatile boolean isEnded;

  void add(Consumer<@Nullable KnownEntries> question) {
    open.add(question);
    if (isEnded) {
      answer(null);
    }
  }

  void answer(@Nullable KnownEntries answer) {
    for (var next = open.poll(); next != null; next = open.poll()) {
      next.accept(answer);
    }
  }

  /** Nobody knows any more. */
  void end() {
    isEnded = true;
    answer(null);
  }
}
