package org.inotify4j.hub;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Adds the kernel's watches of a hub, and widens and narrows their masks.
 *
 * <p>The kernel is asked without the hub's lock: it looks at the directory, also at one that is
 * open, and a file system that does not answer holds up only who asked. So another thread may
 * remove, end or narrow the same watch before it is in the table. That is noted ({@link
 * EarlyRecords}), and who finds that it happened asks once more. What comes of the watch meanwhile
 * is kept, and handed out when it is in the table. Where records were lost meanwhile its end may be
 * among them, so the kernel is asked for that ({@link Dispatcher#reconcile}).
 *
 * <p>A mask is replaced under the lock, for what another thread adds between the two must not be
 * lost. The directory was asked a moment before without it: one that does not answer is not asked
 * with it.
 */
final class Registrar {

  private final LifeCycle life;
  private final Instance instance;
  private final Dispatcher dispatcher;
  private final OrderedLock lock;

  /** The hub's, which the lock guards. */
  private final WatchTable table;

  Registrar(
      LifeCycle life,
      Instance instance,
      Dispatcher dispatcher,
      OrderedLock lock,
      WatchTable table) {
    this.life = life;
    this.instance = instance;
    this.dispatcher = dispatcher;
    this.lock = lock;
    this.table = table;
  }

  /** A watch that is being placed: what is asked for, and what became of it. */
  private static final class Request<T> {
    final Subscription subscription;
    final int events;

    /** Takes the watch over. */
    final Hub.Placed<T> placed;

    /** What is noted later is about it, as a time of {@link EarlyRecords}. */
    long start;

    boolean isOver;
    boolean isTaken;

    /** Whether the kernel's mask is to be replaced. */
    boolean isMaskOther;

    /** Whether the end of the watch may be among what is lost. */
    boolean isEndInDoubt;

    Request(Subscription subscription, int events, Hub.Placed<T> placed) {
      this.subscription = subscription;
      this.events = events;
      this.placed = placed;
    }

    /** Has the watch end if it is gone. Under no lock: the kernel takes its time to tell. */
    void endWhatIsGone(Dispatcher dispatcher) {
      if (isEndInDoubt) {
        dispatcher.reconcile();
      }
    }
  }

  /** Places a watch by its path, or adds to the one that there is. */
  <T> T add(Subscription subscription, Path path, int events, int options, Hub.Placed<T> placed)
      throws IOException {
    Request<T> request = new Request<>(subscription, events, placed);
    int mask = events | options | Flag.MASK_ADD.bit();
    int wd = 0;
    @Nullable T taken = null;
    request.start = table.early().begin();
    try {
      while (taken == null) {
        wd = instance.addWatch(path, mask);
        taken = placed(wd, request);
      }
    } finally {
      request.isMaskOther = endPlacing(wd);
      dispatcher.log();
    }
    request.endWhatIsGone(dispatcher);
    if (request.isMaskOther) {
      replaceMask(wd, path);
    }
    return taken;
  }

  /** Settles a watch that the kernel has placed; null if it must be placed again. */
  private <T> @Nullable T placed(int wd, Request<T> request) throws ClosedChannelException {
    lock.lock();
    try {
      if (life.isClosed()) {
        // With the instance its watches are gone.
        throw new ClosedChannelException();
      }
      if (table.early().isToBePlacedAgain(request.start, wd)) {
        request.start = table.early().now();
        return null;
      }
      return putIntoTable(wd, request, true);
    } catch (ClosedWatchServiceException e) {
      boolean unused = table.unsubscribe(request.subscription, wd);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts a watch that the kernel has placed into the table, and hands out what came of it before.
   * The lock is held.
   *
   * @param isToldOfLoss whether who subscribes hears that some of that may be lost; else it looks
   *     anew whatever came
   */
  private <T> T putIntoTable(int wd, Request<T> request, boolean isToldOfLoss) {
    Subscription subscription = request.subscription;
    T taken = take(wd, request);
    dispatcher.dispatchEarly(wd);
    if (table.early().isOverflowedSince(request.start)) {
      Subscriber subscriber = subscription.subscriber();
      if (isToldOfLoss && subscriber != null) {
        subscriber.recordsLost(wd);
      }
      request.isEndInDoubt = true;
    }
    return taken;
  }

  /** Hands a watch to who wants it; where that fails nobody has it on that one's behalf. */
  private <T> T take(int wd, Request<T> request) {
    Subscription subscription = request.subscription;
    boolean isKnown = subscription.wds().contains(wd);
    try {
      boolean isNew = table.subscribe(wd, subscription, request.events);
      return request.placed.take(wd, isNew);
    } catch (Throwable e) {
      if (!isKnown) {
        table.giveBack(subscription, wd);
      }
      throw e;
    }
  }

  /**
   * Places a watch on a directory that is open, or adds to the one that there is.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int watch(Subscription subscription, int directory, int events, Hub.Placed<Boolean> placed) {
    byte[] path = Instance.descriptorPath(directory);
    Request<Boolean> request = new Request<>(subscription, events, placed);
    int wd = watch(path, Flag.ONLYDIR, request);
    request.endWhatIsGone(dispatcher);
    if (request.isMaskOther) {
      replaceMask(wd, directory);
    }
    return wd > 0 && !request.isTaken ? -Errno.EBADF.number() : wd;
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
    Request<Boolean> request = new Request<>(subscription, events, placed);
    int wd = watch(path, Flag.DONT_FOLLOW, request);
    request.endWhatIsGone(dispatcher);
    return wd > 0 && !request.isTaken ? -Errno.EBADF.number() : wd;
  }

  private int watch(byte[] path, Flag option, Request<Boolean> request) {
    int mask = request.events | option.bit() | Flag.MASK_ADD.bit();
    int wd;
    request.start = table.early().begin();
    try {
      do {
        wd = instance.addWatch(path, mask);
        settle(wd, request);
      } while (!request.isOver);
    } finally {
      if (!request.isOver) {
        // No memory for it.
        boolean unused = endPlacing(0);
      }
    }
    return wd;
  }

  /** Ends one time on the way, or says that there must be another: under one lock, not three. */
  private void settle(int wd, Request<Boolean> request) {
    lock.lock();
    try {
      if (wd > 0 && !life.isClosed()) {
        if (table.early().isToBePlacedAgain(request.start, wd)) {
          request.start = table.early().now();
          return;
        }
        takeOver(wd, request);
      }
      table.early().end();
      request.isOver = true;
    } finally {
      lock.unlock();
    }
  }

  private void takeOver(int wd, Request<Boolean> request) {
    if (request.subscription.isOver()) {
      boolean unused = table.dropUnknown(wd);
      return;
    }
    boolean isNew = table.get(wd) == null;
    request.isTaken = putIntoTable(wd, request, false);
    // A new one is completed when its directory was read.
    request.isMaskOther = request.isTaken && !isNew && table.isMaskOther(wd);
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
      if (wd > 0 && life.isClosed()) {
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
    if (!isMaskOther(wd) || find(directory) != wd) {
      return;
    }
    lock.lock();
    try {
      if (!life.isClosed()) {
        // Also where another thread has done it by now: finding it has added a bit.
        table.replaceMask(wd, directory);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the kernel's mask of a watch is not what its subscriptions want together. */
  boolean isMaskOther(int wd) {
    lock.lock();
    try {
      return !life.isClosed() && table.isMaskOther(wd);
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

  /** It is over; whether the mask of the watch is not what its subscriptions want. */
  private boolean endPlacing(int wd) {
    lock.lock();
    try {
      table.early().end();
      return table.isMaskOther(wd);
    } finally {
      lock.unlock();
    }
  }
}
