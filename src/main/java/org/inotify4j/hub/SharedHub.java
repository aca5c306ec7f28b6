package org.inotify4j.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.ref.WeakReference;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.jspecify.annotations.Nullable;

/** The hub that the services of this JVM share: opened for the first one, gone after the last. */
public final class SharedHub {

  private static final OrderedLock LOCK = new OrderedLock(Rank.INSTANCE);

  /** Weakly: its poller keeps it as long as it is open, and nobody afterwards. */
  @GuardedBy("LOCK")
  private static WeakReference<@Nullable Hub> shared = new WeakReference<>(null);

  private SharedHub() {}

  /** Adds a service to the hub. */
  public static Hub attach(Subscription subscription) throws IOException {
    LOCK.lock();
    try {
      Hub hub = shared.get();
      if (hub == null || !hub.attach(subscription)) {
        hub = Hub.open();
        hub.attach(subscription);
        shared = new WeakReference<>(hub);
      }
      return hub;
    } finally {
      LOCK.unlock();
    }
  }
}
