package org.inotify4j.changes;

import java.util.List;
import java.util.function.Consumer;
import org.inotify4j.base.FlightEvents;
import org.jspecify.annotations.Nullable;

/**
 * What is handed over in one call: the problems, and what has changed.
 *
 * @param batch nothing where only problems are told
 */
record Handed(List<Problem> problems, List<Change> batch) {

  /** Tells all of it; what that threw, or null. */
  @Nullable Throwable to(ChangeListener listener, Consumer<Problem> onError) {
    try {
      problems.forEach(onError);
      if (!batch.isEmpty()) {
        hand(listener);
      }
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void hand(ChangeListener listener) throws Exception {
    FlightEvents.Span span = FlightEvents.batch();
    try {
      listener.changed(batch);
    } finally {
      span.end(batch.get(0).root(), batch.size(), 0);
    }
  }
}
