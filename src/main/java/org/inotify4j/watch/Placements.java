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
 * kept here until it is; and it is removed, or dies, or its mask is replaced, since another
 * registration had it too, which is noted here so that the registration starts again. Descriptors
 * are not used twice, so none of this can be about anything else. All of it is forgotten when
 * nobody is on the way.
 *
 * <p>Not safe for use by several threads: the hub's lock guards it.
 */
final class Placements {

  private final Set<Integer> gone = new HashSet<>();
  private final Map<Integer, Long> narrowed = new HashMap<>();
  private final Map<Integer, List<INotifyEvent>> early = new HashMap<>();
  private int underWay;

  /** Counts what is noted with its time. */
  private long now;

  private long overflowed;

  void begin() {
    underWay++;
  }

  /** What is noted from here on has a later time. */
  long now() {
    return now;
  }

  void end() {
    underWay--;
    if (underWay == 0) {
      gone.clear();
      narrowed.clear();
      early.clear();
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

  /** Notes that the mask of a watch was replaced. */
  void narrowed(int wd) {
    if (underWay > 0) {
      narrowed.put(wd, ++now);
    }
  }

  boolean isNarrowedSince(long time, int wd) {
    return narrowed.getOrDefault(wd, 0L) > time;
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
    overflowed = ++now;
  }

  boolean isOverflowedSince(long time) {
    return overflowed > time;
  }
}
