package org.inotify4j.watch;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.Optional;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.hub.Refusals;
import org.jspecify.annotations.Nullable;

/** An event as the consumer gets it: like the JDK's it equals itself alone. */
record Event<T>(
    WatchEvent.Kind<T> kind,
    @Nullable T context,
    int count,
    int mask,
    int cookie,
    boolean isSynthetic,
    int errno)
    implements INotifyWatchEvent<T> {

  static Event<Object> overflow(int count) {
    return new Event<>(
        StandardWatchEventKinds.OVERFLOW, null, count, Flag.Q_OVERFLOW.bit(), 0, false, 0);
  }

  static Event<Path> unwatched(Path context, int count, int mask, int errno) {
    return new Event<>(INotifyEventKinds.UNWATCHED, context, count, mask, 0, true, errno);
  }

  @Override
  public Optional<String> reason() {
    return errno == 0 ? Optional.empty() : Optional.of(Refusals.reason(-errno));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
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
