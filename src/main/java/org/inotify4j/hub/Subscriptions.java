package org.inotify4j.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is attached to a hub: the services, whatever they watch. The hub ends with the last of them.
 *
 * <p>What all are told, all are told, whatever one of them throws: that is thrown in the end.
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

  /**
   * The hub cannot go on. As long as none of them throws it takes no memory, so it does not {@link
   * #tell} them.
   */
  void failed(Throwable cause) {
    Throwable fault = null;
    for (int i = 0; i < all.size(); i++) {
      try {
        Subscriber subscriber = all.get(i).subscriber();
        if (subscriber != null) {
          subscriber.hubFailed(cause);
        }
      } catch (RuntimeException | Error e) {
        fault = both(fault, e);
      }
    }
    throwAny(fault);
  }

  /** Wakes whoever waits, after {@link #failed}. */
  void wakeAll() {
    tell(all, Subscriber::wakeAll);
  }

  /** Records of any watch may be lost. */
  void recordsLost() {
    tell(all, Subscriber::recordsLost);
  }

  /** Tells some of them, in the same way. */
  static void tell(List<Subscription> these, Consumer<Subscriber> notice) {
    Throwable fault = null;
    for (int i = 0; i < these.size(); i++) {
      try {
        Subscriber subscriber = these.get(i).subscriber();
        if (subscriber != null) {
          notice.accept(subscriber);
        }
      } catch (RuntimeException | Error e) {
        fault = both(fault, e);
      }
    }
    throwAny(fault);
  }

  /** One fault that stands for two: an error, if one is, since that may be for want of memory. */
  static Throwable both(@Nullable Throwable before, Throwable now) {
    if (before == null) {
      return now;
    }
    boolean isWorse = now instanceof Error && !(before instanceof Error);
    Throwable first = isWorse ? now : before;
    LifeCycle.suppress(first, isWorse ? before : now);
    return first;
  }

  /** Does one thing, and another one whatever the first throws. */
  static void runBoth(Runnable first, Runnable second) {
    Throwable fault = null;
    try {
      first.run();
    } catch (RuntimeException | Error e) {
      fault = e;
    }
    try {
      second.run();
    } catch (RuntimeException | Error e) {
      fault = both(fault, e);
    }
    throwAny(fault);
  }

  /** Throws what was thrown, if something was. */
  static void throwAny(@Nullable Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    } else if (fault instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
