package org.inotify4j.cli.roots;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.watch.INotifyWatchService;

/**
 * The looks of a watch service itself, which it hears as those of anybody else: where it lists what
 * is there, looks for what was lost, or polls what the kernel does not tell of. Then each directory
 * that is read counts as one that it reads.
 */
final class OwnLooks {

  /** That a directory is read, as by who looks what is there. */
  private static final int LOOKS = Mask.of(Flag.OPEN, Flag.ACCESS, Flag.CLOSE_NOWRITE);

  private final INotifyWatchService service;
  private boolean areSome;

  /**
   * Those of a service.
   *
   * @param areSome whether it was asked to look, and does not just where it has to
   */
  OwnLooks(INotifyWatchService service, boolean areSome) {
    this.service = service;
    this.areSome = areSome;
  }

  /** Whether an event may be of one. */
  boolean have(int mask) {
    return Flag.ISDIR.isIn(mask) && (mask & LOOKS) != 0 && areSome();
  }

  private boolean areSome() {
    areSome = areSome || service.statistics().pollRounds() > 0;
    return areSome;
  }
}
