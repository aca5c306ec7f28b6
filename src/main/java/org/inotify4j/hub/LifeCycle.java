package org.inotify4j.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger.Level;
import org.inotify4j.base.Insistently;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.jspecify.annotations.Nullable;

/**
 * The life of a hub: who is attached to it, and its end, with the last of them or with a fault.
 *
 * <p>A fault closes all who are attached before anything takes memory, since that may be what is
 * missing: nobody is to wait for what will never come. Waking who waits and giving things back is
 * then tried until there is some.
 *
 * <p>The race of who attaches with a fault: who is not bound yet is not told, and asks for the
 * {@link #failure} when it is.
 */
final class LifeCycle {

  private final OrderedLock lock;

  // Made at once: where there is no descriptor left, none can be loaded.
  private final Runnable releasing;
  private final Runnable waking = new Waking();

  @GuardedBy("lock")
  private final Subscriptions subscriptions;

  /**
   * Once this is true the services are closed, all that were bound, and stay so. It changes under
   * the lock.
   */
  private volatile boolean closed;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  /**
   * A life that begins.
   *
   * @param releasing gives everything back, when the hub is closed: in the thread that closes it,
   *     under no lock, and once more where it threw for want of memory
   */
  LifeCycle(OrderedLock lock, Subscriptions subscriptions, Runnable releasing) {
    this.lock = lock;
    this.subscriptions = subscriptions;
    this.releasing = releasing;
  }

  /** Adds a service; false if the hub is closed already. */
  boolean attach(Subscription subscription) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      return subscriptions.add(subscription);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a service out. The last one closes the hub.
   *
   * @return the watches that it leaves behind, to be removed
   */
  int[] detach(Subscription subscription) {
    boolean last;
    int[] wds;
    lock.lock();
    try {
      boolean isTaken = subscriptions.take(subscription);
      // Also where it was taken out before, and there was no memory for what follows.
      last = subscriptions.isEmpty() && (isTaken || closed);
      closed |= last;
      wds = last ? new int[0] : subscription.wds().toArray();
    } finally {
      lock.unlock();
    }
    if (last) {
      Insistently.run(releasing);
    }
    return wds;
  }

  /** Ends all services with a cause. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      failure = cause;
      subscriptions.failed(cause);
    } catch (RuntimeException | Error e) {
      suppress(cause, e);
    } finally {
      lock.unlock();
    }
    doAfter(cause, waking);
    doAfter(cause, releasing);
    Log.log(Level.ERROR, "the poller cannot go on; its watch services are closed", cause);
  }

  /** Does something after a fault: what is thrown by it is told with that, and ends nothing. */
  private static void doAfter(Throwable fault, Runnable action) {
    try {
      Insistently.run(action);
    } catch (Throwable e) {
      suppress(fault, e);
    }
  }

  /** Has a fault tell of one behind it as well, if there is memory for that. */
  @SuppressWarnings("ReferenceEquality") // Only itself it cannot suppress.
  static void suppress(Throwable fault, Throwable behind) {
    try {
      if (behind != fault) {
        fault.addSuppressed(behind);
      }
    } catch (OutOfMemoryError e) {
      // The first one is what matters.
    }
  }

  /** Lets nobody wait for the services that {@link #fail} has closed. */
  private void wakeAll() {
    lock.lock();
    try {
      subscriptions.wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Why the hub cannot go on, if that is so. */
  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing may be done with the descriptor any more. The lock is held. */
  boolean isClosed() {
    lock.assertHeld();
    return closed;
  }

  /** Whether the hub is closed, or may be so in a moment. Any thread may ask. */
  boolean isOver() {
    return closed;
  }

  /** Lets nobody wait any more. */
  private final class Waking implements Runnable {
    @Override
    public void run() {
      wakeAll();
    }
  }
}
