package org.inotify4j.follow;

import org.inotify4j.hub.KernelRecord;

/** Takes what comes for a follower, for a test that is none. */
public final class Inboxes {

  private Inboxes() {}

  /** Runs the marks that have come by; records are dropped. */
  public static void runMarks(Inbox inbox) {
    for (InboxBatch batch = inbox.take(); batch != null; batch = inbox.take()) {
      boolean unused = batch.run(new KernelRecord(), record -> {});
      inbox.release(batch);
    }
  }
}
