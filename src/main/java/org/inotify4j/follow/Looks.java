package org.inotify4j.follow;

import java.util.function.IntConsumer;
import org.inotify4j.hub.Hub;

/**
 * The looks of a model at the disk after its first one, each with a mark behind it in the kernel's
 * queue: up to there records may be older than what was seen. Only the last mark counts.
 *
 * <p>One thread at a time uses it, that of the follower.
 */
final class Looks {

  private final Hub hub;
  private final Inbox inbox;
  private final Model model;
  private int count;

  Looks(Hub hub, Inbox inbox, Model model) {
    this.hub = hub;
    this.inbox = inbox;
    this.model = model;
  }

  /** How many there were: the number of the last one, and 0 for the first look of all. */
  int count() {
    return count;
  }

  /**
   * Has the model look at everything, and be quiet from here on.
   *
   * @param reached gets the number of this look when its mark has come by, which is at the end of
   *     the inbox where the kernel's queue cannot be marked
   */
  void lookAnew(IntConsumer reached) {
    int number = ++count;
    model.quiet(true);
    model.look();
    Runnable mark = () -> reached.accept(number);
    if (!inbox.markIn(hub, mark)) {
      inbox.mark(mark);
    }
  }
}
