package org.inotify4j.base;

import static org.inotify4j.base.Probing.FREE;
import static org.inotify4j.base.Probing.NONE;
import static org.inotify4j.base.Probing.filler;
import static org.inotify4j.base.Probing.slot;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from positive numbers, such as watch descriptors, to objects, which takes some 10 to 20
 * bytes an entry: a hash table with linear probing.
 */
public final class IntMap<V> {

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
    int slot = slot(keys, key);
    return keys[slot] == key ? (V) values[slot] : null;
  }

  public boolean containsKey(int key) {
    return keys[slot(keys, key)] == key;
  }

  public void put(int key, V value) {
    int slot = slot(keys, key);
    if (keys[slot] != key) {
      if (5 * (size + 1) > 4 * keys.length) {
        grow();
        slot = slot(keys, key);
      }
      keys[slot] = key;
      size++;
    }
    values[slot] = value;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V remove(int key) {
    int gap = slot(keys, key);
    if (keys[gap] != key || key == FREE) {
      return null;
    }
    V removed = (V) values[gap];
    size--;
    for (int from = filler(keys, gap); from != NONE; from = filler(keys, gap)) {
      keys[gap] = keys[from];
      values[gap] = values[from];
      gap = from;
    }
    keys[gap] = FREE;
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
    return Arrays.stream(keys).filter(key -> key != FREE).toArray();
  }

  /** Gives every value to the consumer, which must not change the map. */
  @SuppressWarnings("unchecked")
  public void forEach(Consumer<? super V> consumer) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        consumer.accept((V) values[i]);
      }
    }
  }

  private void grow() {
    int[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new int[2 * oldKeys.length];
    values = new @Nullable Object[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int slot = slot(keys, oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
