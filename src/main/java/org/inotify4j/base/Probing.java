package org.inotify4j.base;

/**
 * Linear probing in a hash table of positive numbers, which is never full, and as long as a power
 * of two.
 */
final class Probing {

  /** What a slot has that is free. */
  static final int FREE = 0;

  /** No slot. */
  static final int NONE = -1;

  private Probing() {}

  /** Where a number is, or the free slot where it would go. */
  static int slot(int[] keys, int key) {
    int mask = keys.length - 1;
    int slot = home(keys, key);
    while (keys[slot] != FREE && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /**
   * Where the number is that must move into a gap, since it would not be found behind it; {@link
   * #NONE} if there is none, and the gap may be free.
   */
  static int filler(int[] keys, int gap) {
    int mask = keys.length - 1;
    for (int i = (gap + 1) & mask; keys[i] != FREE; i = (i + 1) & mask) {
      if (((i - home(keys, keys[i])) & mask) >= ((i - gap) & mask)) {
        return i;
      }
    }
    return NONE;
  }

  private static int home(int[] keys, int key) {
    return ((key * 0x9E3779B9) >>> 8) & (keys.length - 1);
  }
}
