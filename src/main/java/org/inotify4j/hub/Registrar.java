package org.inotify4j.hub;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Uninterruptibly;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Adds and removes the kernel's watches of a hub, and widens and narrows their masks.
 *
 * <p>The kernel is asked without the hub's lock: it looks at the directory, also at one that is
 * open, and a file system that does not answer holds up only who asked. So another thread may
 * remove, end or narrow the same watch before it is in the table. That is noted ({@link
 * EarlyRecords}), and who finds that it happened asks once more. What comes of the watch meanwhile
 * is kept, and handed out when it is in the table.
 *
 * <p>A mask is replaced under the lock, for what another thread adds between the two must not be
 * lost. The directory was asked a moment before without it: one that does not answer is not asked
 * with it.
 */
final class Registrar {

  /** How many watches are removed before the poller is waited for. */
  private static final int SLICE = 1024;

  /** How long it is waited for at most. */
  private static final Duration DRAINING = Duration.ofSeconds(1);

  private final Hub hub;
  private final Instance instance;
  private final OrderedLock lock;

  /** The hub's, which the lock guards. */
  private final WatchTable table;

  /** The hub's, which the lock guards. */
  private final QueueMarks marks;

  Registrar(Hub hub, OrderedLock lock, WatchTable table, QueueMarks marks) {
    this.hub = hub;
    this.instance = hub.instance();
    this.lock = lock;
    this.table = table;
    this.marks = marks;
  }

  /** Places a watch by its path, or adds to the one that there is. */
  <T> T add(Subscription subscription, Path path, int events, int options, Hub.Placed<T> placed)
      throws IOException {
    int mask = events | options | Flag.MASK_ADD.bit();
    int wd = 0;
    boolean isMaskOther;
    @Nullable T taken = null;
    long start = table.early().begin();
    try {
      while (taken == null) {
        wd = instance.addWatch(path, mask);
        taken = placed(wd, start, subscription, events, placed);
        start = taken == null ? table.early().now() : start;
      }
    } finally {
      isMaskOther = endPlacing(wd);
      hub.dispatcher().log();
    }
    if (isMaskOther) {
      replaceMask(wd, path);
    }
    return taken;
  }

  /** Puts a watch that the kernel has placed into the table; null if it must be placed again. */
  private <T> @Nullable T placed(
      int wd, long start, Subscription subscription, int events, Hub.Placed<T> placed)
      throws ClosedChannelException {
    lock.lock();
    try {
      if (hub.isClosed()) {
        // With the instance its watches are gone.
        throw new ClosedChannelException();
      }
      if (table.early().isToBePlacedAgain(start, wd)) {
        return null;
      }
      boolean isNew = table.subscribe(wd, subscription, events);
      T taken;
      try {
        taken = placed.take(wd, isNew);
      } catch (ClosedWatchServiceException e) {
        table.unsubscribe(subscription, wd);
        throw e;
      }
      hub.dispatcher().dispatchEarly(wd);
      if (table.early().isOverflowedSince(start)) {
        Subscriber subscriber = subscription.subscriber();
        if (subscriber != null) {
          subscriber.recordsLost(wd);
        }
        hub.dispatcher().reconcile();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Places a watch on a directory that is open, or adds to the one that there is.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int watch(Subscription subscription, int directory, int events, Hub.Placed<Boolean> placed) {
    byte[] path = Instance.descriptorPath(directory);
    Settled settled = new Settled();
    int wd = watch(subscription, path, Flag.ONLYDIR, events, placed, settled);
    if (settled.isMaskOther) {
      replaceMask(wd, directory);
    }
    return wd > 0 && !settled.isTaken ? -Errno.EBADF.number() : wd;
  }

  /**
   * Places a watch on an entry of a directory that is open, or adds to the one that there is. Its
   * mask is only ever added to: the entry may be another one by the time of a second call.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int watchEntry(
      Subscription subscription,
      int directory,
      byte[] name,
      int events,
      Hub.Placed<Boolean> placed) {
    byte[] path = entryPath(directory, name);
    Settled settled = new Settled();
    int wd = watch(subscription, path, Flag.DONT_FOLLOW, events, placed, settled);
    return wd > 0 && !settled.isTaken ? -Errno.EBADF.number() : wd;
  }

  private int watch(
      Subscription subscription,
      byte[] path,
      Flag option,
      int events,
      Hub.Placed<Boolean> placed,
      Settled settled) {
    int mask = events | option.bit() | Flag.MASK_ADD.bit();
    int wd;
    settled.start = table.early().begin();
    try {
      do {
        wd = instance.addWatch(path, mask);
        settle(wd, subscription, events, placed, settled);
      } while (!settled.isOver);
    } finally {
      if (!settled.isOver) {
        // No memory for it.
        boolean unused = endPlacing(0);
      }
    }
    return wd;
  }

  /** What became of a watch that was placed on an open directory. */
  private static final class Settled {
    long start;
    boolean isOver;
    boolean isTaken;
    boolean isMaskOther;
  }

  /** Ends one time on the way, or says that there must be another: under one lock, not three. */
  private void settle(
      int wd, Subscription subscription, int events, Hub.Placed<Boolean> placed, Settled settled) {
    lock.lock();
    try {
      if (wd > 0 && !hub.isClosed()) {
        if (table.early().isToBePlacedAgain(settled.start, wd)) {
          settled.start = table.early().now();
          return;
        }
        putIntoTable(wd, subscription, events, placed, settled);
      }
      table.early().end();
      settled.isOver = true;
    } finally {
      lock.unlock();
    }
  }

  private void putIntoTable(
      int wd, Subscription subscription, int events, Hub.Placed<Boolean> placed, Settled settled) {
    if (subscription.isOver()) {
      boolean unused = table.dropUnknown(wd);
      return;
    }
    boolean isNew = table.subscribe(wd, subscription, events);
    settled.isTaken = placed.take(wd, isNew);
    // A new one is completed when its directory was read.
    settled.isMaskOther = settled.isTaken && !isNew && table.isMaskOther(wd);
    hub.dispatcher().dispatchEarly(wd);
    if (table.early().isOverflowedSince(settled.start)) {
      // Who subscribes looks anew; but the end of this watch may be among what is lost.
      hub.dispatcher().reconcile();
    }
  }

  /** The watch descriptor of a directory that is open, or {@code -errno}: none is placed. */
  int find(int directory) {
    return find(Instance.descriptorPath(directory), 0);
  }

  /** The watch descriptor of an entry of an open directory, or {@code -errno}: none is placed. */
  int findEntry(int directory, byte[] name) {
    return find(entryPath(directory, name), Flag.DONT_FOLLOW.bit());
  }

  private int find(byte[] path, int options) {
    int wd = 0;
    long unused = table.early().begin();
    try {
      wd = instance.addWatch(path, Mask.of(Flag.MOVE_SELF, Flag.MASK_ADD) | options);
    } finally {
      wd = found(wd);
    }
    return wd;
  }

  private int found(int wd) {
    lock.lock();
    try {
      table.early().end();
      if (wd > 0 && hub.isClosed()) {
        return -Errno.EBADF.number();
      }
      return wd > 0 && table.dropUnknown(wd) ? -Errno.ENOENT.number() : wd;
    } finally {
      lock.unlock();
    }
  }

  /** Replaces the kernel's mask by what the subscriptions want together. */
  void replaceMask(int wd, Path path) {
    OrderedLock.mayBlock();
    LibC libC = instance.libC();
    // The path is walked without the lock; the descriptor makes sure that it is one and the same
    // directory for all of the calls that follow.
    int directory =
        libC.open(PathBytes.of(path), LibC.O_PATH | Processor.O_DIRECTORY | LibC.O_CLOEXEC);
    if (directory < 0) {
      return;
    }
    try {
      replaceMask(wd, directory);
    } finally {
      libC.close(directory);
    }
  }

  /** Replaces the kernel's mask by what the subscriptions want together of an open directory. */
  void replaceMask(int wd, int directory) {
    if (!hub.isMaskOther(wd) || find(directory) != wd) {
      return;
    }
    lock.lock();
    try {
      if (!hub.isClosed()) {
        // Also where another thread has done it by now: finding it has added a bit.
        table.replaceMask(wd, directory);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The path of an entry of a directory that is open, with a NUL at its end. */
  private static byte[] entryPath(int directory, byte[] name) {
    byte[] parent = Instance.descriptorPath(directory);
    byte[] path = Arrays.copyOf(parent, parent.length + name.length + 1);
    path[parent.length - 1] = '/';
    System.arraycopy(name, 0, path, parent.length, name.length);
    return path;
  }

  /** Whether the mask of the watch is not what its subscriptions want. */
  private boolean endPlacing(int wd) {
    lock.lock();
    try {
      table.early().end();
      return table.isMaskOther(wd);
    } finally {
      lock.unlock();
    }
  }

  /** Removes a subscription from a watch, and the watch if nobody is left. */
  void remove(Subscription subscription, int wd) {
    lock.lock();
    try {
      table.unsubscribe(subscription, wd);
    } finally {
      lock.unlock();
    }
  }

  /** Removes a subscription from watches, with pauses for the poller. */
  void remove(Subscription subscription, int[] wds) {
    for (int start = 0; start < wds.length; start += SLICE) {
      int end = Math.min(wds.length, start + SLICE);
      CountDownLatch drained = new CountDownLatch(end < wds.length ? 1 : 0);
      lock.lock();
      try {
        for (int i = start; i < end; i++) {
          table.unsubscribe(subscription, wds[i]);
        }
        if (hub.isClosed() || (drained.getCount() > 0 && marks.place(drained::countDown) < 0)) {
          drained.countDown();
        }
      } finally {
        lock.unlock();
      }
      Uninterruptibly.await(drained, DRAINING);
    }
  }

  /** Removes a subscription from all of its watches; it gets none any more. */
  void removeAll(Subscription subscription) {
    int[] wds;
    lock.lock();
    try {
      subscription.end();
      table.forget(subscription);
      hub.mounts().forget(subscription);
      wds = hub.isClosed() ? new int[0] : subscription.wds().toArray();
    } finally {
      lock.unlock();
    }
    remove(subscription, wds);
  }
}
