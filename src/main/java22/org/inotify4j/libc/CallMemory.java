package org.inotify4j.libc;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory outside of the heap that one system call has to itself: where its errno goes, and a
 * path or a time that it is given.
 */
final class CallMemory {

  /** Where the argument is, behind what the linker saves of the call's state. */
  private static final int ARGUMENT = 16;

  /** With PATH_MAX, the NUL of a path that is as long as that, and what aligns the next one. */
  static final int SIZE = ARGUMENT + 4096 + 8;

  private final ByteBuffer bytes;
  private final MemorySegment segment;
  private final long address;

  /** In a direct buffer. */
  CallMemory(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.nativeOrder());
    this.segment = MemorySegment.ofBuffer(bytes);
    this.address = segment.address() + ARGUMENT;
  }

  /** Of its own, for an argument of some bytes. */
  static CallMemory ofArgument(int length) {
    return new CallMemory(ByteBuffer.allocateDirect(Math.max(SIZE, ARGUMENT + length)));
  }

  /** Whether it is of the size that is kept for further calls. */
  boolean isUsual() {
    return bytes.capacity() == SIZE;
  }

  boolean holds(byte[] argument) {
    return argument.length <= bytes.capacity() - ARGUMENT;
  }

  /** Where the linker saves the call's state. */
  MemorySegment segment() {
    return segment;
  }

  /** The errno that was saved. */
  int errno(int offset) {
    return bytes.getInt(offset);
  }

  /** Copies an argument that {@linkplain #holds has room}. */
  void put(byte[] argument) {
    bytes.put(ARGUMENT, argument);
  }

  /** Makes the argument a {@code struct timespec}. */
  void putTime(int millis) {
    bytes.putLong(ARGUMENT, millis / 1000).putLong(ARGUMENT + 8, millis % 1000 * 1_000_000L);
  }

  /** The address of the argument. */
  long address() {
    return address;
  }
}
