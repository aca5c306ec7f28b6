package org.inotify4j.base;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from positive numbers, such as watch descriptors, to objects, which takes some 10 to 20
 * bytes an entry: a hash table with linear probing.
 */
public final class IntMap<V> {

  private static final int NO_KEY = 0;
  private static final int FIRST_CAPACITY = 8;

  private int[] keys = new int[FIRST_CAPACITY];
  private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V get(int key) {
    int slot = slot(key);
    return keys[slot] == key ? (V) values[slot] : null;
  }

  public boolean containsKey(int key) {
    return keys[slot(key)] == key;
  }

  public void put(int key, V value) {
    int slot = slot(key);
    if (keys[slot] != key) {
      if (5 * (size + 1) > 4 * keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V remove(int key) {
    int gap = slot(key);
    if (keys[gap] != key || key == NO_KEY) {
      return null;
    }
    V removed = (V) values[gap];
    size--;
    // Close the gap: an entry behind it moves into it, unless it is where its hash wants it.
    int mask = keys.length - 1;
    for (int i = (gap + 1) & mask; keys[i] != NO_KEY; i = (i + 1) & mask) {
      if (((i - home(keys[i])) & mask) >= ((i - gap) & mask)) {
        keys[gap] = keys[i];
        values[gap] = values[i];
        gap = i;
      }
    }
    keys[gap] = NO_KEY;
    values[gap] = null;
    return removed;
  }

  public void clear() {
    keys = new int[FIRST_CAPACITY];
    values = new @Nullable Object[FIRST_CAPACITY];
    size = 0;
  }

  /** The keys, in no order: a copy, so that the map may change meanwhile. */
  public int[] keys() {
    return Arrays.stream(keys).filter(key -> key != NO_KEY).toArray();
  }

  /** Gives every value to the consumer, which must not change the map. */
  @SuppressWarnings("unchecked")
  public void forEach(Consumer<? super V> consumer) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != NO_KEY) {
        consumer.accept((V) values[i]);
      }
    }
  }

  /** Where the key is, or the free slot where it would go. */
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

  private void grow() {
    int[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new int[2 * oldKeys.length];
    values = new @Nullable Object[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != NO_KEY) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
