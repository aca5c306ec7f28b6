package org.inotify4j.watch;

import java.util.Arrays;

/**
 * One watch of the kernel, and who subscribes to it. The array of subscribers is replaced, never
 * changed, so that it can be gone through while it is.
 */
final class Watch {

  private int mask;
  private Subscriber[] subscribers = {};

  /** The bits that the kernel has for this watch: at least what the subscribers want. */
  int mask() {
    return mask;
  }

  void addMask(int bits) {
    mask |= bits;
  }

  void setMask(int bits) {
    mask = bits;
  }

  Subscriber[] subscribers() {
    return subscribers;
  }

  void subscribe(Subscriber subscriber) {
    if (subscribers.length == 0) {
      subscribers = subscriber.alone;
    } else if (!Arrays.asList(subscribers).contains(subscriber)) {
      subscribers = Arrays.copyOf(subscribers, subscribers.length + 1);
      subscribers[subscribers.length - 1] = subscriber;
    }
  }

  void unsubscribe(Subscriber subscriber) {
    int at = Arrays.asList(subscribers).indexOf(subscriber);
    if (at >= 0) {
      Subscriber[] others = Arrays.copyOf(subscribers, subscribers.length - 1);
      System.arraycopy(subscribers, at + 1, others, at, others.length - at);
      subscribers = others;
    }
  }
}
