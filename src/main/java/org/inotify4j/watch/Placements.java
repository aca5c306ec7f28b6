package org.inotify4j.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inotify4j.INotifyEvent;

/**
 * What happens to watches while threads are on their way from the kernel, which gave them a watch
 * descriptor, to the table, where the poller looks it up.
 *
 * <p>The call that places a watch may take long, on a slow file system, so no lock is held during
 * it. Two things can happen before the descriptor is in the table: events of it come, which are
 * kept here until it is; and it is removed, or dies, since another registration had it too, which
 * is noted here so that the registration starts again. Descriptors are not used twice, so neither
 * can be about anything else. All of it is forgotten when nobody is on the way.
 *
 * <p>Not safe for use by several threads: the hub's lock guards it.
 */
final class Placements {

  private final Set<Integer> gone = new HashSet<>();
  private final Map<Integer, List<INotifyEvent>> early = new HashMap<>();
  private int underWay;
  private boolean overflowed;

  void begin() {
    underWay++;
  }

  void end() {
    underWay--;
    if (underWay == 0) {
      gone.clear();
      early.clear();
      overflowed = false;
    }
  }

  /** Notes that a watch is gone. */
  void gone(int wd) {
    if (underWay > 0) {
      gone.add(wd);
      early.remove(wd);
    }
  }

  boolean isGone(int wd) {
    return gone.contains(wd);
  }

  /** Keeps an event of a watch that is not in the table, if it may be yet to come there. */
  void keep(KernelRecord event) {
    if (underWay > 0 && !isGone(event.wd())) {
      early.computeIfAbsent(event.wd(), wd -> new ArrayList<>()).add(event.copy());
    }
  }

  /** Takes the events that were kept. */
  List<INotifyEvent> take(int wd) {
    List<INotifyEvent> events = early.remove(wd);
    return events == null ? List.of() : events;
  }

  /** Notes that events were lost. */
  void overflow() {
    overflowed = underWay > 0;
  }

  boolean isOverflowed() {
    return overflowed;
  }
}
