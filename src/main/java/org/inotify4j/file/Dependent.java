package org.inotify4j.file;

import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.LateRecords;

/**
 * Who depends on what is watched: where the records come for it, what it does where none says that
 * it is to look, and whether it is over.
 */
final class Dependent {

  private final Inbox inbox;
  private final LateRecords<PathStep> late;
  private final Runnable look;
  private final AtomicBoolean isToLook = new AtomicBoolean();
  private final AtomicBoolean isToLookAtMounts = new AtomicBoolean();
  private Runnable mounted;
  private volatile boolean isClosed;

  /**
   * One that is not over.
   *
   * @param look looks anew what is at the path
   */
  Dependent(Inbox inbox, Runnable look) {
    this.inbox = inbox;
    this.late = new LateRecords<>(inbox);
    this.look = look;
    this.mounted = look;
  }

  Inbox inbox() {
    return inbox;
  }

  /** Which records of names are from before it gave these back. Of its own thread. */
  LateRecords<PathStep> late() {
    return late;
  }

  /** Says what is done when something was mounted, before anything is. */
  void whenMounted(Runnable action) {
    mounted = action;
  }

  /** Has it look at its next turn, once however often this is asked for until then. */
  void lookAgain() {
    atNextTurn(isToLook, look);
  }

  /** The same, as something was mounted somewhere. */
  void lookAtMounts() {
    atNextTurn(isToLookAtMounts, mounted);
  }

  private void atNextTurn(AtomicBoolean isToBeDone, Runnable action) {
    if (isToBeDone.compareAndSet(false, true)) {
      inbox.mark(
          () -> {
            isToBeDone.set(false);
            action.run();
          });
    }
  }

  /** From here on it gets no watch any more. Any thread may say so. */
  void close() {
    isClosed = true;
  }

  boolean isClosed() {
    return isClosed;
  }
}
