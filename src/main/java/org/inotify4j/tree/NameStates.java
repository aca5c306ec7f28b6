package org.inotify4j.tree;

import java.util.Arrays;
import org.inotify4j.base.NameBytes;
import org.inotify4j.base.PackedInts;

/**
 * What a program believes of the entries of one directory: names, each there or not, as bytes in
 * one array, so that many names take no objects.
 */
final class NameStates {

  /** Nothing is noted. */
  static final int NONE = -1;

  /** The program believes that there is no such entry. */
  static final int ABSENT = 0;

  /** The program knows of a directory. */
  static final int DIRECTORY = 1;

  /** The program knows of an entry that is none, since the kernel said so. */
  static final int FILE = 2;

  /** The same, since it was found. */
  static final int FOUND = 3;

  private static final int FIRST_BYTES = 64;
  private static final int FIRST_SLOTS = 8;

  /** An entry is its state, the inode that was found, the length of its name, and its name. */
  private static final int HEADER = 1 + Integer.BYTES + Short.BYTES;

  private static final int INODE = 1;
  private static final int LENGTH = INODE + Integer.BYTES;

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

  /** Whether it says something of each name. */
  boolean isOfAll() {
    return otherwise != NONE;
  }

  int state(byte[] name) {
    if (size == 0) {
      return otherwise;
    }
    int slot = slot(name);
    return slots[slot] == 0 ? otherwise : entries[slots[slot] - 1];
  }

  /** The inode that was found, or 0. */
  int inode(byte[] name) {
    int slot = size == 0 ? 0 : slots[slot(name)];
    return slot == 0 ? 0 : PackedInts.get(entries, slot - 1 + INODE);
  }

  void put(byte[] name, int state) {
    put(name, state, 0);
  }

  /**
   * Notes a state.
   *
   * @param inode the lower half of its number, of what was found
   */
  void put(byte[] name, int state, int inode) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    int slot = slot(name);
    if (slots[slot] == 0) {
      slots[slot] = add(name) + 1;
      size++;
    }
    int at = slots[slot] - 1;
    entries[at] = (byte) state;
    PackedInts.put(entries, at + INODE, inode);
  }

  private int add(byte[] name) {
    int at = used;
    int end = Math.addExact(at, HEADER + name.length);
    if (end > entries.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * end);
      entries = Arrays.copyOf(entries, Math.max(FIRST_BYTES, capacity));
    }
    entries[at + LENGTH] = (byte) name.length;
    entries[at + LENGTH + 1] = (byte) (name.length >> 8);
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
    return Byte.toUnsignedInt(entries[at + LENGTH])
        | Byte.toUnsignedInt(entries[at + LENGTH + 1]) << 8;
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
