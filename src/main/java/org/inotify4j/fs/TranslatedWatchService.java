package org.inotify4j.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The delegate's watch service, with keys and contexts that are of the wrapping file system. */
final class TranslatedWatchService implements WatchService {

  private final INotifyFileSystem fileSystem;
  private final WatchService delegate;

  /** The keys that are valid, by the delegate's. */
  private final Map<WatchKey, TranslatedWatchKey> keys = new ConcurrentHashMap<>();

  TranslatedWatchService(INotifyFileSystem fileSystem, WatchService delegate) {
    this.fileSystem = fileSystem;
    this.delegate = delegate;
  }

  WatchKey register(INotifyPath path, WatchEvent.Kind<?>[] events, WatchEvent.Modifier[] modifiers)
      throws IOException {
    if (path.getFileSystem() != fileSystem) {
      throw new ProviderMismatchException("a path of another file system: " + path);
    }
    WatchKey key = path.delegate().register(delegate, events, modifiers);
    return keys.computeIfAbsent(key, known -> new TranslatedWatchKey(this, known, path));
  }

  /** Forgets a key that is not valid any more. */
  void forget(WatchKey key) {
    keys.remove(key);
  }

  @Nullable Object translate(@Nullable Object context) {
    return context instanceof Path path ? fileSystem.wrap(path) : context;
  }

  private @Nullable WatchKey translate(@Nullable WatchKey key) {
    if (key == null) {
      return null;
    }
    // A key can be signalled before its registration has put it into the map.
    return keys.computeIfAbsent(
        key,
        known ->
            new TranslatedWatchKey(
                this, known, (INotifyPath) fileSystem.wrap((Path) known.watchable())));
  }

  @Override
  public @Nullable WatchKey poll() {
    return translate(delegate.poll());
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    return translate(delegate.poll(timeout, unit));
  }

  @Override
  public WatchKey take() throws InterruptedException {
    WatchKey key = translate(delegate.take());
    if (key == null) {
      throw new AssertionError("take() returned null");
    }
    return key;
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }
}
