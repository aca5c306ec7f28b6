package org.inotify4j.hub;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.IntMap;
import org.jspecify.annotations.Nullable;

/**
 * The watches of one inotify instance, with their subscriptions, and the kernel's masks in step
 * with what these want together.
 *
 * <p>The kernel is always asked to add to a mask, so that no other subscription misses an event
 * meanwhile; where the mask is then more than is wanted it is replaced. That would undo what
 * another thread has added and not yet put into the table, so it is noted ({@link EarlyRecords}),
 * and whoever finds that it was done to its watch meanwhile places the watch once more.
 *
 * <p>A watch is taken from the table and from the kernel under one lock: the kernel would give who
 * placed it in between the descriptor that is about to be removed, and its end would end the new
 * one. That call asks no file system.
 *
 * <p>EXCL_UNLINK is never added, since it would take events from the other subscriptions: it comes
 * with a replaced mask.
 *
 * <p>Not safe for use by several threads: the hub's lock guards it.
 */
final class WatchTable {

  private final Instance instance;
  private final IntMap<Watch> watches = new IntMap<>();
  private final EarlyRecords early = new EarlyRecords();

  /** Who was refused a watch since the last one was removed. */
  private final Set<Subscription> waitingForRoom = new HashSet<>();

  WatchTable(Instance instance) {
    this.instance = instance;
  }

  EarlyRecords early() {
    return early;
  }

  @Nullable Watch get(int wd) {
    return watches.get(wd);
  }

  int size() {
    return watches.size();
  }

  int[] wds() {
    return watches.keys();
  }

  void clear() {
    watches.clear();
  }

  /**
   * Adds a subscription to a watch that the kernel has placed.
   *
   * @param events what the kernel was asked to add
   * @return whether the watch was not in the table before
   */
  boolean subscribe(int wd, Subscription subscription, int events) {
    subscription.wds().add(wd);
    Watch known = watches.get(wd);
    watches.put(
        wd,
        known == null
            ? subscription.alone(events)
            : known.with(subscription).withMask(known.mask() | events));
    return known == null;
  }

  /**
   * Removes a subscription from a watch, and the watch if nobody is left.
   *
   * @return whether others have it, so that the kernel keeps it
   */
  boolean unsubscribe(Subscription subscription, int wd) {
    Watch watch = watches.get(wd);
    if (watch == null || !subscription.wds().remove(wd)) {
      return false;
    }
    Watch left = watch.without(subscription);
    boolean isKept = left.subscriptions().length > 0;
    if (isKept) {
      watches.put(wd, left);
      if (isMaskOther(wd)) {
        left.tellThatMaskIsOther(wd);
      }
    } else {
      // EINVAL: the kernel has removed it already, and its IGNORED is on the way.
      instance.removeWatch(wd);
      gone(wd);
    }
    return isKept;
  }

  /**
   * Undoes what {@link #subscribe} did, however far that came: for want of memory, say, the watch
   * may not even be in the table.
   */
  void giveBack(Subscription subscription, int wd) {
    Watch watch = watches.get(wd);
    if (watch != null && watch.has(subscription)) {
      boolean unused = unsubscribe(subscription, wd);
    } else {
      subscription.wds().remove(wd);
      boolean unused = dropUnknown(wd);
    }
  }

  /** Forgets a watch that the kernel has removed, whoever subscribes to it. */
  void ended(int wd, Watch watch) {
    for (Subscription subscription : watch.subscriptions()) {
      subscription.wds().remove(wd);
    }
    gone(wd);
  }

  private void gone(int wd) {
    watches.remove(wd);
    early.gone(wd);
    if (!waitingForRoom.isEmpty()) {
      List<Subscription> waiting = List.copyOf(waitingForRoom);
      waitingForRoom.clear();
      Subscriptions.tell(waiting, Subscriber::roomIsMade);
    }
  }

  /** Tells a subscription, once, when there may be room for a watch again. */
  void waitForRoom(Subscription subscription) {
    waitingForRoom.add(subscription);
  }

  void forget(Subscription subscription) {
    waitingForRoom.remove(subscription);
  }

  /** Removes a watch that the kernel has and nobody here; whether it was one. */
  boolean dropUnknown(int wd) {
    boolean isUnknown = !watches.containsKey(wd);
    if (isUnknown) {
      instance.removeWatch(wd);
      // Whoever else is about to put it into the table places it again.
      early.gone(wd);
    }
    return isUnknown;
  }

  /** Whether the kernel's mask is not what the subscriptions want together. */
  boolean isMaskOther(int wd) {
    Watch watch = watches.get(wd);
    return watch != null && watch.mask() != wanted(watch, wd);
  }

  /**
   * Replaces the kernel's mask by what the subscriptions want together.
   *
   * @param directory a descriptor of the watched directory
   */
  void replaceMask(int wd, int directory) {
    Watch watch = watches.get(wd);
    if (watch == null) {
      return;
    }
    int mask = wanted(watch, wd);
    int events = mask & Mask.ALL_EVENTS;
    if (events == 0) {
      return; // The last subscription is leaving.
    }
    if (instance.addWatchNow(directory, mask) == wd) {
      watches.put(wd, watch.withMask(mask));
      early.narrowed(wd);
    }
  }

  /** What the subscriptions of a watch want together; EXCL_UNLINK only where all of them do. */
  private static int wanted(Watch watch, int wd) {
    int mask = 0;
    boolean allExclude = true;
    for (Subscription subscription : watch.subscriptions()) {
      Subscriber subscriber = subscription.subscriber();
      int wanted = subscriber == null ? 0 : subscriber.mask(wd);
      mask |= wanted;
      allExclude &= wanted == 0 || Flag.EXCL_UNLINK.isIn(wanted);
    }
    return allExclude ? mask : mask & ~Flag.EXCL_UNLINK.bit();
  }
}
