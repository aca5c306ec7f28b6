package org.inotify4j.base;

import static org.inotify4j.base.Probing.FREE;
import static org.inotify4j.base.Probing.NONE;
import static org.inotify4j.base.Probing.filler;
import static org.inotify4j.base.Probing.slot;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from positive numbers, such as watch descriptors, to objects.
 *
 * <p>The kernel counts descriptors up. So the values of numbers that follow each other share a
 * page, and a hash table with linear probing finds the page: 6 bytes an entry where all numbers of
 * a page are there, and some 100 where it is one alone.
 */
public final class IntMap<V> {

  private static final int FIRST_CAPACITY = 4;

  /** A page has so many values: two to the power of this. */
  private static final int PAGE_BITS = 4;

  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  /** Which pages there are, as {@link #page} numbers them. */
  private int[] keys = new int[FIRST_CAPACITY];

  private @Nullable Object[] @Nullable [] pages = new @Nullable Object[FIRST_CAPACITY] @Nullable [];
  private int pageCount;
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V get(int key) {
    @Nullable Object[] page = pages[slot(keys, page(key))];
    return page == null ? null : (V) page[place(key)];
  }

  public boolean containsKey(int key) {
    return get(key) != null;
  }

  public void put(int key, V value) {
    @Nullable Object[] page = pages[slot(keys, page(key))];
    if (page == null) {
      page = addPage(page(key));
    }
    int place = place(key);
    if (page[place] == null) {
      size++;
    }
    page[place] = value;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V remove(int key) {
    int slot = slot(keys, page(key));
    @Nullable Object[] page = pages[slot];
    int place = place(key);
    if (page == null || page[place] == null) {
      return null;
    }
    V removed = (V) page[place];
    page[place] = null;
    size--;
    if (isBlank(page)) {
      removePage(slot);
    }
    return removed;
  }

  public void clear() {
    keys = new int[FIRST_CAPACITY];
    pages = new @Nullable Object[FIRST_CAPACITY] @Nullable [];
    pageCount = 0;
    size = 0;
  }

  /** The keys, in no order: a copy, so that the map may change meanwhile. */
  public int[] keys() {
    int[] copy = new int[size];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      @Nullable Object[] page = pages[i];
      for (int place = 0; page != null && place < PAGE_SIZE; place++) {
        if (page[place] != null) {
          copy[count++] = ((keys[i] - 1) << PAGE_BITS) + place;
        }
      }
    }
    return copy;
  }

  /** Gives every value to the consumer, which must not change the map. */
  @SuppressWarnings("unchecked")
  public void forEach(Consumer<? super V> consumer) {
    for (@Nullable Object[] page : pages) {
      for (int place = 0; page != null && place < PAGE_SIZE; place++) {
        if (page[place] != null) {
          consumer.accept((V) page[place]);
        }
      }
    }
  }

  /** The number of a key's page: a positive one. */
  private static int page(int key) {
    return (key >>> PAGE_BITS) + 1;
  }

  /** Where a key's value is in its page. */
  private static int place(int key) {
    return key & (PAGE_SIZE - 1);
  }

  private static boolean isBlank(@Nullable Object[] page) {
    for (Object value : page) {
      if (value != null) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object[] addPage(int number) {
    @Nullable Object[] page = new @Nullable Object[PAGE_SIZE];
    if (5 * (pageCount + 1) > 4 * keys.length) {
      grow();
    }
    int slot = slot(keys, number);
    keys[slot] = number;
    pages[slot] = page;
    pageCount++;
    return page;
  }

  private void removePage(int slot) {
    int gap = slot;
    for (int from = filler(keys, gap); from != NONE; from = filler(keys, gap)) {
      keys[gap] = keys[from];
      pages[gap] = pages[from];
      gap = from;
    }
    keys[gap] = FREE;
    pages[gap] = null;
    pageCount--;
  }

  private void grow() {
    int[] largerKeys = new int[2 * keys.length];
    @Nullable Object[] @Nullable [] largerPages =
        new @Nullable Object[2 * keys.length] @Nullable [];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        int slot = slot(largerKeys, keys[i]);
        largerKeys[slot] = keys[i];
        largerPages[slot] = pages[i];
      }
    }
    keys = largerKeys;
    pages = largerPages;
  }
}
