package org.inotify4j;

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
 */
final class RecordCursor {

  /** The bytes of a record before its name. */
  static final int HEADER = 16;

  private static final int MASK = 4;
  private static final int COOKIE = 8;
  private static final int LENGTH = 12;

  private final ByteBuffer records;
  private int limit;
  private int current = -1;
  private int next;

  /** Over all the bytes of a buffer, whatever its position, limit and byte order. */
  RecordCursor(ByteBuffer records) {
    this.records = records.duplicate().order(ByteOrder.nativeOrder()).clear();
    this.limit = records.capacity();
  }

  /** Starts again, before the first record, with the first {@code length} bytes of the buffer. */
  void restart(int length) {
    limit = length;
    current = -1;
    next = 0;
  }

  /** Starts again, before the first record, with the same bytes. */
  void restart() {
    restart(limit);
  }

  boolean next() {
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
    return true;
  }

  int wd() {
    return records.getInt(current());
  }

  int mask() {
    return records.getInt(current() + MASK);
  }

  int cookie() {
    return records.getInt(current() + COOKIE);
  }

  int nameLength() {
    int start = current() + HEADER;
    if (start == next) {
      return 0;
    }
    for (int i = start; i < next; i++) {
      if (records.get(i) == 0) {
        return i - start;
      }
    }
    throw new IllegalArgumentException(
        "impossible at offset " + start + ": a name of " + (next - start) + " bytes without a NUL");
  }

  int copyName(byte[] target, int offset) {
    int length = nameLength();
    records.get(current() + HEADER, target, offset, length);
    return length;
  }

  EntryName name() {
    byte[] bytes = new byte[nameLength()];
    records.get(current() + HEADER, bytes);
    try {
      return EntryName.adopt(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "impossible at offset " + (current + HEADER) + ": " + e.getMessage(), e);
    }
  }

  INotifyEvent event() {
    return new INotifyEvent(wd(), mask(), cookie(), name());
  }

  private int current() {
    if (current < 0) {
      throw new IllegalStateException(
          "there is no current event: next() was not called, or said no");
    }
    return current;
  }
}
