package org.inotify4j.libc;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where direct buffers lie in memory, of those that were used last: a number is the one kind of
 * argument that JNA hands over as it is, and a thread that reads does so with the same buffers
 * again and again.
 *
 * <p>Threads may overwrite each other's entries; each entry is whole, and who does not find its
 * buffer asks JNA.
 */
final class Addresses {

  private static final int ENTRIES = 64;
  private static final @Nullable Entry[] LAST = new Entry[ENTRIES];

  private Addresses() {}

  /** Loads all that is needed: later there may be no descriptor left to load a class with. */
  static void prepare() {
    long unused = of(ByteBuffer.allocateDirect(1));
  }

  /** The address of a direct buffer's first byte, whatever its position. */
  @SuppressWarnings("ReferenceEquality") // Equal buffers have other addresses.
  static long of(ByteBuffer buffer) {
    int index = System.identityHashCode(buffer) & (ENTRIES - 1);
    Entry entry = LAST[index];
    if (entry == null || entry.get() != buffer) {
      entry = new Entry(buffer);
      LAST[index] = entry;
    }
    return entry.address;
  }

  /** A buffer, which it does not keep from being collected, with its address. */
  private static final class Entry extends WeakReference<ByteBuffer> {

    final long address;

    Entry(ByteBuffer buffer) {
      super(buffer);
      ByteBuffer whole = buffer.duplicate().clear();
      address = Pointer.nativeValue(Native.getDirectBufferPointer(whole));
    }
  }
}
