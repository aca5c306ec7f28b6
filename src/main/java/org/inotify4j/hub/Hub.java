package org.inotify4j.hub;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import org.inotify4j.INotify;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.RecordCursor;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * One inotify instance with its poller thread and its table of watches, shared by all who
 * subscribe.
 *
 * <p>A watch of the kernel belongs to an inode and has one mask. Here it has subscriptions, and its
 * mask is at least the union of what they want ({@link WatchTable}); each {@link Subscriber}
 * filters. What a subscriber is, the keys of a service or a tree, is not known here.
 *
 * <p><b>Registering</b> places the watch without holding the lock, since the path may lie on a file
 * system that takes its time, and nobody else is to wait for it. {@link EarlyRecords} closes the
 * gap until the watch is in the table.
 *
 * <p>Where the watch was there before, the kernel's queue may hold records of it that happened
 * before. So what changes takes effect behind a mark in the queue ({@link QueueMarks}).
 *
 * <p><b>Locks.</b> The hub's lock comes first, then those of the subscribers.
 *
 * <p><b>Faults.</b> One that concerns a record costs the events of its watch, which are told as an
 * OVERFLOW. One after which marks or the ends of watches may be lost closes the services, with the
 * fault as the cause ({@link LifeCycle}).
 */
public final class Hub {

  private final Instance instance;
  private final OrderedLock lock = new OrderedLock(Rank.HUB);

  private final Workers workers = new Workers();
  private final MountWatch mounts;
  private final LifeCycle life;
  private final Dispatcher dispatcher;
  private final Registrar registrar;
  private final Removals removals;

  @GuardedBy("lock")
  private final WatchTable table;

  @GuardedBy("lock")
  private final QueueMarks marks;

  private Hub(Instance instance) {
    this.instance = instance;
    this.table = new WatchTable(instance);
    this.marks = new QueueMarks(instance);
    this.mounts = new MountWatch(lock, instance.libC(), workers);
    Subscriptions subscriptions = new Subscriptions();
    this.life = new LifeCycle(lock, subscriptions, new Releasing());
    this.dispatcher = new Dispatcher(life, instance, lock, table, marks, subscriptions);
    this.registrar = new Registrar(life, instance, dispatcher, lock, table);
    this.removals = new Removals(life, mounts, lock, table, marks);
    Refusals.prepare();
  }

  /** A hub with its poller running. */
  public static Hub open() throws IOException {
    return open(SystemLibC.get(), INotify.builder().closeFd(false).open());
  }

  /**
   * A hub over an instance.
   *
   * @param inotify does not close its descriptor: the hub does, when nobody uses it any more; reads
   *     of it wait
   */
  static Hub open(LibC libC, INotify inotify) throws IOException {
    return open(libC, inotify, Poller.CAPACITY);
  }

  /** A hub whose poller reads so many bytes at a time. */
  static Hub open(LibC libC, INotify inotify, int capacity) throws IOException {
    Instance instance = new Instance(libC, inotify);
    try {
      Hub hub = new Hub(instance);
      hub.start(capacity);
      return hub;
    } catch (Throwable e) {
      // No memory for the poller's thread.
      instance.close();
      throw e;
    }
  }

  private void start(int capacity) {
    try {
      // Before any other watch. Where it cannot be had yet the poller tries again.
      boolean unused = canWakePoller();
      Poller.start(this, instance, capacity);
    } catch (Throwable e) {
      closeMarks();
      throw e;
    }
  }

  private void closeMarks() {
    lock.lock();
    try {
      marks.close();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a service; false if the hub is closed already. */
  public boolean attach(Subscription subscription) {
    return life.attach(subscription);
  }

  /** Removes a service with the watches that it has. The last one closes the hub. */
  public void detach(Subscription subscription) {
    for (int wd : life.detach(subscription)) {
      removals.remove(subscription, wd);
    }
  }

  /**
   * What becomes of a watch that the kernel has placed.
   *
   * @param <T> what it is for
   */
  public interface Placed<T> {

    /**
     * Takes the watch over. Called under the hub's lock, before any of its records.
     *
     * @param isNew whether nobody had it before
     * @throws ClosedWatchServiceException if nobody wants it any more
     */
    T take(int wd, boolean isNew);
  }

  /**
   * Places a watch by its path, or adds to the one that there is.
   *
   * @param events the event bits that are wanted
   * @param options the option bits for placing it
   * @param placed who takes it over
   * @throws ClosedChannelException if the hub is closed
   * @throws IOException if the kernel refuses
   */
  public <T> T add(Subscription subscription, Path path, int events, int options, Placed<T> placed)
      throws IOException {
    return registrar.add(subscription, path, events, options, placed);
  }

  /**
   * Places a watch on a directory that is open, or adds to the one that there is.
   *
   * @param placed takes it over; where it does not want it any more it says false, and has given
   *     back what nobody else wants
   * @return a watch descriptor, or {@code -errno}
   */
  public int watch(Subscription subscription, int directory, int events, Placed<Boolean> placed) {
    return registrar.watch(subscription, directory, events, placed);
  }

  /** The watch descriptor of a directory that is open, or {@code -errno}: none is placed. */
  public int find(int directory) {
    return registrar.find(directory);
  }

  /**
   * Places a watch on an entry of a directory that is open, be it a link, or adds to the one that
   * there is. Nothing is opened for it.
   *
   * @param name the entry's bytes
   * @param placed as of {@link #watch}
   * @return a watch descriptor, or {@code -errno}
   */
  public int watchEntry(
      Subscription subscription, int directory, byte[] name, int events, Placed<Boolean> placed) {
    return registrar.watchEntry(subscription, directory, name, events, placed);
  }

  /** The watch descriptor of an entry of an open directory, or {@code -errno}: none is placed. */
  public int findEntry(int directory, byte[] name) {
    return registrar.findEntry(directory, name);
  }

  /** Replaces the kernel's mask by what the subscriptions want together, in another thread. */
  public void replaceMaskLater(int wd, Path path) {
    workers.submit(new Task(new Narrowing(path), () -> registrar.replaceMask(wd, path)));
  }

  /** Replaces the kernel's mask by what the subscriptions want together of an open directory. */
  public void replaceMask(int wd, int directory) {
    registrar.replaceMask(wd, directory);
  }

  /** Whether the kernel's mask of a watch is not what its subscriptions want together. */
  public boolean isMaskOther(int wd) {
    return registrar.isMaskOther(wd);
  }

  /** Removes a subscription from a watch, and the watch if nobody is left. */
  public void unsubscribe(Subscription subscription, int wd) {
    removals.remove(subscription, wd);
  }

  /**
   * Removes a subscription from watches, with pauses for the poller: the kernel queues an IGNORED
   * for each, and the queue must not fill up. Not for a thread that has a lock.
   *
   * @return the watches that others have: where one is placed once more it has the same descriptor
   */
  public int[] unwatch(Subscription subscription, int[] wds) {
    return removals.remove(subscription, wds);
  }

  /** Removes a subscription from all of its watches; it gets none any more. */
  public void unwatchAll(Subscription subscription) {
    removals.removeAll(subscription);
  }

  /** Tells a subscription, once, when a watch was removed: there may be room for one. */
  public void waitForRoom(Subscription subscription) {
    lock.lock();
    try {
      if (!life.isClosed() && !subscription.isOver()) {
        table.waitForRoom(subscription);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Listens for mounts, for who looks at them before it subscribes: how many changes it heard. */
  public long listenForMounts() {
    return mounts.listen();
  }

  /** The same, and tells a subscription of each that follows. */
  @CanIgnoreReturnValue
  public long hearMounts(Subscription subscription) {
    return mounts.hear(subscription);
  }

  /**
   * Acts, under the lock, when the poller comes to this place in the kernel's queue, or at once if
   * it cannot tell.
   */
  public void atThisPlace(Runnable action) {
    lock.lock();
    try {
      if (life.isClosed() || marks.place(action) < 0) {
        action.run();
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
  public boolean mark(Runnable action) {
    lock.lock();
    try {
      return !life.isClosed() && marks.place(action) >= 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does something short when the records at hand have been handed out: under the hub's lock, and
   * under no other.
   */
  public void afterBatch(Runnable action) {
    lock.lock();
    try {
      dispatcher.afterBatch(action);
    } finally {
      lock.unlock();
    }
  }

  /** Does something short under the lock. */
  public void underLock(Runnable action) {
    lock.lock();
    try {
      action.run();
      dispatcher.runAfterwards();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the poller may wait for records without an end; tries to have it so. */
  @SuppressWarnings("GuardedBy") // A volatile field.
  boolean canWakePoller() {
    if (marks.isReady()) {
      return true;
    }
    lock.lock();
    try {
      return !life.isClosed() && marks.prepare() == 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands the records of a batch to who subscribes.
   *
   * @return whether all who take them are busy with what came before, so that none of them hurries
   */
  boolean dispatch(RecordCursor records) {
    return dispatcher.dispatch(records);
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  /** Ends all services with a cause: the poller cannot go on. */
  void fail(Throwable cause) {
    life.fail(cause);
  }

  /**
   * Why the hub cannot go on, if that is so: for who was not bound yet when the others were told.
   */
  public @Nullable Throwable failure() {
    return life.failure();
  }

  /** Whether the hub is closed, or may be so in a moment. Any thread may ask. */
  public boolean isOver() {
    return life.isOver();
  }

  /** Gives everything back: the hub is closed. */
  private void release() {
    lock.lock();
    try {
      workers.close();
      mounts.close();
      table.clear();
      marks.end();
    } finally {
      lock.unlock();
      instance.close();
    }
  }

  /** How many watches there are. */
  public int watchCount() {
    lock.lock();
    try {
      return table.size();
    } finally {
      lock.unlock();
    }
  }

  /** The descriptor, for who asks the kernel which watches there are. */
  public int inotifyFd() {
    return instance.fd();
  }

  public Workers workers() {
    return workers;
  }

  public LibC libC() {
    return instance.libC();
  }

  /** Gives everything back. */
  private final class Releasing implements Runnable {
    @Override
    public void run() {
      release();
    }
  }
}
