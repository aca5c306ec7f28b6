package org.inotify4j.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.inotify4j.Flag;
import org.jspecify.annotations.Nullable;

/**
 * What the poller has for a tree, in order: records as bytes, and marks between them.
 *
 * <p>Where the kernel has lost events, or there is no room for more, the records before are
 * dropped, since the tree will be repaired, but no mark is.
 */
final class Inbox {

  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final int HEADER = 13;

  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable wake;

  @GuardedBy("lock")
  private byte[] bytes = {};

  @GuardedBy("lock")
  private int used;

  @GuardedBy("lock")
  private List<Mark> marks = new ArrayList<>();

  @GuardedBy("lock")
  private boolean overflowed;

  @GuardedBy("lock")
  private boolean isAwake = true;

  /** The owner must start to take before it is woken. */
  Inbox(Runnable wake) {
    this.wake = wake;
  }

  /** Adds a record; whether the owner was woken for it. */
  boolean add(KernelRecord event) {
    return add(event.wd(), event.mask(), event.cookie(), event.name(), event.nameLength());
  }

  /** Adds that a watch is gone. */
  void addEnd(int wd) {
    boolean unused = add(wd, Flag.IGNORED.bit(), 0, new byte[0], 0);
  }

  private boolean add(int wd, int mask, int cookie, byte[] name, int length) {
    lock.lock();
    try {
      if (used + HEADER + length > MOST_BYTES) {
        overflow();
      }
      if (used + HEADER + length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(1024, 2 * (used + HEADER + length)));
      }
      putInt(used, wd);
      putInt(used + 4, mask);
      putInt(used + 8, cookie);
      bytes[used + 12] = (byte) length;
      System.arraycopy(name, 0, bytes, used + HEADER, length);
      used += HEADER + length;
      return wake();
    } finally {
      lock.unlock();
    }
  }

  /** Adds an action that the owner runs when it comes to this place. */
  void mark(Runnable action) {
    lock.lock();
    try {
      marks.add(new Mark(used, action));
      boolean unused = wake();
    } finally {
      lock.unlock();
    }
  }

  /** Events are lost. */
  void overflow() {
    lock.lock();
    try {
      used = 0;
      marks.replaceAll(mark -> new Mark(0, mark.action()));
      overflowed = true;
      boolean unused = wake();
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything was taken, and its owner sleeps. */
  boolean isIdle() {
    lock.lock();
    try {
      return !isAwake;
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything; null where there is nothing, and the owner is woken when there is. */
  @Nullable Content take() {
    lock.lock();
    try {
      if (used == 0 && marks.isEmpty() && !overflowed) {
        isAwake = false;
        return null;
      }
      Content content = new Content(bytes, used, marks, overflowed);
      bytes = new byte[0];
      used = 0;
      marks = new ArrayList<>();
      overflowed = false;
      return content;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean wake() {
    if (isAwake) {
      return false;
    }
    isAwake = true;
    wake.run();
    return true;
  }

  @GuardedBy("lock")
  private void putInt(int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
    bytes[at + 2] = (byte) (value >> 16);
    bytes[at + 3] = (byte) (value >> 24);
  }

  /** An action, and before which record it is due. */
  record Mark(int position, Runnable action) {}

  /** What was taken. */
  static final class Content {

    private final byte[] bytes;
    private final int used;
    private final List<Mark> marks;
    private final boolean overflowed;

    Content(byte[] bytes, int used, List<Mark> marks, boolean overflowed) {
      this.bytes = bytes;
      this.used = used;
      this.marks = marks;
      this.overflowed = overflowed;
    }

    /** Whether events are lost that came before all of this. */
    boolean isOverflowed() {
      return overflowed;
    }

    /** Hands out the records in order, and runs the marks' actions between them. */
    void forEach(KernelRecord carrier, Consumer<KernelRecord> consumer) {
      int due = 0;
      for (int at = 0; at < used; ) {
        due = runMarks(due, at);
        int length = Byte.toUnsignedInt(bytes[at + 12]);
        carrier.set(getInt(at), getInt(at + 4), getInt(at + 8), bytes, at + HEADER, length);
        at += HEADER + length;
        consumer.accept(carrier);
      }
      runMarks(due, used);
    }

    private int runMarks(int from, int position) {
      int due = from;
      while (due < marks.size() && marks.get(due).position() <= position) {
        marks.get(due++).action().run();
      }
      return due;
    }

    private int getInt(int at) {
      return Byte.toUnsignedInt(bytes[at])
          | Byte.toUnsignedInt(bytes[at + 1]) << 8
          | Byte.toUnsignedInt(bytes[at + 2]) << 16
          | Byte.toUnsignedInt(bytes[at + 3]) << 24;
    }
  }
}
