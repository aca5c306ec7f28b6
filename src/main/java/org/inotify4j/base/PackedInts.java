package org.inotify4j.base;

/**
 * Numbers of four bytes among others in an array, the lowest byte first, on every processor.
 *
 * <p>By hand, since a handle to a view of the bytes makes the start of a virtual machine longer,
 * and a buffer costs an object for each array.
 */
public final class PackedInts {

  private PackedInts() {}

  /** Writes a number to the four bytes that begin at an index. */
  public static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
    bytes[at + 2] = (byte) (value >> 16);
    bytes[at + 3] = (byte) (value >> 24);
  }

  /** The number in the four bytes that begin at an index. */
  public static int get(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at])
        | Byte.toUnsignedInt(bytes[at + 1]) << 8
        | Byte.toUnsignedInt(bytes[at + 2]) << 16
        | Byte.toUnsignedInt(bytes[at + 3]) << 24;
  }
}
