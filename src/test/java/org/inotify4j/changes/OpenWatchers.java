package org.inotify4j.changes;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import org.inotify4j.hub.Hub;

/** The watchers that this JVM keeps from being collected. */
final class OpenWatchers {

  private OpenWatchers() {}

  /** Those on one inotify instance. */
  static List<Watching> on(Hub hub) throws ReflectiveOperationException {
    return all().stream().filter(watching -> watching.hub().equals(hub)).toList();
  }

  static List<Watching> all() throws ReflectiveOperationException {
    Field open = Watching.class.getDeclaredField("OPEN");
    open.setAccessible(true);
    return ((Set<?>) open.get(null)).stream().map(Watching.class::cast).toList();
  }
}
