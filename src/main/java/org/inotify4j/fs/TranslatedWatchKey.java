package org.inotify4j.fs;

import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key of the delegate's watch service with the wrapping file system's paths. */
final class TranslatedWatchKey implements WatchKey {

  private final TranslatedWatchService service;
  private final WatchKey delegate;
  private final INotifyPath watchable;

  TranslatedWatchKey(TranslatedWatchService service, WatchKey delegate, INotifyPath watchable) {
    this.service = service;
    this.delegate = delegate;
    this.watchable = watchable;
  }

  @Override
  public boolean isValid() {
    return delegate.isValid();
  }

  @Override
  public List<WatchEvent<?>> pollEvents() {
    List<WatchEvent<?>> events = new ArrayList<>();
    for (WatchEvent<?> event : delegate.pollEvents()) {
      events.add(new Translated<>(event, service.translate(event.context())));
    }
    return events;
  }

  @Override
  public boolean reset() {
    return delegate.reset();
  }

  @Override
  public void cancel() {
    delegate.cancel();
  }

  @Override
  public INotifyPath watchable() {
    return watchable;
  }

  /** An event with another context of the same type. */
  private record Translated<T>(WatchEvent<T> event, @Nullable Object other)
      implements WatchEvent<T> {

    @Override
    public WatchEvent.Kind<T> kind() {
      return event.kind();
    }

    @Override
    public int count() {
      return event.count();
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T context() {
      return (T) other;
    }
  }
}
