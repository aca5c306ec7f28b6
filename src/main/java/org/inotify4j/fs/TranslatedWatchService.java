package org.inotify4j.fs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.jspecify.annotations.Nullable;

/**
 * The delegate's watch service, with keys and contexts that are of the wrapping file system.
 *
 * <p>A key of the delegate's has one translation for as long as anybody can tell: its entry lives
 * as long as the delegate's key does, and holds the translation weakly.
 *
 * <p>The delegate can signal a key before the registration that makes it has returned. Whoever
 * takes such a key out of the queue waits for the registrations that are under way, since one of
 * them knows which path was registered.
 */
final class TranslatedWatchService implements WatchService {

  private final INotifyFileSystem fileSystem;
  private final WatchService delegate;

  /** Its read lock is held while registering, the write lock by who waits for registrations. */
  private final ReadWriteLock registering = new ReentrantReadWriteLock();

  private final OrderedLock lock = new OrderedLock(Rank.CALLER);

  @GuardedBy("lock")
  private final Map<WatchKey, Known> known = new WeakHashMap<>();

  TranslatedWatchService(INotifyFileSystem fileSystem, WatchService delegate) {
    this.fileSystem = fileSystem;
    this.delegate = delegate;
  }

  WatchKey register(INotifyPath path, WatchEvent.Kind<?>[] events, WatchEvent.Modifier[] modifiers)
      throws IOException {
    if (path.getFileSystem() != fileSystem) {
      throw new ProviderMismatchException("a path of another file system: " + path);
    }
    registering.readLock().lock();
    try {
      return translation(path.delegate().register(delegate, events, modifiers), path);
    } finally {
      registering.readLock().unlock();
    }
  }

  @Nullable Object translate(@Nullable Object context) {
    return context instanceof Path path ? fileSystem.wrap(path) : context;
  }

  private WatchKey translate(WatchKey key) {
    INotifyPath watchable = fileSystem.wrap((Path) key.watchable());
    if (isKnown(key)) {
      return translation(key, watchable);
    }
    registering.writeLock().lock();
    try {
      return translation(key, watchable);
    } finally {
      registering.writeLock().unlock();
    }
  }

  private boolean isKnown(WatchKey key) {
    lock.lock();
    try {
      return known.containsKey(key);
    } finally {
      lock.unlock();
    }
  }

  /** The translation of a key: the one that there is, or one with the given path. */
  private WatchKey translation(WatchKey key, INotifyPath watchable) {
    lock.lock();
    try {
      Known old = known.get(key);
      TranslatedWatchKey translation = old == null ? null : old.translation().get();
      if (translation == null) {
        translation = new TranslatedWatchKey(this, key, old == null ? watchable : old.watchable());
        known.put(key, new Known(translation.watchable(), new WeakReference<>(translation)));
      }
      return translation;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable WatchKey poll() {
    WatchKey key = delegate.poll();
    return key == null ? null : translate(key);
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    WatchKey key = delegate.poll(timeout, unit);
    return key == null ? null : translate(key);
  }

  @Override
  public WatchKey take() throws InterruptedException {
    return translate(delegate.take());
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }

  /** What is known of a key of the delegate's, without a way back to it. */
  private record Known(INotifyPath watchable, WeakReference<TranslatedWatchKey> translation) {}
}
