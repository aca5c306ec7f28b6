package org.inotify4j.file;

import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.LateRecords;

/**
 * Who depends on what is watched: what it wants of that, where the records come for it, what it
 * does where none says that it is to look, and whether it is over.
 */
final class Dependent {

  private final Inbox inbox;
  private final LateRecords<PathStep> late;
  private final Runnable look;
  private final AtomicBoolean isToLook = new AtomicBoolean();
  private final AtomicBoolean isToLookAtMounts = new AtomicBoolean();
  private final AtomicBoolean isToWatchAnew = new AtomicBoolean();
  private Runnable mounted;
  private Runnable watchAnew = () -> {};

  /** What it has wanted so far of names, and of files themselves. The hub's lock guards these. */
  private int wantedOfNames;

  private int wantedOfContent;
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

  /** Says what is done to watch once more what its path leads by, before anything is watched. */
  void whenMaskIsOther(Runnable action) {
    watchAnew = action;
  }

  /** Has it watch the directories on its way once more: that replaces masks which are too much. */
  void replaceMasks() {
    atNextTurn(isToWatchAnew, watchAnew);
  }

  /** Notes what it wants, also, of something on its way. Under the hub's lock. */
  void wants(PathStep.Role role, int events) {
    if (role == PathStep.Role.FILE) {
      wantedOfNames |= events;
    } else if (role == PathStep.Role.CONTENT) {
      wantedOfContent |= events;
    }
  }

  /** What it wants, at most, of something on its way. Under the hub's lock. */
  int wanted(PathStep.Role role) {
    return switch (role) {
      case DIRECTORY -> InodeWatch.MOVED;
      case CONTENT -> wantedOfContent;
      case FILE, LINK, MISSING -> wantedOfNames;
    };
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
