package org.inotify4j.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Steps through {@code struct inotify_event} records, checking every length before it is used.
 *
 * <pre>
 * offset  0  int      wd
 *         4  uint32_t mask
 *         8  uint32_t cookie
 *        12  uint32_t len      0, or the bytes that follow
 *        16  char     name[]   ends with one NUL or more, which len counts
 * </pre>
 *
 * <p>The bytes are copied to the heap first, all at once: there they are quicker to go through.
 */
public final class RecordCursor {

  /**
   * The most bytes that a name can have: no path is longer. Most file systems have names of 255 at
   * most, those that count in UTF-16, as vfat and exFAT, of 765, and FUSE of 1,024, since Linux
   * 6.14 of so many.
   */
  public static final int LONGEST_NAME = 4095;

  /** The bytes of a record before its name. */
  private static final int HEADER = 16;

  /** The bytes of a record with such a name, and its NUL. */
  public static final int LONGEST_RECORD = HEADER + LONGEST_NAME + 1;

  private static final int MASK = 4;
  private static final int COOKIE = 8;
  private static final int LENGTH = 12;

  private static final int UNKNOWN = -1;

  /** Eight bytes of 1, of 0x80, and of '/'. */
  private static final long ONES = 0x0101010101010101L;

  private static final long HIGH_BITS = ONES << 7;
  private static final long SLASHES = ONES * '/';

  private final ByteBuffer memory;

  /** The copy, and the same bytes as numbers. */
  private byte[] bytes = {};

  private ByteBuffer records = ByteBuffer.wrap(bytes);
  private int limit;
  private int current = -1;
  private int next;

  /** Of the current record, once it was asked for. */
  private int nameLength = UNKNOWN;

  /**
   * Over nothing, until it is started.
   *
   * @param memory where the records will be, whatever its position, limit and byte order
   */
  public RecordCursor(ByteBuffer memory) {
    this.memory = memory.duplicate().clear();
  }

  /** Starts again, before the first record, with the first {@code length} bytes of the buffer. */
  public void restart(int length) {
    if (length > bytes.length) {
      bytes = new byte[Math.min(memory.capacity(), Math.max(length, 2 * bytes.length))];
      records = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
    memory.get(0, bytes, 0, length);
    limit = length;
    current = -1;
    next = 0;
  }

  /** Starts again, before the first record, with the same bytes. */
  public void restart() {
    current = -1;
    next = 0;
  }

  /**
   * Moves to the next record; false where there is none.
   *
   * @throws IllegalArgumentException if the bytes that are left are none
   */
  public boolean next() {
    if (next == limit) {
      current = -1;
      return false;
    }
    int left = limit - next;
    if (left < HEADER) {
      throw new IllegalArgumentException(
          "truncated at offset " + next + ": " + left + " bytes left of a header of " + HEADER);
    }
    long nameField = Integer.toUnsignedLong(records.getInt(next + LENGTH));
    if (nameField > left - HEADER) {
      throw new IllegalArgumentException(
          "truncated at offset "
              + next
              + ": a name field of "
              + nameField
              + " bytes with "
              + (left - HEADER)
              + " bytes left");
    }
    current = next;
    next = current + HEADER + (int) nameField;
    nameLength = UNKNOWN;
    return true;
  }

  /**
   * Moves to the next record if it is of a watch, and has none of some bits; false where it is
   * another one, or none, or cannot be read.
   */
  public boolean nextOf(int wd, int withoutBits) {
    boolean isWanted =
        limit - next >= HEADER
            && records.getInt(next) == wd
            && (records.getInt(next + MASK) & withoutBits) == 0;
    return isWanted && next();
  }

  /** The watch descriptor. */
  public int wd() {
    return records.getInt(current());
  }

  /** What happened, as bits. */
  public int mask() {
    return records.getInt(current() + MASK);
  }

  /** What the two records of a rename have in common. */
  public int cookie() {
    return records.getInt(current() + COOKIE);
  }

  /**
   * The length of the name, in bytes; 0 where there is none.
   *
   * @throws IllegalArgumentException if it has no NUL or a slash in it
   */
  public int nameLength() {
    int start = current() + HEADER;
    if (nameLength == UNKNOWN) {
      nameLength = start == next ? 0 : end(start) - start;
    }
    return nameLength;
  }

  /** Where the NUL is behind a name. */
  private int end(int start) {
    int at = start;
    while (next - at >= Long.BYTES && !hasNulOrSlash(records.getLong(at))) {
      at += Long.BYTES;
    }
    for (; at < next; at++) {
      byte b = bytes[at];
      if (b == 0) {
        return at;
      } else if (b == '/') {
        throw new IllegalArgumentException(
            "impossible at offset "
                + start
                + ": a '/' at index "
                + (at - start)
                + " of an entry's name");
      }
    }
    throw new IllegalArgumentException(
        "impossible at offset " + start + ": a name of " + (next - start) + " bytes without a NUL");
  }

  private static boolean hasNulOrSlash(long bytes) {
    long slashes = bytes ^ SLASHES;
    return ((((bytes - ONES) & ~bytes) | ((slashes - ONES) & ~slashes)) & HIGH_BITS) != 0;
  }

  /**
   * Copies the bytes of the name.
   *
   * @return how many they are
   * @throws IllegalArgumentException if it has no NUL or a slash in it
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public int copyName(byte[] target, int offset) {
    int start = current() + HEADER;
    int length = nameLength();
    if (length > target.length - offset) {
      throw new IndexOutOfBoundsException(
          "a name of " + length + " bytes at index " + offset + " of " + target.length);
    }
    System.arraycopy(bytes, start, target, offset, length);
    return length;
  }

  private int current() {
    if (current < 0) {
      throw new IllegalStateException(
          "there is no current event: next() was not called, or said no");
    }
    return current;
  }
}
