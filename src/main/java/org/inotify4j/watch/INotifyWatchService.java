package org.inotify4j.watch;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.base.Sandbox;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.SharedHub;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A watch service over inotify(7).
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
 * first service and end with the last; further daemon threads, as many as there are processors
 * where every directory answers, come with the first registration with {@link
 * INotifyModifiers#RECURSIVE} or {@link INotifyModifiers#FILE} or of {@link
 * INotifyEventKinds#RENAME}.
 *
 * <p>Every method may be called from any thread. After {@link #close} all but {@link #close},
 * {@link #isOpen}, {@link #watchCount} and {@link #statistics} throw {@link
 * java.nio.file.ClosedWatchServiceException}; its cause, if it has one, is the fault that closed
 * the service. A service that becomes unreachable, with all of its keys, is closed some time later.
 */
@SuppressWarnings("exports") // JSpecify's annotations: nobody needs them at run time.
public final class INotifyWatchService implements WatchService {

  private final Registrations registrations;
  private final SignalQueue queue;

  private INotifyWatchService(Registrations registrations) {
    this.registrations = registrations;
    this.queue = registrations.queue();
  }

  /**
   * Opens a service on the inotify instance that the services of this JVM share.
   *
   * @return the service
   * @throws org.inotify4j.INotifyLimitException if a limit on instances or descriptors was met
   * @throws IOException if the kernel refuses for another reason
   * @throws UnsupportedOperationException if the kernel cannot be reached: this is not Linux, or
   *     Java has no native access and JNA cannot load; the message says what helps
   */
  public static INotifyWatchService open() throws IOException {
    Subscription subscription = new Subscription();
    return open(SharedHub.attach(subscription), subscription);
  }

  /**
   * Opens a service on an inotify instance and a thread of its own.
   *
   * @return the service
   * @throws org.inotify4j.INotifyLimitException if a limit on instances or descriptors was met
   * @throws IOException if the kernel refuses for another reason
   * @throws UnsupportedOperationException if the kernel cannot be reached: this is not Linux, or
   *     Java has no native access and JNA cannot load; the message says what helps
   */
  public static INotifyWatchService openDedicated() throws IOException {
    return open(Hub.open());
  }

  static INotifyWatchService open(Hub hub) {
    Subscription subscription = new Subscription();
    hub.attach(subscription);
    return open(hub, subscription);
  }

  private static INotifyWatchService open(Hub hub, Subscription subscription) {
    try {
      Registrations registrations = new Registrations(hub, subscription);
      registrations.bind();
      return new INotifyWatchService(registrations);
    } catch (Throwable e) {
      // No memory for it, or for a thread.
      hub.detach(subscription);
      throw e;
    }
  }

  /**
   * Watches a directory, as {@link #register(Path, WatchEvent.Kind[], WatchEvent.Modifier...)}
   * does.
   *
   * @param directory a path of the default file system
   * @param kinds what to hear
   * @return the directory's key
   * @throws IOException if the directory cannot be watched; this, and what else is thrown, as the
   *     other one does
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
   *     another one, or a path for {@link INotifyModifiers#FILE} does not end in a name, or the
   *     snapshot of {@link INotifyModifiers#since} is of another directory
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed
   * @throws java.nio.file.NoSuchFileException if there is nothing at the path
   * @throws java.nio.file.NotDirectoryException if it is not a directory
   * @throws java.nio.file.AccessDeniedException if the directory may not be read
   * @throws org.inotify4j.INotifyLimitException if there are as many watches as the user may have,
   *     or as many descriptors as the process or the system
   * @throws java.nio.file.FileSystemException if the path leads elsewhere each time that it is
   *     followed, or {@code /proc} is not there for a tree or a single file
   * @throws IOException if the kernel refuses for another reason
   * @throws SecurityException if there is a security manager, and the caller may not read the
   *     directory, or all below it where that is watched as well
   */
  public WatchKey register(
      Path directory, WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers)
      throws IOException {
    PathBytes.requireDefault(directory);
    Registration ofKinds = Registration.ofKinds(kinds);
    registrations.checkOpen();
    Registration requested = ofKinds.with(modifiers);
    if (Sandbox.IS_POSSIBLE && Sandbox.isThere()) {
      Sandbox.checkRead(directory.toString());
      if (requested.recursive()) {
        Sandbox.checkRead(directory + "/-");
      }
      return Sandbox.open(() -> registrations.register(directory, requested));
    }
    return registrations.register(directory, requested);
  }

  /**
   * Takes the first key that is signalled, if there is one.
   *
   * @return the key; null if none is signalled
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed
   */
  @Override
  public @Nullable WatchKey poll() {
    return queue.poll();
  }

  /**
   * Takes the first key that is signalled, and waits for one if there is none.
   *
   * @param timeout how long to wait; zero or less does not wait
   * @param unit the unit of that
   * @return the key; null if the time was over before
   * @throws InterruptedException if the thread is interrupted, also before, and if a key is
   *     signalled then: that stays for the next call
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed, also meanwhile
   */
  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    registrations.checkOpen();
    try {
      return queue.poll(unit.toNanos(timeout));
    } finally {
      Reference.reachabilityFence(registrations);
    }
  }

  /**
   * Takes the first key that is signalled, and waits until there is one. Several threads may: each
   * key is given to one of them.
   *
   * @return the key
   * @throws InterruptedException if the thread is interrupted, also before, and if a key is
   *     signalled then: that stays for the next call
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed, also meanwhile
   */
  @Override
  public WatchKey take() throws InterruptedException {
    try {
      return queue.take();
    } finally {
      Reference.reachabilityFence(registrations);
    }
  }

  /**
   * Waits until everything that happened before this call is pending at its key, so that a {@link
   * #poll()} finds it. For tests: what they did to files is then visible without sleeping. What
   * waits until there is room at its key ({@link INotifyModifiers#INITIAL}, {@link
   * INotifyModifiers#RESCAN}) is waited for, so the key has to be polled meanwhile. So is a look at
   * the disk that a lost event has made necessary: where the directory of a key with RESCAN was
   * moved away from its path, or cannot be read, this is false until it is back.
   *
   * @param timeout how long to wait; zero or less does not wait
   * @return false if the time was over before
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed, also meanwhile
   */
  public boolean sync(Duration timeout) throws InterruptedException {
    return registrations.sync(timeout);
  }

  /**
   * The state of a tree as its key was told it: what a program knows that has polled all events
   * until now. Those that are pending count as not told, and are told again by a later {@link
   * INotifyModifiers#since}; so a program that saves this now and then, and begins with what it
   * saved last, misses nothing, whenever it was stopped.
   *
   * <p>It waits until what was told so far is at hand, which takes as long as the disk takes to
   * answer where it is being looked at. Where the key was told without {@code RESCAN} until it was
   * registered anew, and the rest of that waits for room, the key has to be polled meanwhile.
   *
   * <p>It has what the key is told of: without {@link INotifyModifiers#RECURSIVE} the directory's
   * own entries only, and nothing that is excluded. Its filter has the patterns that were excluded,
   * but no matchers.
   *
   * @param key a key of this service for a directory or a tree, with {@link
   *     INotifyModifiers#RESCAN}
   * @return what the program knows
   * @throws IllegalArgumentException if the key is not such a one, or is not valid any more
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws java.nio.file.ClosedWatchServiceException if this service is closed, also meanwhile
   */
  public TreeSnapshot snapshot(WatchKey key) throws InterruptedException {
    return registrations.snapshot(key);
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
    return registrations.watchCount();
  }

  /**
   * Figures of this service: what it has, and what it has counted. It holds up nobody, and may be
   * called every second.
   *
   * @return the figures as of now; also after {@link #close}
   */
  public ServiceStatistics statistics() {
    return registrations.statistics();
  }

  /**
   * Whether this service is open.
   *
   * @return false once {@link #close} was called or a fault has closed it
   */
  public boolean isOpen() {
    return registrations.isOpen();
  }

  /**
   * Closes this service: its keys are invalid, and whoever waits for one gets a {@link
   * java.nio.file.ClosedWatchServiceException}. What is pending can still be polled from the keys.
   * A second close does nothing.
   */
  @Override
  public void close() {
    registrations.close();
  }

  Hub hub() {
    return registrations.hub();
  }

  ByteBudget budget() {
    return registrations.budget();
  }
}
