package org.inotify4j.changes;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.hub.SharedHub;
import org.jspecify.annotations.Nullable;

/** Publishes batches: a watcher for each subscriber. */
final class ChangePublisher implements Flow.Publisher<List<Change>> {

  private final WatcherBuilder builder;

  /** One of watchers as described, which nobody changes any more. */
  ChangePublisher(WatcherBuilder builder) {
    this.builder = builder;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super List<Change>> subscriber) {
    Subscription subscription = new Subscription(Objects.requireNonNull(subscriber));
    subscription.start(builder);
  }

  /** One subscriber and its watcher. */
  private static final class Subscription implements Flow.Subscription, ChangeListener {

    private final Flow.Subscriber<? super List<Change>> subscriber;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile @Nullable PathWatcher watcher;

    Subscription(Flow.Subscriber<? super List<Change>> subscriber) {
      this.subscriber = subscriber;
    }

    void start(WatcherBuilder builder) {
      Throwable refusal = null;
      try {
        watcher = builder.start(this, new Demand(0), this::failed, SharedHub::attach);
      } catch (IOException | RuntimeException e) {
        refusal = e;
      }
      subscriber.onSubscribe(this);
      if (refusal != null) {
        failed(refusal);
      }
    }

    @Override
    public void changed(List<Change> batch) {
      if (!isOver.get()) {
        subscriber.onNext(batch);
      }
    }

    private void failed(Throwable cause) {
      if (isOver.compareAndSet(false, true)) {
        subscriber.onError(cause);
      }
    }

    @Override
    public void request(long count) {
      PathWatcher open = watcher;
      if (count <= 0) {
        failed(new IllegalArgumentException("the number of batches must be positive: " + count));
        cancel();
      } else if (open != null) {
        open.want(count);
      }
    }

    @Override
    public void cancel() {
      isOver.set(true);
      PathWatcher open = watcher;
      if (open != null) {
        open.close();
      }
    }
  }
}
