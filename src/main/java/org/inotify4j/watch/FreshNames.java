package org.inotify4j.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a program was told of the entries of directories: a set of (watch descriptor, name) with a
 * state, as bytes in one array, so that millions of names take no objects.
 */
final class FreshNames {

  /** Nothing is noted. */
  static final int NONE = -1;

  /** The program believes that there is no such entry. */
  static final int ABSENT = 0;

  /** The program knows of the entry. */
  static final int PRESENT = 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private static final int LENGTH = 4;
  private static final int STATE = 5;
  private static final int HEADER = 6;

  private byte[] entries = new byte[128];
  private int used;
  private int[] slots = new int[16];
  private int size;

  int state(int wd, byte[] name) {
    int slot = slot(wd, name);
    return slots[slot] == 0 ? NONE : entries[slots[slot] - 1 + STATE];
  }

  void put(int wd, byte[] name, int state) {
    int slot = slot(wd, name);
    if (slots[slot] == 0) {
      if (2 * (size + 1) > slots.length) {
        grow();
        slot = slot(wd, name);
      }
      slots[slot] = add(wd, name) + 1;
      size++;
    }
    entries[slots[slot] - 1 + STATE] = (byte) state;
  }

  private int add(int wd, byte[] name) {
    int at = used;
    int end = Math.addExact(at, HEADER + name.length);
    if (end > entries.length) {
      entries = Arrays.copyOf(entries, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * end));
    }
    INT.set(entries, at, wd);
    entries[at + LENGTH] = (byte) name.length;
    System.arraycopy(name, 0, entries, at + HEADER, name.length);
    used = end;
    return at;
  }

  private int slot(int wd, byte[] name) {
    int mask = slots.length - 1;
    int slot = hash(wd, name, 0, name.length) & mask;
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, wd, name)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(int at, int wd, byte[] name) {
    int start = at + HEADER;
    return (int) INT.get(entries, at) == wd
        && Arrays.equals(entries, start, start + length(at), name, 0, name.length);
  }

  private int length(int at) {
    return Byte.toUnsignedInt(entries[at + LENGTH]);
  }

  private static int hash(int wd, byte[] bytes, int start, int length) {
    int hash = PendingLog.hash(bytes, start, length) + wd * 0x85EBCA6B;
    return hash ^ (hash >>> 15);
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int at = 0; at < used; at += HEADER + length(at)) {
      int slot = hash((int) INT.get(entries, at), entries, at + HEADER, length(at)) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = at + 1;
    }
  }
}
