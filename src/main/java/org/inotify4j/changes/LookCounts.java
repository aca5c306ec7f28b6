package org.inotify4j.changes;

import java.util.concurrent.atomic.LongAdder;
import org.inotify4j.follow.Origin;

/** How often records were lost, and the disk was looked at. Any thread may count, and ask. */
final class LookCounts {

  private final LongAdder losses = new LongAdder();
  private final LongAdder rescans = new LongAdder();
  private final LongAdder pollRounds = new LongAdder();

  /** Records were lost. */
  void lost() {
    losses.increment();
  }

  /** What differs was looked for. */
  void looked(Origin origin) {
    switch (origin) {
      case RESCAN -> rescans.increment();
      case POLL -> pollRounds.increment();
      case KERNEL, LISTING -> {}
    }
  }

  long losses() {
    return losses.sum();
  }

  long rescans() {
    return rescans.sum();
  }

  long pollRounds() {
    return pollRounds.sum();
  }
}
