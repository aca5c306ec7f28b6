package org.inotify4j.libc;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lends {@link CallMemory} for the time of one call.
 *
 * <p>A thread does not keep it: a virtual thread has no memory of its own that costs little, and
 * what its carrier has it cannot reach. So there are places, each with memory in it or empty. Who
 * calls takes it out of one, and nobody else has it until it is put back into any empty one. A
 * thread tries the same place first, so that threads seldom meet. Where all is lent more is made,
 * and stays: as much as calls were under way at once, up to the number of places.
 *
 * <p>What there is from the beginning lets calls go on where there is no memory to make more of it.
 */
final class CallMemories {

  private static final int PLACES = 16;

  private final AtomicReferenceArray<@Nullable CallMemory> places =
      new AtomicReferenceArray<>(PLACES);

  CallMemories() {
    ByteBuffer all = ByteBuffer.allocateDirect(PLACES * CallMemory.SIZE);
    for (int i = 0; i < PLACES; i++) {
      places.set(i, new CallMemory(all.slice(i * CallMemory.SIZE, CallMemory.SIZE)));
    }
  }

  /** Memory to be {@linkplain #giveBack given back}. */
  CallMemory take() {
    int first = firstPlace();
    for (int i = 0; i < PLACES; i++) {
      int place = (first + i) % PLACES;
      if (places.getPlain(place) != null) {
        CallMemory taken = places.getAndSet(place, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return CallMemory.ofArgument(0);
  }

  /** The same, with a copy of some bytes as the argument. */
  CallMemory take(byte[] argument) {
    CallMemory taken = take();
    if (!taken.holds(argument)) {
      giveBack(taken);
      taken = CallMemory.ofArgument(argument.length);
    }
    taken.put(argument);
    return taken;
  }

  void giveBack(CallMemory memory) {
    if (memory.isUsual()) {
      int first = firstPlace();
      for (int i = 0; i < PLACES; i++) {
        int place = (first + i) % PLACES;
        if (places.getPlain(place) == null && places.compareAndSet(place, null, memory)) {
          return;
        }
      }
    }
  }

  private static int firstPlace() {
    return (int) (Thread.currentThread().threadId() % PLACES);
  }
}
