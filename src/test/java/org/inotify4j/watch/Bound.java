package org.inotify4j.watch;

import org.inotify4j.hub.Hub;

/** Services whose keys take few events. */
final class Bound {

  private static final String PROPERTY = "inotify4j.maxPendingEvents";

  private Bound() {}

  /** A service of which each key takes so many events. */
  static INotifyWatchService of(int events, Hub hub) {
    String before = System.setProperty(PROPERTY, String.valueOf(events));
    try {
      return INotifyWatchService.open(hub);
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }
}
