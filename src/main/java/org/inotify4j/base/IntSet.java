package org.inotify4j.base;

import static org.inotify4j.base.Probing.FREE;
import static org.inotify4j.base.Probing.NONE;
import static org.inotify4j.base.Probing.filler;
import static org.inotify4j.base.Probing.slot;

/**
 * A set of positive numbers, such as watch descriptors.
 *
 * <p>Numbers that follow each other share a word, with a bit each, and a hash table with linear
 * probing finds the word: it takes less than a byte an entry where all numbers of a word are there,
 * and 10 to 20 where it is one alone.
 */
public final class IntSet {

  private static final int FIRST_CAPACITY = 4;

  /** A word has so many bits: two to the power of this. */
  private static final int WORD_BITS = 5;

  /** Which words there are, as {@link #word} numbers them. */
  private int[] keys = new int[FIRST_CAPACITY];

  private int[] words = new int[FIRST_CAPACITY];
  private int wordCount;
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public boolean contains(int number) {
    return (words[slot(keys, word(number))] & bit(number)) != 0;
  }

  /** Adds a number; false if it was there before. */
  public boolean add(int number) {
    int slot = slot(keys, word(number));
    if ((words[slot] & bit(number)) != 0) {
      return false;
    }
    if (keys[slot] == FREE) {
      slot = addWord(word(number));
    }
    words[slot] |= bit(number);
    size++;
    return true;
  }

  /** Removes a number; false if it was not there. */
  public boolean remove(int number) {
    int slot = slot(keys, word(number));
    if ((words[slot] & bit(number)) == 0) {
      return false;
    }
    words[slot] &= ~bit(number);
    size--;
    if (words[slot] == 0) {
      removeWord(slot);
    }
    return true;
  }

  public void clear() {
    keys = new int[FIRST_CAPACITY];
    words = new int[FIRST_CAPACITY];
    wordCount = 0;
    size = 0;
  }

  /** The numbers, in no order: a copy. */
  public int[] toArray() {
    int[] copy = new int[size];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      for (int bits = words[i]; bits != 0; bits &= bits - 1) {
        copy[count++] = ((keys[i] - 1) << WORD_BITS) + Integer.numberOfTrailingZeros(bits);
      }
    }
    return copy;
  }

  /** The number of the word that has a number's bit: a positive one. */
  private static int word(int number) {
    return (number >>> WORD_BITS) + 1;
  }

  /** A number's bit in its word. */
  private static int bit(int number) {
    return 1 << number;
  }

  /** Adds a word without bits; returns its slot. */
  private int addWord(int word) {
    if (5 * (wordCount + 1) > 4 * keys.length) {
      resize(2 * keys.length);
    }
    int slot = slot(keys, word);
    keys[slot] = word;
    wordCount++;
    return slot;
  }

  private void removeWord(int slot) {
    int gap = slot;
    for (int from = filler(keys, gap); from != NONE; from = filler(keys, gap)) {
      keys[gap] = keys[from];
      words[gap] = words[from];
      gap = from;
    }
    keys[gap] = FREE;
    words[gap] = 0;
    wordCount--;
    if (keys.length > FIRST_CAPACITY && 8 * wordCount < keys.length) {
      resize(keys.length / 2);
    }
  }

  private void resize(int capacity) {
    int[] newKeys = new int[capacity];
    int[] newWords = new int[capacity];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != FREE) {
        int slot = slot(newKeys, keys[i]);
        newKeys[slot] = keys[i];
        newWords[slot] = words[i];
      }
    }
    keys = newKeys;
    words = newWords;
  }
}
