package org.inotify4j.follow;

import java.util.List;
import java.util.function.Consumer;
import org.inotify4j.base.PackedInts;
import org.inotify4j.hub.KernelRecord;

/**
 * What was taken out of an {@link Inbox}: records as bytes, and marks between them. It can be
 * handed out in parts.
 *
 * <p>A mark is never lost: where a record cannot be handled the ones behind it are dropped, since
 * the owner will look at the disk, but all marks are run.
 *
 * <p>Not safe for use by several threads.
 */
final class InboxBatch {

  private static final int LENGTH = 12;

  /** The bytes of a record before its name. */
  static final int HEADER = 14;

  private final byte[] bytes;
  private final List<Mark> marks;
  private final long reserved;
  private int used;
  private int next;
  private int due;
  private boolean overflowed;
  private boolean isPaused;

  /**
   * A batch of which nothing was handed out yet.
   *
   * @param reserved how many bytes of the service's budget it takes
   */
  InboxBatch(byte[] bytes, int used, List<Mark> marks, boolean overflowed, long reserved) {
    this.bytes = bytes;
    this.used = used;
    this.marks = marks;
    this.overflowed = overflowed;
    this.reserved = reserved;
  }

  /** Writes how many bytes the name has, of the record that begins there: two bytes say that. */
  static void putLength(byte[] bytes, int at, int length) {
    bytes[at + LENGTH] = (byte) length;
    bytes[at + LENGTH + 1] = (byte) (length >> 8);
  }

  private static int length(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at + LENGTH]) | Byte.toUnsignedInt(bytes[at + LENGTH + 1]) << 8;
  }

  /** How many bytes of the service's budget it takes. */
  long reserved() {
    return reserved;
  }

  /** Whether records are lost that came before what is yet to be handed out. */
  boolean isOverflowed() {
    return overflowed;
  }

  /** Says whether {@link #isOverflowed}, and forgets it: the owner will do something about it. */
  boolean takeOverflow() {
    boolean was = overflowed;
    overflowed = false;
    return was;
  }

  /** How many bytes of records are yet to be handed out. */
  int left() {
    return used - next;
  }

  /** Drops the records that are yet to be handed out: they are lost. */
  void overflow() {
    used = next;
    overflowed = true;
  }

  /** {@link #run} returns before the next record or mark. */
  void pause() {
    isPaused = true;
  }

  /**
   * Hands out the records in order, and runs the marks between them.
   *
   * @return whether that is all; false where it was {@linkplain #pause paused}
   */
  boolean run(KernelRecord carrier, Consumer<KernelRecord> consumer) {
    isPaused = false;
    boolean isOrderly = false;
    try {
      boolean isDone = runInOrder(carrier, consumer);
      isOrderly = true;
      return isDone;
    } finally {
      if (!isOrderly) {
        abandon();
      }
    }
  }

  private boolean runInOrder(KernelRecord carrier, Consumer<KernelRecord> consumer) {
    while (!isPaused) {
      if (due < marks.size() && (next >= used || marks.get(due).position() <= next)) {
        marks.get(due++).action().run();
      } else if (next < used) {
        int at = next;
        int length = length(bytes, at);
        int wd = PackedInts.get(bytes, at);
        int mask = PackedInts.get(bytes, at + 4);
        int cookie = PackedInts.get(bytes, at + 8);
        carrier.set(wd, mask, cookie, bytes, at + HEADER, length);
        next = at + HEADER + length;
        consumer.accept(carrier);
      } else {
        return true;
      }
    }
    return false;
  }

  /** Drops the records that are left, and runs all marks, whatever some of them throw. */
  void abandon() {
    next = used;
    while (due < marks.size()) {
      try {
        marks.get(due++).action().run();
      } catch (Throwable e) {
        // What went wrong first is reported; the marks that are left are due all the same.
      }
    }
  }

  /** An action, and before which record it is due. */
  record Mark(int position, Runnable action) {}
}
