package org.inotify4j.pending;

import java.util.Arrays;
import org.inotify4j.base.NameBytes;

/**
 * Finds by its name the pending modification that a further one is added to.
 *
 * <p>A hash table with linear probing whose slots are positions in the {@link PendingLog} that owns
 * it: the names themselves stay there.
 */
final class ModifyIndex {

  private static final int NONE = -1;
  private static final int FIRST_CAPACITY = 16;

  private final PendingLog log;
  private int[] slots = {};
  private int size;

  ModifyIndex(PendingLog log) {
    this.log = log;
  }

  /** The position of the modification with this name, or -1. */
  int find(byte[] name, int length) {
    int slot = slotOf(name, length);
    return slot == NONE ? NONE : slots[slot];
  }

  /** Adds the modification at a position, whose name is not in the table. */
  void put(int position) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    insert(position);
    size++;
  }

  void remove(byte[] name, int length) {
    int slot = slotOf(name, length);
    if (slot == NONE) {
      return;
    }
    size--;
    // Close the gap: an entry behind it moves into it, unless it is where its hash wants it.
    int mask = slots.length - 1;
    int gap = slot;
    for (int i = (slot + 1) & mask; slots[i] != NONE; i = (i + 1) & mask) {
      int home = (log.nameHash(slots[i]) >>> 1) & mask;
      if (((i - home) & mask) >= ((i - gap) & mask)) {
        slots[gap] = slots[i];
        gap = i;
      }
    }
    slots[gap] = NONE;
  }

  void clear() {
    slots = new int[0];
    size = 0;
  }

  private int slotOf(byte[] name, int length) {
    if (size == 0) {
      return NONE;
    }
    int mask = slots.length - 1;
    int slot = (NameBytes.hash(name, 0, length) >>> 1) & mask;
    while (slots[slot] != NONE) {
      if (log.hasName(slots[slot], name, length)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  private void grow() {
    int[] old = slots;
    slots = new int[Math.max(FIRST_CAPACITY, 2 * old.length)];
    Arrays.fill(slots, NONE);
    for (int position : old) {
      if (position != NONE) {
        insert(position);
      }
    }
  }

  private void insert(int position) {
    int mask = slots.length - 1;
    int slot = (log.nameHash(position) >>> 1) & mask;
    while (slots[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = position;
  }
}
