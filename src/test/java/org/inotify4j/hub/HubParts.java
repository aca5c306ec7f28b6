package org.inotify4j.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.RecordCursor;

/** What a hub is made of, but for its thread, over a kernel of a test's own. */
final class HubParts {

  final NotingKernel kernel = new NotingKernel();
  final Instance instance = kernel.instance();
  final OrderedLock lock = new OrderedLock(Rank.HUB);
  final LifeCycle life;
  final WatchTable table;
  final QueueMarks marks;
  final Dispatcher dispatcher;
  final Registrar registrar;

  /** So that none of them is forgotten. */
  private final List<Subscriber> kept = new ArrayList<>();

  HubParts() throws IOException {
    Subscriptions subscriptions = new Subscriptions();
    life = new LifeCycle(lock, subscriptions, () -> {});
    table = new WatchTable(instance);
    marks = new QueueMarks(instance);
    dispatcher = new Dispatcher(life, instance, lock, table, marks, subscriptions);
    registrar = new Registrar(life, instance, dispatcher, lock, table);
  }

  /** One that subscribes to a watch. */
  NotingSubscriber subscriber(int wd, int mask) {
    NotingSubscriber subscriber = new NotingSubscriber(mask);
    subscribe(wd, subscriber);
    return subscriber;
  }

  void subscribe(int wd, NotingSubscriber subscriber) {
    kept.add(subscriber);
    table.subscribe(wd, subscriber.subscription, subscriber.mask);
  }

  /** The same for one of another kind. */
  Subscription subscribe(int wd, Subscriber subscriber) {
    Subscription subscription = new Subscription();
    kept.add(subscriber);
    subscription.bind(subscriber);
    table.subscribe(wd, subscription, subscriber.mask(wd));
    return subscription;
  }

  /** One that is told of losses, as a service is. */
  NotingSubscriber attached() {
    NotingSubscriber service = new NotingSubscriber(0);
    kept.add(service);
    life.attach(service.subscription);
    return service;
  }

  /** Hands out what the kernel wrote, as the poller does; whether nobody hurries. */
  boolean dispatch(EventRecord... records) {
    return dispatch(EventRecord.encoded(records));
  }

  boolean dispatch(byte[] bytes) {
    RecordCursor batch = new RecordCursor(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
    batch.restart(bytes.length);
    return dispatcher.dispatch(batch);
  }

  void underLock(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the hub, as the last one does who leaves it. */
  void close() {
    Subscription last = new Subscription();
    life.attach(last);
    life.detach(last);
  }
}
