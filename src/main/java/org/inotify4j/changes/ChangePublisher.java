package org.inotify4j.changes;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.inotify4j.base.Log;
import org.jspecify.annotations.Nullable;

/** Publishes batches: a watcher for each subscriber. */
final class ChangePublisher implements Flow.Publisher<List<Change>> {

  private final WatcherBuilder builder;
  private final Watching.Instance instance;

  /** One of watchers as described, which nobody changes any more. */
  ChangePublisher(WatcherBuilder builder, Watching.Instance instance) {
    this.builder = builder;
    this.instance = instance;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super List<Change>> subscriber) {
    Subscription subscription = new Subscription(Objects.requireNonNull(subscriber));
    subscription.start(builder, instance);
  }

  /**
   * One subscriber and its watcher.
   *
   * <p>Signals come one after the other, whoever they are from: an error waits until the one that
   * is under way has returned, and who signals that one hands it over then. What is requested in
   * {@code onSubscribe} is so when that has returned, so no batch comes meanwhile. None of it waits
   * for a signal: it may be called from one, or by who holds something that one waits for.
   */
  private static final class Subscription implements Flow.Subscription, ChangeListener {

    private final Flow.Subscriber<? super List<Change>> subscriber;

    /** Whether no batch is to be signalled any more. */
    private final AtomicBoolean isOver = new AtomicBoolean();

    /** Whether somebody signals: at first who subscribes, and for ever who signals an error. */
    private final AtomicBoolean isSignalling = new AtomicBoolean(true);

    /** What was requested, and the watcher does not know yet. */
    private final AtomicLong requested = new AtomicLong();

    private volatile @Nullable PathWatcher watcher;
    private volatile @Nullable Throwable error;
    private volatile boolean isSubscribed;

    Subscription(Flow.Subscriber<? super List<Change>> subscriber) {
      this.subscriber = subscriber;
    }

    void start(WatcherBuilder builder, Watching.Instance instance) {
      try {
        watcher = builder.start(this, new CountedDemand(0), this::fail, instance);
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
      try {
        subscriber.onSubscribe(this);
      } catch (Throwable e) {
        cancel();
        Log.log(Level.WARNING, "a subscriber failed in onSubscribe", e);
      }
      endSignal();
      isSubscribed = true;
      passOn();
    }

    @Override
    public void changed(List<Change> batch) {
      if (!isOver.get() && isSignalling.compareAndSet(false, true)) {
        try {
          subscriber.onNext(batch);
        } catch (Throwable e) {
          cancel();
          throw e;
        } finally {
          endSignal();
        }
      }
    }

    /** Ends it with an error, behind the signal that is under way. */
    private void fail(Throwable cause) {
      if (isOver.compareAndSet(false, true)) {
        error = cause;
        stop();
        signalError();
      }
    }

    private void endSignal() {
      isSignalling.set(false);
      signalError();
    }

    private void signalError() {
      Throwable cause = error;
      if (cause != null && isSignalling.compareAndSet(false, true)) {
        subscriber.onError(cause);
      }
    }

    @Override
    public void request(long count) {
      if (count <= 0) {
        fail(new IllegalArgumentException("the number of batches must be positive: " + count));
      } else if (!isOver.get()) {
        requested.accumulateAndGet(
            count, (left, more) -> left + more < 0 ? Long.MAX_VALUE : left + more);
        passOn();
      }
    }

    /** Whoever comes last sees that somebody has subscribed, and what was requested. */
    private void passOn() {
      PathWatcher open = watcher;
      if (isSubscribed && open != null) {
        long count = requested.getAndSet(0);
        if (count > 0) {
          open.want(count);
        }
      }
    }

    @Override
    public void cancel() {
      isOver.set(true);
      stop();
    }

    private void stop() {
      PathWatcher open = watcher;
      if (open != null) {
        open.stop();
      }
    }
  }
}
