package org.inotify4j.base;

import static org.inotify4j.base.Probing.FREE;
import static org.inotify4j.base.Probing.NONE;
import static org.inotify4j.base.Probing.filler;
import static org.inotify4j.base.Probing.slot;

import java.util.Arrays;

/** A set of positive numbers, such as watch descriptors, which takes 5 to 10 bytes an entry. */
public final class IntSet {

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
    return keys[slot(keys, key)] == key;
  }

  /** Adds a number; false if it was there before. */
  public boolean add(int key) {
    int slot = slot(keys, key);
    if (keys[slot] == key) {
      return false;
    }
    if (5 * (size + 1) > 4 * keys.length) {
      resize(2 * keys.length);
      slot = slot(keys, key);
    }
    keys[slot] = key;
    size++;
    return true;
  }

  /** Removes a number; false if it was not there. */
  public boolean remove(int key) {
    int gap = slot(keys, key);
    if (keys[gap] != key || key == FREE) {
      return false;
    }
    size--;
    for (int from = filler(keys, gap); from != NONE; from = filler(keys, gap)) {
      keys[gap] = keys[from];
      gap = from;
    }
    keys[gap] = FREE;
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
    return Arrays.stream(keys).filter(key -> key != FREE).toArray();
  }

  private void resize(int capacity) {
    int[] old = keys;
    keys = new int[capacity];
    for (int key : old) {
      if (key != FREE) {
        keys[slot(keys, key)] = key;
      }
    }
  }
}
