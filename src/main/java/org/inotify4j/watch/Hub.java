package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.inotify4j.EventBuffer;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.inotify4j.Mask;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * One inotify instance with its poller thread and its table of watches, shared by services.
 *
 * <p>A watch of the kernel belongs to an inode and has one mask. Here it has subscribers, services
 * that each have a key for it, and its mask is at least the union of what they want; each key
 * filters.
 *
 * <p><b>Registering</b> places the watch without holding the lock, since the path may lie on a file
 * system that takes its time, and nobody else is to wait for it. {@link Placements} closes the gap
 * until the watch is in the table. The kernel is always asked to add to the mask, so that no other
 * subscriber misses an event meanwhile; where the mask is then more than is wanted it is narrowed.
 * Narrowing replaces the mask, which would undo what another thread has added and not yet put into
 * the table, so it is noted, and whoever finds that it was done to its watch meanwhile places the
 * watch once more.
 *
 * <p>EXCL_UNLINK is never added, since it would take events from the other subscribers: it comes
 * with a replaced mask.
 *
 * <p>Where the watch was there before, the kernel's queue may hold events of it that happened
 * before the registration. The new key must not hear them, and one that changes what it hears must
 * hear them as it did before: so the change takes effect behind a mark in the queue ({@link
 * Barriers}).
 *
 * <p><b>Locks.</b> The hub's lock comes first, then that of a service ({@link SignalQueue}).
 */
final class Hub {

  private static final Logger LOG = System.getLogger("org.inotify4j.watch");

  /** How many watches are removed before the poller is waited for. */
  private static final int SLICE = 1024;

  private final LibC libC;
  private final INotify inotify;
  private final int inotifyFd;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final IntMap<Watch> watches = new IntMap<>();

  @GuardedBy("lock")
  private final Set<Subscriber> subscribers = new HashSet<>();

  @GuardedBy("lock")
  private final Placements placements = new Placements();

  @GuardedBy("lock")
  private final HeldMoves held = new HeldMoves();

  @GuardedBy("lock")
  private final KernelRecord event = new KernelRecord();

  @GuardedBy("lock")
  private final Barriers barriers;

  private final TreeWorker worker = new TreeWorker();

  /** Once this is true the services are closed, all that were bound, and stay so. */
  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  private Hub(LibC libC, INotify inotify) throws IOException {
    this.libC = libC;
    this.inotify = inotify;
    this.inotifyFd = inotify.fd();
    this.barriers = new Barriers(libC, inotifyFd);
  }

  /** A hub with its poller running. */
  static Hub open() throws IOException {
    return open(SystemLibC.get(), INotify.builder().nonblocking(true).open());
  }

  static Hub open(LibC libC, INotify inotify) throws IOException {
    return open(libC, inotify, Poller.CAPACITY);
  }

  /** A hub whose poller reads as many bytes at a time. */
  static Hub open(LibC libC, INotify inotify, int capacity) throws IOException {
    try {
      Hub hub = new Hub(libC, inotify);
      Poller.start(hub, inotify, capacity);
      return hub;
    } catch (Throwable e) {
      // No memory for the poller's thread.
      inotify.close();
      throw e;
    }
  }

  /** Adds a service; false if the hub is closed already. */
  boolean attach(Subscriber subscriber) {
    lock.lock();
    try {
      return !closed && subscribers.add(subscriber);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes a service with the watches that it has. The last one closes the hub. Of two threads
   * that close a service at the same time the second to come here may be the one with its watches.
   */
  void detach(Subscriber subscriber, int[] wds) {
    boolean last;
    lock.lock();
    try {
      last = subscribers.remove(subscriber) && subscribers.isEmpty();
      if (last) {
        close();
      }
    } finally {
      lock.unlock();
    }
    if (last) {
      inotify.close();
    } else {
      for (int wd : wds) {
        unsubscribe(subscriber, wd);
      }
    }
  }

  /** Removes a service that the program forgot. */
  void detachForgotten(Subscriber subscriber) {
    int[] all;
    lock.lock();
    try {
      all = subscribers.contains(subscriber) ? watches.keys() : new int[0];
    } finally {
      lock.unlock();
    }
    detach(subscriber, all);
  }

  @GuardedBy("lock")
  private void close() {
    closed = true;
    worker.close();
    watches.clear();
    barriers.reachAll();
    held.end();
  }

  /** Ends all services with a cause, so that nobody waits for what will never come. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      failure = cause;
      for (Subscriber subscriber : subscribers) {
        INotifyWatchService service = subscriber.service();
        if (service != null) {
          service.closedBy(cause);
        }
      }
      subscribers.clear();
      close();
    } finally {
      lock.unlock();
    }
    inotify.close();
    LOG.log(Level.ERROR, "the poller cannot go on; its watch services are closed", cause);
  }

  /** Closes a service that was not bound yet when {@link #fail} closed the others. */
  void closeIfFailed(INotifyWatchService service) {
    lock.lock();
    try {
      if (failure != null) {
        service.closedBy(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Places a watch for a service, or changes what the service hears of it. */
  Key register(Subscriber subscriber, INotifyWatchService service, Path path, Registration asked)
      throws IOException {
    beginPlacing();
    Key key = null;
    try {
      do {
        long start = placementTime();
        int wd = inotify.addWatch(path, asked.events() | asked.pathOptions() | Flag.MASK_ADD.bit());
        key = placed(wd, start, subscriber, service, path, asked);
      } while (key == null);
    } catch (ClosedChannelException e) {
      service.checkOpen();
      throw e;
    } finally {
      endPlacing();
    }
    replaceMaskIfOther(key.wd(), path);
    return key;
  }

  private void beginPlacing() {
    lock.lock();
    try {
      placements.begin();
    } finally {
      lock.unlock();
    }
  }

  private void endPlacing() {
    lock.lock();
    try {
      placements.end();
    } finally {
      lock.unlock();
    }
  }

  private long placementTime() {
    lock.lock();
    try {
      return placements.now();
    } finally {
      lock.unlock();
    }
  }

  /** Puts a watch that the kernel has placed into the table; null if it must be placed again. */
  private @Nullable Key placed(
      int wd,
      long start,
      Subscriber subscriber,
      INotifyWatchService service,
      Path path,
      Registration asked) {
    lock.lock();
    try {
      if (closed) {
        // With the instance its watches are gone, and the number of its descriptor may stand for
        // another one already.
        service.checkOpen();
        throw new ClosedWatchServiceException();
      }
      if (placements.isGone(wd) || placements.isNarrowedSince(start, wd)) {
        return null;
      }
      Watch known = watches.get(wd);
      Watch watch = known != null ? known : new Watch();
      if (known == null) {
        watches.put(wd, watch);
      }
      watch.addMask(asked.events());
      watch.subscribe(subscriber);
      Key key;
      try {
        key = service.keyFor(wd, path, asked, known == null);
      } catch (ClosedWatchServiceException e) {
        unsubscribe(subscriber, wd);
        throw e;
      }
      List<INotifyEvent> early = placements.take(wd);
      for (INotifyEvent kept : early) {
        event.set(kept);
        dispatch(event);
      }
      if (!early.isEmpty()) {
        // One may be held, and the poller waits without knowing for how long at most.
        wakePoller();
      }
      if (placements.isOverflowedSince(start)) {
        key.overflow();
        reconcile();
      }
      return key;
    } finally {
      lock.unlock();
    }
  }

  private void wakePoller() {
    try {
      inotify.wakeup();
    } catch (ClosedChannelException e) {
      // It waits no more.
    }
  }

  /** Replaces the kernel's mask where it is not what the subscribers want together. */
  private void replaceMaskIfOther(int wd, Path path) {
    lock.lock();
    try {
      Watch watch = watches.get(wd);
      if (watch == null || watch.mask() == wanted(watch, wd)) {
        return;
      }
    } finally {
      lock.unlock();
    }
    // The path is walked without the lock; the descriptor makes sure that it is one and the same
    // directory for both of the calls that follow.
    int directory =
        libC.open(PathBytes.of(path), LibC.O_PATH | Processor.O_DIRECTORY | LibC.O_CLOEXEC);
    if (directory < 0) {
      return;
    }
    lock.lock();
    try {
      Watch watch = watches.get(wd);
      if (watch != null) {
        replaceMask(wd, watch, Barriers.descriptorPath(directory));
      }
    } finally {
      lock.unlock();
      libC.close(directory);
    }
  }

  @GuardedBy("lock")
  private void replaceMask(int wd, Watch watch, byte[] directory) {
    int mask = wanted(watch, wd);
    int events = mask & Mask.ALL_EVENTS;
    if (events == 0) {
      return; // The last subscriber is leaving.
    }
    int found = libC.inotifyAddWatch(inotifyFd, directory, events | Flag.MASK_ADD.bit());
    if (found == wd) {
      libC.inotifyAddWatch(inotifyFd, directory, mask);
      watch.setMask(mask);
      placements.narrowed(wd);
    } else if (found > 0 && !watches.containsKey(found)) {
      // The path leads elsewhere by now, and a watch was placed there.
      libC.inotifyRmWatch(inotifyFd, found);
      placements.gone(found);
    }
  }

  /** What the subscribers of a watch want together; EXCL_UNLINK only where all of them do. */
  @GuardedBy("lock")
  private int wanted(Watch watch, int wd) {
    int mask = 0;
    boolean allExclude = true;
    for (Subscriber subscriber : watch.subscribers()) {
      Listener listener = subscriber.listener();
      Registration asked = listener == null ? null : listener.askedFor(wd);
      if (asked != null) {
        mask |= asked.mask();
        allExclude &= asked.excludesUnlinked();
      }
    }
    return allExclude ? mask : mask & ~Flag.EXCL_UNLINK.bit();
  }

  /** Ends a key for its service, which forgets it at the same time. */
  void cancel(Subscriber subscriber, INotifyWatchService service, Key key) {
    lock.lock();
    try {
      if (service.forget(key)) {
        unsubscribe(subscriber, key.wd());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes a service from a watch, and the watch if nobody is left. */
  void unsubscribe(Subscriber subscriber, int wd) {
    lock.lock();
    try {
      Watch watch = watches.get(wd);
      if (watch == null) {
        return;
      }
      watch.unsubscribe(subscriber);
      if (watch.subscribers().length == 0) {
        watches.remove(wd);
        placements.gone(wd);
        // EINVAL: the kernel has removed it already, and its IGNORED is on the way.
        libC.inotifyRmWatch(inotifyFd, wd);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Places a watch for a tree, or adds the tree to the one that there is. The directory is open
   * already, so the kernel has no way to go, and the lock may be held.
   *
   * @param directory a descriptor
   * @param whenShared is given the watch descriptor where others have the watch already; what it
   *     returns is done when the events that happened before have been delivered
   * @return a watch descriptor, or {@code -errno}
   */
  int watch(
      Subscriber subscriber, int directory, int mask, IntFunction<? extends Runnable> whenShared) {
    lock.lock();
    try {
      if (closed || subscriber.isOver()) {
        return -Errno.EBADF.number();
      }
      byte[] path = Barriers.descriptorPath(directory);
      int options = Mask.of(Flag.MASK_ADD, Flag.ONLYDIR);
      int wd = libC.inotifyAddWatch(inotifyFd, path, (mask & Mask.ALL_EVENTS) | options);
      if (wd < 0) {
        return wd;
      }
      Watch known = watches.get(wd);
      Watch watch = known != null ? known : new Watch();
      watch.addMask(mask & Mask.ALL_EVENTS);
      if (known == null) {
        // What another registration has not put into the table yet is older than this.
        placements.take(wd);
        watches.put(wd, watch);
        watch.subscribe(subscriber);
      } else if (!Arrays.asList(known.subscribers()).contains(subscriber)) {
        watch.subscribe(subscriber);
        Runnable action = whenShared.apply(wd);
        if (barriers.place(action) < 0) {
          action.run();
        }
      }
      if (watch.mask() != wanted(watch, wd)) {
        replaceMask(wd, watch, path);
      }
      return wd;
    } finally {
      lock.unlock();
    }
  }

  /** The watch descriptor of a directory that is open, or {@code -errno}: none is placed. */
  int find(int directory) {
    lock.lock();
    try {
      if (closed) {
        return -Errno.EBADF.number();
      }
      byte[] path = Barriers.descriptorPath(directory);
      int wd = libC.inotifyAddWatch(inotifyFd, path, Mask.of(Flag.MOVE_SELF, Flag.MASK_ADD));
      if (wd > 0 && !watches.containsKey(wd)) {
        libC.inotifyRmWatch(inotifyFd, wd);
        placements.gone(wd);
        return -Errno.ENOENT.number();
      }
      return wd;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes a subscriber from watches, with pauses for the poller: the kernel queues an IGNORED for
   * each, and the queue must not fill up.
   */
  void unwatch(Subscriber subscriber, int[] wds) {
    for (int start = 0; start < wds.length; start += SLICE) {
      int end = Math.min(wds.length, start + SLICE);
      CountDownLatch drained = new CountDownLatch(1);
      lock.lock();
      try {
        for (int i = start; i < end; i++) {
          unsubscribe(subscriber, wds[i]);
        }
        if (closed || end == wds.length || lock.getHoldCount() > 1) {
          continue;
        }
        if (barriers.place(drained::countDown) < 0) {
          drained.countDown();
        }
      } finally {
        lock.unlock();
      }
      await(drained);
    }
  }

  private static void await(CountDownLatch drained) {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (true) {
      try {
        drained.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes a subscriber from all of its watches; it gets none any more. */
  void unwatchAll(Subscriber subscriber) {
    int[] wds;
    lock.lock();
    try {
      subscriber.end();
      wds = watches.keysOf(watch -> Arrays.asList(watch.subscribers()).contains(subscriber));
    } finally {
      lock.unlock();
    }
    unwatch(subscriber, wds);
  }

  TreeWorker worker() {
    return worker;
  }

  LibC libC() {
    return libC;
  }

  /**
   * Acts when everything that happened before this call has reached its key, or the hub is closed.
   * The action runs under the lock of the hub: it must be short.
   *
   * @return false if a limit was met, and the action will not run
   */
  boolean whenDelivered(Runnable action) {
    lock.lock();
    try {
      if (closed) {
        action.run();
        return true;
      }
      return barriers.place(() -> whenSettled(action)) >= 0;
    } finally {
      lock.unlock();
    }
  }

  private void whenSettled(Runnable action) {
    lock.lock();
    try {
      held.whenSettled(action);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Acts when the poller comes to this place in the kernel's queue, or at once if it cannot tell.
   * The action is given the moves that are held there.
   */
  void atThisPlace(Consumer<HeldMoves> action) {
    lock.lock();
    try {
      if (barriers.place(() -> withHeld(action)) < 0) {
        action.accept(held);
      }
    } finally {
      lock.unlock();
    }
  }

  private void withHeld(Consumer<HeldMoves> action) {
    lock.lock();
    try {
      action.accept(held);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands the events of a buffer to the keys.
   *
   * @return how long the poller may wait for more, in nanoseconds
   */
  long dispatch(EventBuffer buffer) {
    lock.lock();
    try {
      while (!closed && next(buffer)) {
        try {
          event.set(buffer);
          dispatch(event);
        } catch (RuntimeException | OutOfMemoryError e) {
          // First what gives memory back.
          overflow(buffer.wd());
          LOG.log(Level.ERROR, "an event could not be delivered; its keys get OVERFLOW", e);
        }
      }
      return held.releaseExpired();
    } finally {
      lock.unlock();
    }
  }

  /** Moves to the next record; where the bytes are none, what they may have been is lost. */
  private boolean next(EventBuffer buffer) {
    try {
      return buffer.next();
    } catch (IllegalArgumentException e) {
      overflow();
      LOG.log(Level.ERROR, "the kernel's bytes cannot be read; all keys get OVERFLOW", e);
      return false;
    }
  }

  private void dispatch(KernelRecord record) {
    lock.lock();
    try {
      int wd = record.wd();
      Watch watch = wd > 0 ? watches.get(wd) : null;
      if (record.is(Flag.Q_OVERFLOW)) {
        overflow();
      } else if (watch == null) {
        Runnable action = record.is(Flag.IGNORED) && wd > 0 ? barriers.reached(wd) : null;
        if (action != null) {
          action.run();
        } else if (wd > 0) {
          placements.keep(record);
        }
      } else if (record.is(Flag.IGNORED)) {
        end(wd, watch);
      } else {
        for (Subscriber subscriber : watch.subscribers()) {
          Listener listener = subscriber.listener();
          if (listener != null) {
            listener.deliver(record, held);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The kernel has removed a watch: its keys end. */
  @GuardedBy("lock")
  private void end(int wd, Watch watch) {
    watches.remove(wd);
    placements.gone(wd);
    for (Subscriber subscriber : watch.subscribers()) {
      Listener listener = subscriber.listener();
      if (listener != null) {
        listener.watchEnded(wd, held);
      }
    }
  }

  /** Events of any watch may be lost: every key hears so, and those whose watch is gone end. */
  private void overflow() {
    lock.lock();
    try {
      placements.overflow();
      for (Subscriber subscriber : subscribers) {
        INotifyWatchService service = subscriber.service();
        if (service != null) {
          service.overflow();
        }
      }
      barriers.placeAgain();
      reconcile();
    } finally {
      lock.unlock();
    }
  }

  /** Events of one watch are lost. */
  private void overflow(int wd) {
    lock.lock();
    try {
      Watch watch = wd > 0 ? watches.get(wd) : null;
      if (watch != null) {
        for (Subscriber subscriber : watch.subscribers()) {
          Listener listener = subscriber.listener();
          if (listener != null) {
            listener.overflow(wd);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the keys of watches that the kernel has no more, and whose IGNORED was lost. */
  @GuardedBy("lock")
  private void reconcile() {
    Set<Integer> live = LiveWatches.of(libC, inotifyFd);
    if (live == null) {
      LOG.log(Level.WARNING, "the kernel does not tell which watches are left after an overflow");
      return;
    }
    for (int wd : watches.keys()) {
      Watch watch = watches.get(wd);
      if (watch != null && !live.contains(wd)) {
        end(wd, watch);
      }
    }
  }

  /** How many watches there are. */
  int watchCount() {
    lock.lock();
    try {
      return watches.size();
    } finally {
      lock.unlock();
    }
  }

  int inotifyFd() {
    return inotifyFd;
  }
}
