package org.inotify4j.entries;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of the devices that entries are on, each once: a row has two bytes for its device.
 */
public final class Devices {

  /** So many file systems at most: an index has two bytes. */
  public static final int MOST = 1 << 16;

  private final Map<Long, Integer> indexes = new HashMap<>();
  private long[] numbers = new long[2];
  private long last;
  private int lastIndex = -1;

  public int count() {
    return indexes.size();
  }

  public long number(int index) {
    return numbers[index];
  }

  /** The index of a device, which is added if it is new. */
  public int index(long device) {
    if (lastIndex < 0 || last != device) {
      last = device;
      lastIndex = find(device);
    }
    return lastIndex;
  }

  private int find(long device) {
    Integer known = indexes.get(device);
    if (known != null) {
      return known;
    }
    int index = indexes.size();
    if (index == MOST) {
      throw new OutOfMemoryError("a snapshot has room for " + MOST + " file systems");
    }
    if (index == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * index);
    }
    numbers[index] = device;
    indexes.put(device, index);
    return index;
  }
}
