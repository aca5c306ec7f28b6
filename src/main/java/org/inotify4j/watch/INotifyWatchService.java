package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.base.Insistently;
import org.inotify4j.base.IntMap;
import org.inotify4j.base.Log;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SharedCleaner;
import org.inotify4j.pending.PendingBounds;
import org.inotify4j.pending.PendingLog;
import org.jspecify.annotations.Nullable;

/**
 * A watch service over inotify.
 *
 * <pre>{@code
 * try (INotifyWatchService service = INotifyWatchService.open()) {
 *   service.register(directory, ENTRY_CREATE, INotifyEventKinds.CLOSE_WRITE);
 *   while (true) {
 *     WatchKey key = service.take();
 *     for (WatchEvent<?> event : key.pollEvents()) {
 *       System.out.println(event.kind() + " " + directory.resolve((Path) event.context()));
 *     }
 *     key.reset();
 *   }
 * }
 * }</pre>
 *
 * <p>A registration of standard kinds behaves as with the JDK's service, but that events the JDK
 * drops arrive: what is pending may grow to a million events a key (the system property {@code
 * inotify4j.maxPendingEvents}) and 64 MiB a service, or a quarter of the heap where that is less
 * ({@code inotify4j.maxPendingBytes}). Where the JDK's own {@code
 * jdk.nio.file.WatchService.maxEventsPerPoll} is set it is the bound on events.
 *
 * <p>The services of a JVM share one inotify instance and one daemon thread, which start with the
 * first service and end with the last, and a second daemon thread from the first registration with
 * {@link INotifyModifiers#RECURSIVE} or {@link INotifyModifiers#FILE} on.
 *
 * <p>Every method may be called from any thread. After {@link #close} all but {@link #close} and
 * {@link #isOpen} throw {@link java.nio.file.ClosedWatchServiceException}; its cause, if it has
 * one, is the fault that closed the service. A service that becomes unreachable, with all of its
 * keys, is closed some time later.
 */
@SuppressWarnings("exports") // JSpecify's annotations: nobody needs them at run time.
public final class INotifyWatchService implements WatchService {

  private final Hub hub;
  private final Subscriber subscriber;
  private final Cleaner.Cleanable forgetting;
  private final SignalQueue queue = new SignalQueue();
  private final Runnable closing = this::close;
  private final ServiceListener keyListener = new ServiceListener(this);
  private final PendingBounds bounds;
  private final ByteBudget budget;

  @GuardedBy("queue.lock")
  private final IntMap<Key> keys = new IntMap<>();

  /** How many keys there are, for who asks without the lock. */
  private volatile int keyCount;

  private final WatchedNames names;
  private final Followers followers;

  private INotifyWatchService(Hub hub, Subscriber subscriber, PendingBounds bounds) {
    this.hub = hub;
    this.subscriber = subscriber;
    Subscriber nameSubscriber = new Subscriber();
    this.names = new WatchedNames(hub, nameSubscriber);
    this.followers = new Followers(hub, subscriber, this, names);
    this.bounds = bounds;
    this.budget = new ByteBudget(bounds.bytesPerService());
    Runnable forget = () -> forget(hub, subscriber, nameSubscriber);
    this.forgetting = SharedCleaner.INSTANCE.register(this, () -> Insistently.run(forget));
  }

  private static void forget(Hub hub, Subscriber subscriber, Subscriber nameSubscriber) {
    hub.unwatchAll(nameSubscriber);
    hub.detach(subscriber);
  }

  /**
   * Opens a service on the inotify instance that the services of this JVM share.
   *
   * @return the service
   * @throws org.inotify4j.INotifyLimitException if a limit on instances or descriptors was met
   * @throws IOException if the kernel refuses for another reason
   * @throws UnsupportedOperationException if the kernel cannot be reached: this is not Linux, or
   *     JNA cannot load; the message says what helps
   */
  public static INotifyWatchService open() throws IOException {
    Subscriber subscriber = new Subscriber();
    return open(SharedHub.attach(subscriber), subscriber);
  }

  /**
   * Opens a service on an inotify instance and a thread of its own.
   *
   * @return the service
   * @throws org.inotify4j.INotifyLimitException if a limit on instances or descriptors was met
   * @throws IOException if the kernel refuses for another reason
   * @throws UnsupportedOperationException if the kernel cannot be reached: this is not Linux, or
   *     JNA cannot load; the message says what helps
   */
  public static INotifyWatchService openDedicated() throws IOException {
    return open(Hub.open());
  }

  static INotifyWatchService open(Hub hub) {
    Subscriber subscriber = new Subscriber();
    hub.attach(subscriber);
    return open(hub, subscriber);
  }

  private static INotifyWatchService open(Hub hub, Subscriber subscriber) {
    INotifyWatchService service =
        new INotifyWatchService(hub, subscriber, PendingBounds.fromProperties());
    subscriber.bind(service.keyListener);
    hub.closeIfFailed(service);
    return service;
  }

  /**
   * Watches a directory, as {@link #register(Path, WatchEvent.Kind[], WatchEvent.Modifier...)}
   * does.
   *
   * @param directory a path of the default file system
   * @param kinds what to hear
   * @return the directory's key
   * @throws IOException if the directory cannot be watched
   */
  public WatchKey register(Path directory, WatchEvent.Kind<?>... kinds) throws IOException {
    return register(directory, kinds, new WatchEvent.Modifier[0]);
  }

  /**
   * Watches a directory, or with {@link INotifyModifiers#RECURSIVE} a directory with everything
   * below it, or with {@link INotifyModifiers#FILE} one name. When this returns the watch is live.
   * Another registration of the same directory, by whatever path, gives the same key and replaces
   * the kinds and modifiers; events that are pending stay.
   *
   * @param directory a path of the default file system
   * @param kinds what to hear: the standard kinds and those of {@link INotifyEventKinds}; an
   *     OVERFLOW is heard always, and passed over here
   * @param modifiers those of {@link INotifyModifiers}; {@code
   *     ExtendedWatchEventModifier.FILE_TREE} means {@link INotifyModifiers#RECURSIVE}, and {@code
   *     SensitivityWatchEventModifier} is accepted and has no effect
   * @return the directory's key
   * @throws java.nio.file.ProviderMismatchException if the path is not of the default file system
   * @throws UnsupportedOperationException if a kind or modifier is not supported
   * @throws IllegalArgumentException if there are no kinds, or modifiers exclude each other or need
   *     another one, or a path for {@link INotifyModifiers#FILE} does not end in a name
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed
   * @throws java.nio.file.NoSuchFileException if there is nothing at the path
   * @throws java.nio.file.NotDirectoryException if it is not a directory
   * @throws java.nio.file.AccessDeniedException if the directory may not be read
   * @throws org.inotify4j.INotifyLimitException if there are as many watches as the user may have,
   *     or as many descriptors as the process or the system
   * @throws java.nio.file.FileSystemException if the path leads elsewhere each time that it is
   *     followed, or {@code /proc} is not there for a tree or a single file
   * @throws IOException if the kernel refuses for another reason
   */
  public WatchKey register(
      Path directory, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers)
      throws IOException {
    PathBytes.requireDefault(directory);
    Registration ofKinds = Registration.ofKinds(kinds);
    checkOpen();
    Registration asked = ofKinds.with(modifiers);
    if (asked.file()) {
      return followers.registerFile(directory, asked);
    }
    return asked.recursive()
        ? followers.registerTree(directory, asked)
        : hub.register(subscriber, this, directory, asked);
  }

  @Override
  public @Nullable WatchKey poll() {
    return queue.poll();
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    try {
      return queue.poll(unit.toNanos(timeout));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public WatchKey take() throws InterruptedException {
    try {
      return queue.take();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Waits until everything that happened before this call is pending at its key, so that a {@link
   * #poll()} finds it. For tests: what they did to files is then visible without sleeping.
   *
   * @param timeout how long to wait
   * @return false if the time was over before
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed, also meanwhile
   */
  public boolean sync(Duration timeout) throws InterruptedException {
    checkOpen();
    SignalQueue.SyncPoint delivered = new SignalQueue.SyncPoint();
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    long start = System.nanoTime();
    // Where a limit leaves no room for a mark in the queue, there may be some later.
    while (!hub.whenDelivered(() -> followers.whenSettled(() -> queue.reach(delivered)))) {
      if (System.nanoTime() - start >= nanos) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(1);
      checkOpen();
    }
    return queue.await(delivered, nanos - (System.nanoTime() - start));
  }

  /**
   * How many directories this service watches at present: keys, and every directory below those
   * with {@link INotifyModifiers#RECURSIVE}. While such a key is being registered the number grows,
   * and another thread can show it. Each costs one of the user's inotify watches, but for those
   * that two keys share.
   *
   * @return the number; 0 after {@link #close}
   */
  public int watchCount() {
    return queue.isClosed() ? 0 : keyCount + followers.watchCount();
  }

  /**
   * Whether this service is open.
   *
   * @return false once {@link #close} was called or a fault has closed it
   */
  public boolean isOpen() {
    return !queue.isClosed();
  }

  /**
   * Closes this service: its keys are invalid, and whoever waits for one gets a {@link
   * java.nio.file.ClosedWatchServiceException}. What is pending can still be polled from the keys.
   * A second close does nothing.
   */
  @Override
  public void close() {
    closedBy(null);
    wakeAll();
    forgetKeys();
    hub.detach(subscriber);
    forgetting.clean();
    followers.close();
  }

  /**
   * Makes every call throw, with the cause if it was a fault, and the keys invalid. It takes no
   * memory.
   */
  void closedBy(@Nullable Throwable cause) {
    queue.close(cause);
  }

  /** Closes this service, which cannot go on; whoever waits gets the cause. */
  void fail(Throwable cause) {
    closedBy(cause);
    Insistently.run(closing);
    Log.log(Level.ERROR, "a watch service cannot go on, and is closed", cause);
  }

  /** Lets nobody wait for what will not come any more. */
  void wakeAll() {
    queue.wake();
    followers.wake();
  }

  private void forgetKeys() {
    queue.lock.lock();
    try {
      keys.forEach(Key::invalidate);
      keys.clear();
      keyCount = 0;
    } finally {
      queue.lock.unlock();
    }
  }

  void checkOpen() {
    queue.checkOpenNow();
  }

  /** The key for a watch: the one that there is, or a new one. */
  Key keyFor(int wd, Path watchable, Registration asked, boolean isNewWatch) {
    queue.lock.lock();
    try {
      checkOpen();
      Key key = keys.get(wd);
      if (key == null || !key.isValid()) {
        // One that is being cancelled is not for the program any more.
        key = newKey(wd, watchable, asked, isNewWatch);
      } else if (key.asked().equals(asked)) {
        return key;
      }
      if (!isNewWatch && !asked.recursive()) {
        changeBehindBarrier(key, asked);
      }
      return key;
    } finally {
      queue.lock.unlock();
    }
  }

  /** A key that no watch of its own is for. */
  Key newFileKey(Path watchable, Registration asked) {
    return new Key(this, queue, watchable, 0, asked, asked);
  }

  @GuardedBy("queue.lock")
  private Key newKey(int wd, Path watchable, Registration asked, boolean isNewWatch) {
    Registration heard = isNewWatch || asked.recursive() ? asked : Registration.NOTHING;
    Key key = new Key(this, queue, watchable, wd, asked, heard);
    keys.put(wd, key);
    keyCount = keys.size();
    return key;
  }

  private void changeBehindBarrier(Key key, Registration asked) {
    int ask = key.ask(asked);
    Follower before = key.changeFollower(null);
    hub.atThisPlace(
        held -> {
          if (!asked.renames()) {
            held.releaseAll(key);
          }
          key.settle(ask, asked);
          if (before != null) {
            before.closeFromHere();
          }
        });
  }

  /** The bits that the key of a watch asked for, or 0 if there is none. */
  int mask(int wd) {
    queue.lock.lock();
    try {
      Key key = keys.get(wd);
      return key == null ? 0 : key.asked().mask();
    } finally {
      queue.lock.unlock();
    }
  }

  @SuppressWarnings("GuardedBy") // The key's queue is this one.
  boolean deliver(KernelRecord event, HeldMoves held) {
    queue.lock.lock();
    try {
      Key key = keys.get(event.wd());
      return key != null && key.deliver(event, held);
    } finally {
      queue.lock.unlock();
    }
  }

  /** The kernel has removed a watch. */
  void watchEnded(int wd, HeldMoves held) {
    queue.lock.lock();
    try {
      Key key = keys.remove(wd);
      keyCount = keys.size();
      if (key != null) {
        held.releaseAll(key);
        if (!key.hearsTree()) {
          key.end();
        }
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /** Events of all keys may be lost. */
  void overflow() {
    queue.lock.lock();
    try {
      keys.forEach(
          key -> {
            if (!key.hearsTree()) {
              key.overflow();
            }
          });
      followers.overflow();
    } finally {
      queue.lock.unlock();
    }
  }

  /** Events of one key are lost. */
  void overflow(int wd) {
    queue.lock.lock();
    try {
      Key key = keys.get(wd);
      if (key != null) {
        key.overflow();
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /** A key has had its one event. The caller has the hub's lock. */
  void finished(Key key) {
    hub.cancelAfterwards(subscriber, this, key);
  }

  void cancel(Key key) {
    key.invalidate();
    hub.cancel(subscriber, this, key);
    Follower follower = key.changeFollower(null);
    if (follower != null) {
      followers.forget(key);
      followers.remove(follower);
    }
  }

  /** Forgets a key; false if it was forgotten before. */
  boolean forget(Key key) {
    queue.lock.lock();
    try {
      boolean isForgotten = keys.get(key.wd()) == key && keys.remove(key.wd()) != null;
      keyCount = keys.size();
      return isForgotten;
    } finally {
      queue.lock.unlock();
    }
  }

  /** The kernel's mask of a watch is not what is wanted any more. */
  void maskIsOther(int wd) {
    @Nullable Path path;
    queue.lock.lock();
    try {
      Key key = keys.get(wd);
      path = key == null ? null : key.watchable();
    } finally {
      queue.lock.unlock();
    }
    if (path != null) {
      hub.replaceMaskLater(wd, path);
    }
  }

  Hub hub() {
    return hub;
  }

  ByteBudget budget() {
    return budget;
  }

  PendingLog newLog() {
    return new PendingLog(bounds.eventsPerKey(), budget);
  }
}
