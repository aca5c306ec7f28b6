package org.inotify4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.inotify4j.libc.RecordCursor;

/**
 * Memory that the kernel writes events into, and a cursor over them: the form of reading that
 * allocates nothing.
 *
 * <pre>{@code
 * EventBuffer buffer = EventBuffer.allocate(64 * 1024);
 * while (true) {
 *   inotify.read(buffer);
 *   while (buffer.next()) {
 *     handle(buffer.wd(), buffer.mask(), buffer.cookie());
 *   }
 * }
 * }</pre>
 *
 * <p>Not safe for use by several threads at once: each thread that reads wants a buffer of its own.
 */
public final class EventBuffer {

  /**
   * The least capacity, in bytes: that of a record with a name of 255 bytes, which no name is
   * longer than on most file systems. But on vfat, exFAT and NTFS one may have 765 bytes, and on
   * FUSE up to 4,095. A read into a buffer that the next record does not fit into fails, and takes
   * nothing: the next read may have a larger one. With 4,112 bytes every record fits.
   */
  public static final int MIN_CAPACITY = 272;

  private final ByteBuffer memory;
  private final RecordCursor cursor;
  private final ReadinessPoll poll = new ReadinessPoll();

  private EventBuffer(int capacity) {
    memory = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    cursor = new RecordCursor(memory);
  }

  /**
   * A buffer without events.
   *
   * @param capacity how many bytes one read may return; at least {@link #MIN_CAPACITY}, which says
   *     how many are enough for every event. A record is 16 bytes, and with a name 32 or more.
   * @return the buffer, in memory outside of the heap
   * @throws IllegalArgumentException if the capacity is less than that
   */
  public static EventBuffer allocate(int capacity) {
    if (capacity < MIN_CAPACITY) {
      throw new IllegalArgumentException(
          "a capacity of "
              + capacity
              + " bytes cannot take every event: at least "
              + MIN_CAPACITY
              + " are needed");
    }
    return new EventBuffer(capacity);
  }

  /**
   * The capacity.
   *
   * @return in bytes
   */
  public int capacity() {
    return memory.capacity();
  }

  /**
   * Moves to the next event: the first one after a read.
   *
   * @return whether there is one
   */
  public boolean next() {
    return cursor.next();
  }

  /** Moves back to before the first event. */
  public void rewind() {
    cursor.restart();
  }

  /**
   * The current event's watch descriptor.
   *
   * @return as {@link INotifyEvent#wd}
   * @throws IllegalStateException if {@link #next} was not called or returned false
   */
  public int wd() {
    return cursor.wd();
  }

  /**
   * The current event's mask.
   *
   * @return as {@link INotifyEvent#mask}
   * @throws IllegalStateException if {@link #next} was not called or returned false
   */
  public int mask() {
    return cursor.mask();
  }

  /**
   * The current event's cookie.
   *
   * @return as {@link INotifyEvent#cookie}
   * @throws IllegalStateException if {@link #next} was not called or returned false
   */
  public int cookie() {
    return cursor.cookie();
  }

  /**
   * The length of the current event's name.
   *
   * @return in bytes; 0 where the event is about the watched object itself
   * @throws IllegalArgumentException if it has no NUL or a slash in it: the kernel makes no such
   *     name
   * @throws IllegalStateException if {@link #next} was not called or returned false
   */
  public int nameLength() {
    return cursor.nameLength();
  }

  /**
   * Copies the bytes of the current event's name.
   *
   * @param target where they go; 4,095 bytes are room enough for every name
   * @param offset the index of the first one
   * @return how many bytes were copied
   * @throws IndexOutOfBoundsException if they do not fit
   * @throws IllegalArgumentException if it has no NUL or a slash in it: the kernel makes no such
   *     name
   * @throws IllegalStateException if {@link #next} was not called or returned false
   */
  public int copyName(byte[] target, int offset) {
    return cursor.copyName(target, offset);
  }

  /**
   * The current event's name, as an object of its own.
   *
   * @return as {@link INotifyEvent#name}
   * @throws IllegalArgumentException if it has no NUL or a slash in it: the kernel makes no such
   *     name
   * @throws IllegalStateException if {@link #next} was not called or returned false
   */
  public EntryName name() {
    return name(cursor);
  }

  /**
   * The current event, as an object of its own.
   *
   * @return a copy that stays as it is when the buffer is read into again
   * @throws IllegalArgumentException if it has no NUL or a slash in it: the kernel makes no such
   *     name
   * @throws IllegalStateException if {@link #next} was not called or returned false
   */
  public INotifyEvent event() {
    return event(cursor);
  }

  static EntryName name(RecordCursor cursor) {
    byte[] bytes = new byte[cursor.nameLength()];
    cursor.copyName(bytes, 0);
    return EntryName.adopt(bytes);
  }

  /** A record as an object. */
  static INotifyEvent event(RecordCursor cursor) {
    return new INotifyEvent(cursor.wd(), cursor.mask(), cursor.cookie(), name(cursor));
  }

  /** Where the kernel writes. */
  ByteBuffer memory() {
    return memory;
  }

  /** The memory to wait with, so that a read allocates none. */
  ReadinessPoll poll() {
    return poll;
  }

  /** Says that a read has put {@code length} bytes into {@link #memory}. */
  void filled(int length) {
    cursor.restart(length);
  }
}
