package org.inotify4j.hub;

import java.util.Arrays;

/**
 * One watch of the kernel: its mask, and who subscribes to it. Immutable, so that all watches with
 * the same mask and one and the same subscription are one object ({@link Subscription#alone}).
 */
final class Watch {

  private final int mask;
  private final Subscription[] subscriptions;

  Watch(int mask, Subscription... subscriptions) {
    this.mask = mask;
    this.subscriptions = subscriptions;
  }

  /** The bits that the kernel has for this watch: at least what the subscriptions want. */
  int mask() {
    return mask;
  }

  Subscription[] subscriptions() {
    return subscriptions;
  }

  boolean has(Subscription subscription) {
    return Arrays.asList(subscriptions).contains(subscription);
  }

  Watch withMask(int newMask) {
    return newMask == mask ? this : of(newMask, subscriptions);
  }

  Watch with(Subscription subscription) {
    if (has(subscription)) {
      return this;
    }
    Subscription[] more = Arrays.copyOf(subscriptions, subscriptions.length + 1);
    more[subscriptions.length] = subscription;
    return of(mask, more);
  }

  Watch without(Subscription subscription) {
    Subscription[] others =
        Arrays.stream(subscriptions).filter(s -> s != subscription).toArray(Subscription[]::new);
    return of(mask, others);
  }

  /** Has one replace the kernel's mask, which is not what is wanted, if one of them can. */
  void tellThatMaskIsOther(int wd) {
    for (Subscription subscription : subscriptions) {
      Subscriber subscriber = subscription.subscriber();
      if (subscriber != null && subscriber.maskIsOther(wd)) {
        return;
      }
    }
  }

  private static Watch of(int mask, Subscription[] subscriptions) {
    return subscriptions.length == 1
        ? subscriptions[0].alone(mask)
        : new Watch(mask, subscriptions);
  }
}
