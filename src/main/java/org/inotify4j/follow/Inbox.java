package org.inotify4j.follow;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.inotify4j.Flag;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.PackedInts;
import org.inotify4j.base.Rank;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the poller has for a follower, in order: records as bytes, and marks between them.
 *
 * <p>Where the kernel has lost records, or there is no room for more, the records before are
 * dropped, since the follower will look at the disk, but no mark is. The room is the service's
 * {@link ByteBudget}; the first {@value #FREE} bytes are in no budget, so that a consumer that does
 * not read its keys does not make those of others look at their disks all the time.
 */
public final class Inbox {

  /** How many bytes are free of charge. */
  static final int FREE = 64 * 1024;

  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int FIRST_CAPACITY = 1024;
  private static final byte[] NONE = {};

  private final OrderedLock lock = new OrderedLock(Rank.INBOX);
  private final ByteBudget budget;

  /** Wakes the owner. */
  private volatile Runnable wake = () -> {};

  @GuardedBy("lock")
  private byte[] bytes = NONE;

  @GuardedBy("lock")
  private int used;

  /** How many bytes of the budget are taken for what waits. */
  @GuardedBy("lock")
  private long reserved;

  @GuardedBy("lock")
  private List<InboxBatch.Mark> marks = new ArrayList<>();

  @GuardedBy("lock")
  private boolean overflowed;

  @GuardedBy("lock")
  private boolean isAwake = true;

  /** Whether a batch with records is being handed out: the owner has one at a time. */
  @GuardedBy("lock")
  private boolean isHandedOut;

  @GuardedBy("lock")
  private boolean isClosed;

  /**
   * An empty one, whose owner starts to take before it is woken.
   *
   * @param budget what its room is taken of
   */
  public Inbox(ByteBudget budget) {
    this.budget = budget;
  }

  /** Says how the owner is woken, before anything comes. */
  void bind(Runnable waking) {
    wake = waking;
  }

  /** Adds a record; whether the owner was woken for it. */
  public boolean add(KernelRecord record) {
    lock.lock();
    try {
      return put(record);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a record, and those that follow; whether the owner was woken for one. */
  public boolean addAll(KernelRecord first) {
    lock.lock();
    try {
      boolean isWoken;
      do {
        isWoken = put(first);
      } while (!isWoken && first.goOn());
      return isWoken;
    } finally {
      lock.unlock();
    }
  }

  /** Adds that a watch is gone. */
  public void addEnd(int wd) {
    lock.lock();
    try {
      boolean unused = put(wd, Flag.IGNORED.bit(), 0, NONE, 0);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean put(KernelRecord record) {
    return put(record.wd(), record.mask(), record.cookie(), record.name(), record.nameLength());
  }

  @GuardedBy("lock")
  private boolean put(int wd, int mask, int cookie, byte[] name, int length) {
    if (isClosed) {
      return false;
    }
    if (!makeRoom(used + InboxBatch.HEADER + length)) {
      overflow();
      boolean unused = makeRoom(InboxBatch.HEADER + length);
    }
    PackedInts.put(bytes, used, wd);
    PackedInts.put(bytes, used + 4, mask);
    PackedInts.put(bytes, used + 8, cookie);
    InboxBatch.putLength(bytes, used, length);
    System.arraycopy(name, 0, bytes, used + InboxBatch.HEADER, length);
    used += InboxBatch.HEADER + length;
    return wake();
  }

  /** Makes room for so many bytes in all; false if there is none. A single record always fits. */
  @GuardedBy("lock")
  private boolean makeRoom(int needed) {
    if (needed <= bytes.length) {
      return true;
    }
    int capacity = Math.max(FIRST_CAPACITY, 2 * needed);
    long more = Math.max(0, capacity - FREE) - reserved;
    if (capacity > MOST_BYTES || (more > 0 && !budget.tryReserve(more))) {
      return false;
    }
    reserved += more;
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  /** Adds an action that the owner runs when it comes to this place. */
  public void mark(Runnable action) {
    lock.lock();
    try {
      if (!isClosed) {
        marks.add(new InboxBatch.Mark(used, action));
        boolean unused = wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops those of the actions that the owner has not taken yet: nobody wants them any more. */
  void unmark(Set<Runnable> actions) {
    lock.lock();
    try {
      marks.removeIf(mark -> actions.contains(mark.action()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an action that the owner runs when it comes to what is now the end of a hub's queue.
   *
   * @return false if that place cannot be marked, and the action will not run
   */
  public boolean markIn(Hub hub, Runnable action) {
    return hub.mark(() -> mark(action));
  }

  /** Records are lost. */
  public void overflow() {
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      if (used > 0) {
        List<InboxBatch.Mark> all = new ArrayList<>(marks.size());
        for (InboxBatch.Mark mark : marks) {
          all.add(new InboxBatch.Mark(0, mark.action()));
        }
        marks = all;
        dropRecords();
      }
      overflowed = true;
      boolean unused = wake();
    } finally {
      lock.unlock();
    }
  }

  /** Drops everything, and takes nothing any more: the owner is closed. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      marks.clear();
      overflowed = false;
      dropRecords();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void dropRecords() {
    used = 0;
    bytes = NONE;
    budget.release(reserved);
    reserved = 0;
  }

  /** Whether no record waits, and all that were taken were handed out. */
  boolean isIdle() {
    lock.lock();
    try {
      return used == 0 && !overflowed && !isHandedOut;
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything; null where there is nothing, and the owner is woken when there is. */
  @Nullable InboxBatch take() {
    lock.lock();
    try {
      if (used == 0 && marks.isEmpty() && !overflowed) {
        isAwake = false;
        return null;
      }
      InboxBatch batch = new InboxBatch(bytes, used, marks, overflowed, reserved);
      isHandedOut = used > 0 || overflowed;
      marks = new ArrayList<>();
      bytes = NONE;
      used = 0;
      reserved = 0;
      overflowed = false;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what a batch took of the budget: it was handed out. */
  void release(InboxBatch batch) {
    budget.release(batch.reserved());
    lock.lock();
    try {
      isHandedOut = false;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean wake() {
    if (isAwake) {
      return false;
    }
    wake.run();
    // Not before: where there was no memory for that, the next record is to wake the owner.
    isAwake = true;
    return true;
  }
}
