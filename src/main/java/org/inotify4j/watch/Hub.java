package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.inotify4j.EventBuffer;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.inotify4j.base.Insistently;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.base.Uninterruptibly;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * One inotify instance with its poller thread and its table of watches, shared by services.
 *
 * <p>A watch of the kernel belongs to an inode and has one mask. Here it has subscribers, services
 * that have a key for it and trees that it belongs to, and its mask is at least the union of what
 * they want ({@link WatchTable}); each of them filters.
 *
 * <p><b>Registering</b> places the watch without holding the lock, since the path may lie on a file
 * system that takes its time, and nobody else is to wait for it. {@link Placements} closes the gap
 * until the watch is in the table.
 *
 * <p>Where the watch was there before, the kernel's queue may hold events of it that happened
 * before the registration. The new key must not hear them, and one that changes what it hears must
 * hear them as it did before: so the change takes effect behind a mark in the queue ({@link
 * Barriers}).
 *
 * <p><b>Locks.</b> The hub's lock comes first, then that of a service ({@link SignalQueue}), then
 * that of an {@link Inbox}.
 *
 * <p><b>Faults.</b> One that concerns a record costs the events of its watch, which are told as an
 * OVERFLOW. One after which marks or the ends of watches may be lost closes the services, with the
 * fault as the cause. The part of this that wakes who waits needs no memory, since that may be what
 * is missing; the rest is tried until there is some.
 */
final class Hub {

  /** How many watches are removed before the poller is waited for. */
  private static final int SLICE = 1024;

  /** How long it is waited for at most. */
  private static final Duration DRAINING = Duration.ofSeconds(1);

  private final LibC libC;
  private final INotify inotify;
  private final int inotifyFd;
  private final OrderedLock lock = new OrderedLock(Rank.HUB);

  @GuardedBy("lock")
  private final WatchTable table;

  @GuardedBy("lock")
  private final List<Subscriber> subscribers = new ArrayList<>();

  @GuardedBy("lock")
  private final HeldMoves held;

  @GuardedBy("lock")
  private final KernelRecord event = new KernelRecord();

  @GuardedBy("lock")
  private final Barriers barriers;

  private final Queue<Report> reports = new ConcurrentLinkedQueue<>();

  private final Workers workers = new Workers();

  /** What is to be done before the lock is given back, but not under that of a service. */
  @GuardedBy("lock")
  private final Queue<Runnable> afterwards = new ArrayDeque<>();

  // Made at once: where there is no descriptor left, none can be loaded.
  private final Runnable releasing = this::release;
  private final Runnable waking = this::wakeAll;

  /** Once this is true the services are closed, all that were bound, and stay so. */
  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  private Hub(LibC libC, INotify inotify) throws IOException {
    this.libC = libC;
    this.inotify = inotify;
    this.inotifyFd = inotify.fd();
    this.table = new WatchTable(libC, inotifyFd);
    this.barriers = new Barriers(libC, inotifyFd);
    this.held = new HeldMoves(barriers);
    Refusals.prepare();
  }

  /** A hub with its poller running. */
  static Hub open() throws IOException {
    return open(SystemLibC.get(), INotify.builder().nonblocking(true).open());
  }

  static Hub open(LibC libC, INotify inotify) throws IOException {
    return open(libC, inotify, Poller.CAPACITY);
  }

  /** A hub whose poller reads so many bytes at a time. */
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
      if (closed) {
        return false;
      }
      subscriber.position = subscribers.size();
      return subscribers.add(subscriber);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a service out; false if it was out before. */
  @GuardedBy("lock")
  private boolean take(Subscriber subscriber) {
    int position = subscriber.position;
    if (position == Subscriber.NOWHERE) {
      return false;
    }
    Subscriber last = subscribers.remove(subscribers.size() - 1);
    if (last != subscriber) {
      subscribers.set(position, last);
      last.position = position;
    }
    subscriber.position = Subscriber.NOWHERE;
    return true;
  }

  /** Removes a service with the watches that it has. The last one closes the hub. */
  void detach(Subscriber subscriber) {
    boolean last;
    int[] wds;
    lock.lock();
    try {
      boolean isTaken = take(subscriber);
      // Also where it was taken out before, and there was no memory for what follows.
      last = subscribers.isEmpty() && (isTaken || closed);
      closed |= last;
      wds = last ? new int[0] : subscriber.wds().toArray();
    } finally {
      lock.unlock();
    }
    if (last) {
      Insistently.run(releasing);
    }
    for (int wd : wds) {
      unsubscribe(subscriber, wd);
    }
  }

  /** Gives everything back: the hub is closed. */
  private void release() {
    lock.lock();
    try {
      workers.close();
      table.clear();
      barriers.reachAll();
      held.end();
    } finally {
      lock.unlock();
    }
    inotify.close();
  }

  /**
   * Ends all services with a cause, so that nobody waits for what will never come. They are closed
   * before anything takes memory.
   */
  void fail(Throwable cause) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      failure = cause;
      for (int i = 0; i < subscribers.size(); i++) {
        if (subscribers.get(i).listener() instanceof ServiceListener listener) {
          listener.service().closedBy(cause);
        }
      }
    } finally {
      lock.unlock();
    }
    Insistently.run(waking);
    Insistently.run(releasing);
    Log.log(Level.ERROR, "the poller cannot go on; its watch services are closed", cause);
  }

  /** Lets nobody wait for the services that {@link #fail} has closed. */
  private void wakeAll() {
    lock.lock();
    try {
      for (Subscriber subscriber : subscribers) {
        if (subscriber.listener() instanceof ServiceListener listener) {
          listener.service().wakeAll();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes a service that was not bound yet when {@link #fail} closed the others. */
  void closeIfFailed(INotifyWatchService service) {
    lock.lock();
    try {
      if (failure != null) {
        // Nobody waits for it yet.
        service.closedBy(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Places a watch for a service, or changes what the service hears of it. */
  Key register(Subscriber subscriber, INotifyWatchService service, Path path, Registration asked)
      throws IOException {
    int mask = asked.events() | asked.pathOptions() | Flag.MASK_ADD.bit();
    int wd = 0;
    boolean isMaskOther;
    Key key;
    long start = beginPlacing();
    try {
      wd = inotify.addWatch(path, mask);
      key = placed(wd, start, subscriber, service, path, asked);
      while (key == null) {
        start = placementTime();
        wd = inotify.addWatch(path, mask);
        key = placed(wd, start, subscriber, service, path, asked);
      }
    } catch (ClosedChannelException e) {
      service.checkOpen();
      throw e;
    } finally {
      isMaskOther = endPlacing(wd);
      log();
    }
    if (isMaskOther) {
      replaceMask(wd, path);
    }
    return key;
  }

  /** What is noted from here on is later than this. */
  private long beginPlacing() {
    lock.lock();
    try {
      table.placements().begin();
      return table.placements().now();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the mask of the watch is not what its subscribers want. */
  private boolean endPlacing(int wd) {
    lock.lock();
    try {
      table.placements().end();
      return table.isMaskOther(wd);
    } finally {
      lock.unlock();
    }
  }

  private long placementTime() {
    lock.lock();
    try {
      return table.placements().now();
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
      if (table.placements().isToBePlacedAgain(start, wd)) {
        return null;
      }
      boolean isNew = table.subscribe(wd, subscriber, asked.events());
      Key key;
      try {
        key = service.keyFor(wd, path, asked, isNew);
      } catch (ClosedWatchServiceException e) {
        unsubscribe(subscriber, wd);
        throw e;
      }
      List<INotifyEvent> early = table.placements().take(wd);
      for (INotifyEvent kept : early) {
        event.set(kept);
        boolean unused = dispatch(event);
      }
      if (!early.isEmpty()) {
        // One may be held, and the poller waits without knowing for how long at most.
        wakePoller();
      }
      if (table.placements().isOverflowedSince(start)) {
        key.overflow();
        reconcile();
      }
      runAfterwards();
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

  /** Replaces the kernel's mask by what the subscribers want together, in another thread. */
  void replaceMaskLater(int wd, Path path) {
    workers.submit(new Task("narrowing the mask of " + path, () -> replaceMask(wd, path)));
  }

  /** Replaces the kernel's mask by what the subscribers want together. */
  private void replaceMask(int wd, Path path) {
    OrderedLock.mayBlock();
    // The path is walked without the lock; the descriptor makes sure that it is one and the same
    // directory for both of the calls that follow.
    int directory =
        libC.open(PathBytes.of(path), LibC.O_PATH | Processor.O_DIRECTORY | LibC.O_CLOEXEC);
    if (directory < 0) {
      return;
    }
    try {
      replaceMask(wd, directory);
    } finally {
      libC.close(directory);
    }
  }

  /** Replaces the kernel's mask by what the subscribers want together of an open directory. */
  void replaceMask(int wd, int directory) {
    lock.lock();
    try {
      if (!closed && table.isMaskOther(wd)) {
        table.replaceMask(wd, Barriers.descriptorPath(directory));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the kernel's mask of a watch is not what its subscribers want together. */
  boolean isMaskOther(int wd) {
    lock.lock();
    try {
      return !closed && table.isMaskOther(wd);
    } finally {
      lock.unlock();
    }
  }

  /** Tells a subscriber, once, when a watch was removed: there may be room for one. */
  void waitForRoom(Subscriber subscriber) {
    lock.lock();
    try {
      if (!closed && !subscriber.isOver()) {
        table.waitForRoom(subscriber);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends a key for its service, before the lock is given back that the caller has. */
  void cancelAfterwards(Subscriber subscriber, INotifyWatchService service, Key key) {
    lock.lock();
    try {
      afterwards.add(() -> cancel(subscriber, service, key));
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void runAfterwards() {
    while (!afterwards.isEmpty()) {
      afterwards.remove().run();
    }
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

  /** Removes a subscriber from a watch, and the watch if nobody is left. */
  void unsubscribe(Subscriber subscriber, int wd) {
    lock.lock();
    try {
      table.unsubscribe(subscriber, wd);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Places a watch for a tree on a directory that is open, or adds the tree to the watch that there
   * is.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int watch(Subscriber subscriber, int directory, int events) {
    lock.lock();
    try {
      return closed || subscriber.isOver()
          ? -Errno.EBADF.number()
          : table.place(subscriber, Barriers.descriptorPath(directory), events);
    } finally {
      lock.unlock();
    }
  }

  /** The watch descriptor of a directory that is open, or {@code -errno}: none is placed. */
  int find(int directory) {
    lock.lock();
    try {
      return closed ? -Errno.EBADF.number() : table.find(Barriers.descriptorPath(directory));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes a subscriber from watches, with pauses for the poller: the kernel queues an IGNORED for
   * each, and the queue must not fill up. Not for a thread that has a lock.
   */
  void unwatch(Subscriber subscriber, int[] wds) {
    for (int start = 0; start < wds.length; start += SLICE) {
      int end = Math.min(wds.length, start + SLICE);
      CountDownLatch drained = new CountDownLatch(end < wds.length ? 1 : 0);
      lock.lock();
      try {
        for (int i = start; i < end; i++) {
          table.unsubscribe(subscriber, wds[i]);
        }
        if (closed || (drained.getCount() > 0 && barriers.place(drained::countDown) < 0)) {
          drained.countDown();
        }
      } finally {
        lock.unlock();
      }
      Uninterruptibly.await(drained, DRAINING);
    }
  }

  /** Removes a subscriber from all of its watches; it gets none any more. */
  void unwatchAll(Subscriber subscriber) {
    int[] wds;
    lock.lock();
    try {
      subscriber.end();
      table.forget(subscriber);
      wds = closed ? new int[0] : subscriber.wds().toArray();
    } finally {
      lock.unlock();
    }
    unwatch(subscriber, wds);
  }

  /** Does something short under the lock. */
  void underLock(Runnable action) {
    lock.lock();
    try {
      action.run();
      runAfterwards();
    } finally {
      lock.unlock();
    }
  }

  Workers workers() {
    return workers;
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
      if (closed || barriers.place(() -> withHeld(action)) < 0) {
        action.accept(held);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Acts, under the lock, when the poller comes to this place in the kernel's queue.
   *
   * @return false if it cannot tell, and the action will not run
   */
  boolean mark(Runnable action) {
    lock.lock();
    try {
      return !closed && barriers.place(action) >= 0;
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
   * @return whether all who take them are busy with what came before, so that none of them hurries
   */
  boolean dispatch(EventBuffer buffer) {
    boolean some = false;
    boolean urgent = false;
    lock.lock();
    try {
      while (!closed && next(buffer)) {
        some = true;
        urgent |= dispatchNow(buffer);
        runAfterwards();
      }
    } finally {
      lock.unlock();
      log();
    }
    return some && !urgent;
  }

  /**
   * Releases the moves that were held long enough.
   *
   * @return how long the poller may wait for more, in nanoseconds
   */
  long releaseExpired() {
    lock.lock();
    try {
      long wait = held.releaseExpired();
      runAfterwards();
      return wait;
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
      report(Level.ERROR, "the kernel's bytes cannot be read; all keys get OVERFLOW", e);
      return false;
    }
  }

  /** Hands out the buffer's current record; where that fails it is an overflow of its watch. */
  @GuardedBy("lock")
  private boolean dispatchNow(EventBuffer buffer) {
    boolean isOfWatch = false;
    try {
      isOfWatch = buffer.wd() > 0 && !Flag.IGNORED.isIn(buffer.mask());
      event.set(buffer);
      return dispatch(event);
    } catch (RuntimeException e) {
      lost(buffer.wd(), e);
      return true;
    } catch (OutOfMemoryError e) {
      if (!isOfWatch) {
        // A mark, or the end of a watch: it cannot be made good.
        throw e;
      }
      lost(buffer.wd(), e);
      return true;
    }
  }

  private void lost(int wd, Throwable cause) {
    // First what gives memory back.
    overflow(wd);
    report(Level.ERROR, "an event could not be delivered; its keys get OVERFLOW", cause);
  }

  /** Whether somebody was woken for it, or may be. */
  @GuardedBy("lock")
  private boolean dispatch(KernelRecord record) {
    int wd = record.wd();
    Watch watch = wd > 0 ? table.get(wd) : null;
    if (watch != null && !record.is(Flag.IGNORED)) {
      return deliver(watch, record);
    }
    if (record.is(Flag.Q_OVERFLOW)) {
      overflow();
    } else if (watch != null) {
      end(wd, watch);
    } else if (wd > 0) {
      Runnable action = record.is(Flag.IGNORED) ? barriers.reached(wd) : null;
      if (action != null) {
        action.run();
      } else {
        table.placements().keep(record);
      }
    }
    return true;
  }

  @GuardedBy("lock")
  private boolean deliver(Watch watch, KernelRecord record) {
    boolean woken = false;
    for (Subscriber subscriber : watch.subscribers()) {
      Listener listener = subscriber.listener();
      if (listener != null) {
        woken |= listener.deliver(record, held);
      }
    }
    return woken;
  }

  /** The kernel has removed a watch: its keys end. */
  @GuardedBy("lock")
  private void end(int wd, Watch watch) {
    table.ended(wd, watch);
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
      table.placements().overflow();
      for (Subscriber subscriber : subscribers) {
        if (subscriber.listener() instanceof ServiceListener listener) {
          listener.service().overflow();
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
      Watch watch = wd > 0 ? table.get(wd) : null;
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
      report(
          Level.WARNING, "the kernel does not tell which watches are left after an overflow", null);
      return;
    }
    for (int wd : table.wds()) {
      Watch watch = table.get(wd);
      if (watch != null && !live.contains(wd)) {
        end(wd, watch);
      }
    }
  }

  private void report(Level level, String what, @Nullable Throwable cause) {
    reports.add(new Report(level, what, cause));
  }

  /** Logs what was reported. Not under a lock, since loggers may be the program's. */
  private void log() {
    Report report;
    while ((report = reports.poll()) != null) {
      Log.log(report.level(), report.what(), report.cause());
    }
  }

  /** How many watches there are. */
  int watchCount() {
    lock.lock();
    try {
      return table.size();
    } finally {
      lock.unlock();
    }
  }

  int inotifyFd() {
    return inotifyFd;
  }

  /** Something to be logged. */
  private record Report(Level level, String what, @Nullable Throwable cause) {}
}
