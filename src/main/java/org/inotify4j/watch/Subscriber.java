package org.inotify4j.watch;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A service or a tree as its hub knows it: by a weak reference, so that a service that the program
 * forgot, with all of its keys, can be cleaned up.
 */
final class Subscriber {

  /** The subscribers of a watch that has this one only: shared by all such watches. */
  final Subscriber[] alone = {this};

  private volatile WeakReference<@Nullable Listener> listener = new WeakReference<>(null);

  private volatile boolean over;

  void bind(Listener bound) {
    listener = new WeakReference<>(bound);
  }

  /** Who it is, or null where it is not bound yet or forgotten. */
  @Nullable Listener listener() {
    return listener.get();
  }

  /** The service, or null where it is not bound yet, or forgotten, or is a tree. */
  @Nullable INotifyWatchService service() {
    return listener.get() instanceof ServiceListener of ? of.service() : null;
  }

  /** From here on it gets no watch any more. */
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
