package org.inotify4j.tree;

import java.util.Arrays;
import org.inotify4j.base.NameBytes;

/**
 * What a program believes of the entries of one directory: names, each there or not, as bytes in
 * one array, so that many names take no objects.
 */
final class NameStates {

  /** Nothing is noted. */
  static final int NONE = -1;

  /** The program believes that there is no such entry. */
  static final int ABSENT = 0;

  /** The program knows of the entry. */
  static final int PRESENT = 1;

  private static final int FIRST_BYTES = 64;
  private static final int FIRST_SLOTS = 8;

  /** An entry is its state, the length of its name, and its name. */
  private static final int HEADER = 2;

  private final int otherwise;
  private byte[] entries = {};
  private int used;

  /** The positions of entries, each one more, so that 0 is a free slot. */
  private int[] slots = {};

  private int size;

  /** Of names that are not noted this is the state. */
  NameStates(int otherwise) {
    this.otherwise = otherwise;
  }

  int state(byte[] name) {
    if (size == 0) {
      return otherwise;
    }
    int slot = slot(name);
    return slots[slot] == 0 ? otherwise : entries[slots[slot] - 1];
  }

  void put(byte[] name, int state) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    int slot = slot(name);
    if (slots[slot] == 0) {
      slots[slot] = add(name) + 1;
      size++;
    }
    entries[slots[slot] - 1] = (byte) state;
  }

  private int add(byte[] name) {
    int at = used;
    int end = Math.addExact(at, HEADER + name.length);
    if (end > entries.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * end);
      entries = Arrays.copyOf(entries, Math.max(FIRST_BYTES, capacity));
    }
    entries[at + 1] = (byte) name.length;
    System.arraycopy(name, 0, entries, at + HEADER, name.length);
    used = end;
    return at;
  }

  private int slot(byte[] name) {
    int mask = slots.length - 1;
    int slot = hash(name, 0, name.length) & mask;
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, name)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(int at, byte[] name) {
    int start = at + HEADER;
    return Arrays.equals(entries, start, start + length(at), name, 0, name.length);
  }

  private int length(int at) {
    return Byte.toUnsignedInt(entries[at + 1]);
  }

  private static int hash(byte[] bytes, int start, int length) {
    int hash = NameBytes.hash(bytes, start, length);
    return hash ^ (hash >>> 15);
  }

  private void grow() {
    slots = new int[Math.max(FIRST_SLOTS, 2 * slots.length)];
    int mask = slots.length - 1;
    for (int at = 0; at < used; at += HEADER + length(at)) {
      int slot = hash(entries, at + HEADER, length(at)) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = at + 1;
    }
  }
}
