package org.inotify4j.watch;

import java.util.Arrays;

/**
 * One watch of the kernel: its mask, and who subscribes to it. Immutable, so that all watches with
 * the same mask and one and the same subscriber are one object ({@link Subscriber#alone}).
 */
final class Watch {

  private final int mask;
  private final Subscriber[] subscribers;

  Watch(int mask, Subscriber... subscribers) {
    this.mask = mask;
    this.subscribers = subscribers;
  }

  /** The bits that the kernel has for this watch: at least what the subscribers want. */
  int mask() {
    return mask;
  }

  Subscriber[] subscribers() {
    return subscribers;
  }

  boolean has(Subscriber subscriber) {
    return Arrays.asList(subscribers).contains(subscriber);
  }

  Watch withMask(int newMask) {
    return newMask == mask ? this : of(newMask, subscribers);
  }

  Watch with(Subscriber subscriber) {
    if (has(subscriber)) {
      return this;
    }
    Subscriber[] more = Arrays.copyOf(subscribers, subscribers.length + 1);
    more[subscribers.length] = subscriber;
    return of(mask, more);
  }

  Watch without(Subscriber subscriber) {
    Subscriber[] others =
        Arrays.stream(subscribers).filter(s -> s != subscriber).toArray(Subscriber[]::new);
    return of(mask, others);
  }

  /** Tells one who can do something about it that the kernel's mask is not what is wanted. */
  void tellThatMaskIsOther(int wd) {
    for (Subscriber subscriber : subscribers) {
      Listener listener = subscriber.listener();
      if (listener != null) {
        listener.maskIsOther(wd);
        return;
      }
    }
  }

  private static Watch of(int mask, Subscriber[] subscribers) {
    return subscribers.length == 1 ? subscribers[0].alone(mask) : new Watch(mask, subscribers);
  }
}
