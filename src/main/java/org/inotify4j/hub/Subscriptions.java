package org.inotify4j.hub;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is attached to a hub: the services, whatever they watch. The hub ends with the last of them.
 *
 * <p>The hub's lock guards it.
 */
final class Subscriptions {

  private final List<Subscription> all = new ArrayList<>();

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean add(Subscription subscription) {
    subscription.position = all.size();
    return all.add(subscription);
  }

  /** Takes one out; false if it was out before. */
  boolean take(Subscription subscription) {
    int position = subscription.position;
    if (position == Subscription.NOWHERE) {
      return false;
    }
    Subscription last = all.remove(all.size() - 1);
    if (last != subscription) {
      all.set(position, last);
      last.position = position;
    }
    subscription.position = Subscription.NOWHERE;
    return true;
  }

  /** The hub cannot go on. It takes no memory. */
  void failed(Throwable cause) {
    for (int i = 0; i < all.size(); i++) {
      Subscriber subscriber = all.get(i).subscriber();
      if (subscriber != null) {
        subscriber.hubFailed(cause);
      }
    }
  }

  /** Wakes whoever waits, after {@link #failed}. */
  void wakeAll() {
    for (Subscription subscription : all) {
      Subscriber subscriber = subscription.subscriber();
      if (subscriber != null) {
        subscriber.wakeAll();
      }
    }
  }

  /** Records of any watch may be lost. */
  void recordsLost() {
    for (Subscription subscription : all) {
      Subscriber subscriber = subscription.subscriber();
      if (subscriber != null) {
        subscriber.recordsLost();
      }
    }
  }
}
