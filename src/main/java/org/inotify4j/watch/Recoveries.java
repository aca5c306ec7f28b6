package org.inotify4j.watch;

import java.util.function.Supplier;
import org.inotify4j.follow.Inbox;
import org.inotify4j.hub.Hub;
import org.inotify4j.poll.PollPace;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Disk;
import org.inotify4j.recovery.Listener;
import org.inotify4j.recovery.Recovery;

/**
 * Makes what tells one audience what no record says, each time that there is a reason to have one.
 *
 * @param inbox where the records of the model come
 * @param listener the audience
 * @param disks the disk as that hears of it
 * @param paces how often that is polled
 */
record Recoveries(
    Hub hub, Inbox inbox, Listener listener, Supplier<Disk> disks, Supplier<PollPace> paces) {

  /** One that has told nothing. */
  Recovery of(Disk disk, Beginning beginning) {
    return new Recovery(hub, inbox, listener, disk, beginning);
  }
}
