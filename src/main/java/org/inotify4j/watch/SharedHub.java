package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.jspecify.annotations.Nullable;

/** The hub that the services of this JVM share: opened for the first one, gone after the last. */
final class SharedHub {

  private static final OrderedLock LOCK = new OrderedLock(Rank.INSTANCE);

  @GuardedBy("LOCK")
  private static @Nullable Hub hub;

  private SharedHub() {}

  /** Adds a service to the hub. */
  static Hub attach(Subscriber subscriber) throws IOException {
    LOCK.lock();
    try {
      if (hub == null || !hub.attach(subscriber)) {
        Hub fresh = Hub.open();
        fresh.attach(subscriber);
        hub = fresh;
      }
      return hub;
    } finally {
      LOCK.unlock();
    }
  }
}
