package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.inotify4j.EventBuffer;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
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
 * subscriber misses an event meanwhile, and without EXCL_UNLINK, since that takes events away;
 * where the mask is then not what all of them want it is narrowed. Narrowing replaces the mask,
 * which would undo what another thread has added and not yet put into the table, so it is counted,
 * and whoever finds that it was done meanwhile places its watch once more.
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

  private static final int MASK_ADD = Flag.MASK_ADD.bit();

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

  /** How often a mask was replaced. */
  @GuardedBy("lock")
  private int narrowings;

  @GuardedBy("lock")
  private boolean closed;

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
    Hub hub = new Hub(libC, inotify);
    Poller.start(hub, inotify);
    return hub;
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

  /** Removes a service with the watches that it has. The last one closes the hub. */
  void detach(Subscriber subscriber, int[] wds) {
    boolean last;
    lock.lock();
    try {
      if (!subscribers.remove(subscriber)) {
        return;
      }
      last = subscribers.isEmpty();
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
      all = watches.keys();
    } finally {
      lock.unlock();
    }
    detach(subscriber, all);
  }

  @GuardedBy("lock")
  private void close() {
    closed = true;
    watches.clear();
    barriers.reachAll();
  }

  /** Ends all services with a cause, so that nobody waits for what will never come. */
  void fail(Throwable cause) {
    List<Subscriber> ended;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      ended = new ArrayList<>(subscribers);
      subscribers.clear();
      close();
    } finally {
      lock.unlock();
    }
    LOG.log(Level.ERROR, "the poller cannot go on; its watch services are closed", cause);
    for (Subscriber subscriber : ended) {
      INotifyWatchService service = subscriber.service();
      if (service != null) {
        service.closedBy(cause);
      }
    }
    inotify.close();
  }

  /** Places a watch for a service, or changes what the service hears of it. */
  Key register(Subscriber subscriber, INotifyWatchService service, Path path, Registration asked)
      throws IOException {
    beginPlacing();
    Key key = null;
    try {
      do {
        int before = narrowings();
        int wd = inotify.addWatch(path, shared(asked.mask()) | asked.pathOptions() | MASK_ADD);
        key = placed(wd, before, subscriber, service, path, asked);
      } while (key == null);
    } catch (ClosedChannelException e) {
      service.checkOpen();
      throw e;
    } finally {
      endPlacing();
    }
    correctMask(key.wd(), path);
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

  private int narrowings() {
    lock.lock();
    try {
      return narrowings;
    } finally {
      lock.unlock();
    }
  }

  /** Puts a watch that the kernel has placed into the table; null if it must be placed again. */
  private @Nullable Key placed(
      int wd,
      int narrowingsBefore,
      Subscriber subscriber,
      INotifyWatchService service,
      Path path,
      Registration asked) {
    lock.lock();
    try {
      if (placements.isGone(wd) || narrowings != narrowingsBefore) {
        return null;
      }
      Watch known = watches.get(wd);
      Watch watch = known != null ? known : new Watch();
      if (known == null) {
        watches.put(wd, watch);
      }
      watch.addMask(shared(asked.mask()));
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
      if (placements.isOverflowed()) {
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
  private void correctMask(int wd, Path path) {
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
        narrow(wd, watch, Barriers.descriptorPath(directory));
      }
    } finally {
      lock.unlock();
      libC.close(directory);
    }
  }

  @GuardedBy("lock")
  private void narrow(int wd, Watch watch, byte[] directory) {
    int mask = wanted(watch, wd);
    int found = libC.inotifyAddWatch(inotifyFd, directory, shared(mask) | MASK_ADD);
    if (found == wd) {
      libC.inotifyAddWatch(inotifyFd, directory, mask);
      watch.setMask(mask);
      narrowings++;
    } else if (found > 0 && !watches.containsKey(found)) {
      // The path leads elsewhere by now, and a watch was placed there.
      libC.inotifyRmWatch(inotifyFd, found);
      placements.gone(found);
    }
  }

  /** What may be added to a mask without a loss for others who subscribe to the watch. */
  private static int shared(int mask) {
    return mask & ~Flag.EXCL_UNLINK.bit();
  }

  /** What the subscribers of a watch want together; EXCL_UNLINK only where all of them do. */
  @GuardedBy("lock")
  private int wanted(Watch watch, int wd) {
    int mask = 0;
    boolean allExclude = true;
    for (Subscriber subscriber : watch.subscribers()) {
      INotifyWatchService service = subscriber.service();
      Registration asked = service == null ? null : service.askedFor(wd);
      if (asked != null) {
        mask |= asked.mask();
        allExclude &= asked.excludesUnlinked();
      }
    }
    return allExclude ? mask : shared(mask);
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
   * Acts when everything that happened before this call has reached its key. The action runs under
   * the lock of the hub: it must be short.
   */
  void whenDelivered(Runnable action) {
    lock.lock();
    try {
      if (closed || barriers.place(() -> whenSettled(action)) < 0) {
        action.run();
      }
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
      while (next(buffer)) {
        try {
          event.set(buffer);
          dispatch(event);
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "an event could not be delivered; its keys get OVERFLOW", e);
          overflow(buffer.wd());
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
      LOG.log(Level.ERROR, "the kernel's bytes cannot be read; all keys get OVERFLOW", e);
      overflow();
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
          INotifyWatchService service = subscriber.service();
          if (service != null) {
            service.deliver(record, held);
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
      INotifyWatchService service = subscriber.service();
      if (service != null) {
        service.watchEnded(wd, held);
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
          INotifyWatchService service = subscriber.service();
          if (service != null) {
            service.overflow(wd);
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
    barriers.placeAgain();
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
