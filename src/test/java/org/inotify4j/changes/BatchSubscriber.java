package org.inotify4j.changes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Subscribes to batches, and remembers its signals and what is wrong with them. */
final class BatchSubscriber implements Flow.Subscriber<List<Change>> {

  /** What a test does in a signal. */
  interface Action {
    void run() throws Exception;
  }

  private final WatcherScene scene;
  private final List<String> signals = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Thread> signalling = new AtomicReference<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile Action inOnSubscribe = () -> {};
  private volatile Action inOnNext = () -> {};
  private volatile boolean isOver;

  BatchSubscriber(WatcherScene scene) {
    this.scene = scene;
  }

  void onSubscription(Action action) {
    inOnSubscribe = action;
  }

  void onBatch(Action action) {
    inOnNext = action;
  }

  List<String> signals() {
    return List.copyOf(signals);
  }

  /** Signals beside others, after the last one, or of nothing. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  void await(int count) {
    Awaitility.await().until(() -> signals.size() >= count);
  }

  void request(long count) {
    requireNonNull(subscription).request(count);
  }

  void cancel() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  private void signal(String what, Action action) {
    if (!signalling.compareAndSet(null, Thread.currentThread())) {
      faults.add(what + " beside another signal");
    }
    if (isOver) {
      faults.add(what + " after the end");
    }
    signals.add(what);
    try {
      action.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      signalling.set(null);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    signal("subscribed", inOnSubscribe);
  }

  @Override
  public void onNext(List<Change> batch) {
    signal(scene.lines(batch).toString(), inOnNext);
  }

  @Override
  public void onError(Throwable error) {
    signal(error.toString(), () -> isOver = true);
  }

  @Override
  public void onComplete() {
    faults.add("a watcher does not complete");
  }
}
