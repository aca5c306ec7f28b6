package org.inotify4j.watch;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A service as its hub knows it: by a weak reference, so that a service that the program forgot,
 * with all of its keys, can be cleaned up.
 */
final class Subscriber {

  /** The subscribers of a watch that has this one only: shared by all such watches. */
  final Subscriber[] alone = {this};

  private volatile WeakReference<@Nullable INotifyWatchService> service = new WeakReference<>(null);

  void bind(INotifyWatchService bound) {
    service = new WeakReference<>(bound);
  }

  /** The service, or null where it is not bound yet or forgotten. */
  @Nullable INotifyWatchService service() {
    return service.get();
  }
}
