package org.inotify4j.libc;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.inotify4j.base.Spares;

/**
 * Memory outside of the heap at a known address, for the arguments of calls that are made many
 * thousand times in a row: a number is the one kind of argument that JNA hands over as it is.
 *
 * <p>Some pieces are kept for the calls to come. A thread that finds all in use makes another one.
 */
final class NativeBytes {

  /** PATH_MAX, and the NUL of a path that is as long as that. */
  private static final int CAPACITY = 4096 + 1;

  private static final Spares<NativeBytes> KEPT = new Spares<>();

  private final ByteBuffer buffer;
  private final long address;

  private NativeBytes(ByteBuffer buffer) {
    this.buffer = buffer.order(ByteOrder.nativeOrder());
    this.address = Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
  }

  /** Memory with a copy of the bytes; to be {@linkplain #release released}. */
  static NativeBytes of(byte[] bytes) {
    NativeBytes memory = ofLength(bytes.length);
    memory.buffer.put(0, bytes);
    return memory;
  }

  /** Memory with a {@code struct timespec}; to be {@linkplain #release released}. */
  static NativeBytes ofTime(int millis) {
    NativeBytes memory = ofLength(2 * Long.BYTES);
    memory.buffer.putLong(0, millis / 1000).putLong(Long.BYTES, millis % 1000 * 1_000_000L);
    return memory;
  }

  private static NativeBytes ofLength(int length) {
    NativeBytes kept = KEPT.take();
    return kept != null && kept.buffer.capacity() >= length
        ? kept
        : new NativeBytes(ByteBuffer.allocateDirect(Math.max(CAPACITY, length)));
  }

  long address() {
    return address;
  }

  void release() {
    if (buffer.capacity() == CAPACITY) {
      KEPT.keep(this);
    }
  }
}
