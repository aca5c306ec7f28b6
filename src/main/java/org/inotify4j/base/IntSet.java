package org.inotify4j.base;

import java.util.Arrays;

/** A set of positive numbers, such as watch descriptors, which takes 5 to 10 bytes an entry. */
public final class IntSet {

  private static final int NO_KEY = 0;
  private static final int FIRST_CAPACITY = 4;

  private int[] keys = new int[FIRST_CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public boolean contains(int key) {
    return keys[slot(key)] == key;
  }

  /** Adds a number; false if it was there before. */
  public boolean add(int key) {
    int slot = slot(key);
    if (keys[slot] == key) {
      return false;
    }
    if (5 * (size + 1) > 4 * keys.length) {
      resize(2 * keys.length);
      slot = slot(key);
    }
    keys[slot] = key;
    size++;
    return true;
  }

  /** Removes a number; false if it was not there. */
  public boolean remove(int key) {
    int gap = slot(key);
    if (keys[gap] != key || key == NO_KEY) {
      return false;
    }
    size--;
    // Close the gap: an entry behind it moves into it, unless it is where its hash wants it.
    int mask = keys.length - 1;
    for (int i = (gap + 1) & mask; keys[i] != NO_KEY; i = (i + 1) & mask) {
      if (((i - home(keys[i])) & mask) >= ((i - gap) & mask)) {
        keys[gap] = keys[i];
        gap = i;
      }
    }
    keys[gap] = NO_KEY;
    if (keys.length > FIRST_CAPACITY && 8 * size < keys.length) {
      resize(keys.length / 2);
    }
    return true;
  }

  public void clear() {
    keys = new int[FIRST_CAPACITY];
    size = 0;
  }

  /** The numbers, in no order: a copy. */
  public int[] toArray() {
    return Arrays.stream(keys).filter(key -> key != NO_KEY).toArray();
  }

  /** Where the number is, or the free slot where it would go. */
  private int slot(int key) {
    int mask = keys.length - 1;
    int slot = home(key);
    while (keys[slot] != NO_KEY && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int home(int key) {
    return ((key * 0x9E3779B9) >>> 8) & (keys.length - 1);
  }

  private void resize(int capacity) {
    int[] old = keys;
    keys = new int[capacity];
    for (int key : old) {
      if (key != NO_KEY) {
        keys[slot(key)] = key;
      }
    }
  }
}
