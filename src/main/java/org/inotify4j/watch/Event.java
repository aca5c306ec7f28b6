package org.inotify4j.watch;

import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.jspecify.annotations.Nullable;

/** An event as the consumer gets it. */
record Event<T>(
    WatchEvent.Kind<T> kind,
    @Nullable T context,
    int count,
    int mask,
    int cookie,
    boolean isSynthetic)
    implements INotifyWatchEvent<T> {

  static Event<Object> overflow(int count) {
    return new Event<>(
        StandardWatchEventKinds.OVERFLOW, null, count, Flag.Q_OVERFLOW.bit(), 0, false);
  }

  @Override
  public String toString() {
    return kind.name()
        + (context == null ? "" : " " + context)
        + " ["
        + Mask.toString(mask)
        + (count == 1 ? "" : ", count=" + count)
        + "]";
  }
}
