package org.inotify4j.entries;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds which device of one snapshot is which of another: the numbers of devices may be others
 * after a restart of the machine, or when a file system was mounted anew.
 *
 * <p>A device is the same where the first directory that is on it is the same inode at the same
 * place, with the same time of birth. Where there is no such, its number decides.
 */
final class DeviceMatching {

  private final EntryColumns older;
  private final EntryColumns newer;

  private DeviceMatching(EntryColumns older, EntryColumns newer) {
    this.older = older;
    this.newer = newer;
  }

  /** By the index of an older device: the index of the newer one, or a negative number. */
  static int[] of(EntryColumns older, EntryColumns newer) {
    return new DeviceMatching(older, newer).match();
  }

  private int[] match() {
    int[] olderTops = tops(older);
    int[] newerTops = tops(newer);
    int[] matched = new int[olderTops.length];
    for (int device = 0; device < matched.length; device++) {
      matched[device] = -1 - device;
    }
    boolean[] isTaken = new boolean[newerTops.length];
    matchByPlace(olderTops, newerTops, matched, isTaken);
    matchByNumber(matched, isTaken);
    return matched;
  }

  private void matchByPlace(int[] olderTops, int[] newerTops, int[] matched, boolean[] isTaken) {
    Map<String, Integer> places = new HashMap<>();
    for (int device = 0; device < newerTops.length; device++) {
      if (newerTops[device] != EntryColumns.NONE) {
        places.put(place(newer, newerTops[device]), device);
      }
    }
    for (int device = 0; device < olderTops.length; device++) {
      int top = olderTops[device];
      Integer same = top == EntryColumns.NONE ? null : places.get(place(older, top));
      if (same != null) {
        matched[device] = same;
        isTaken[same] = true;
      }
    }
  }

  private void matchByNumber(int[] matched, boolean[] isTaken) {
    Map<Long, Integer> numbers = new HashMap<>();
    for (int device = 0; device < isTaken.length; device++) {
      if (!isTaken[device]) {
        numbers.put(newer.devices().number(device), device);
      }
    }
    for (int device = 0; device < matched.length; device++) {
      if (matched[device] < 0) {
        Integer same = numbers.get(older.devices().number(device));
        matched[device] = same == null ? matched[device] : same;
      }
    }
  }

  /** Where a directory is, and which one: a text that another one has only if it is the same. */
  private static String place(EntryColumns table, int row) {
    return Arrays.toString(RowPath.of(table, row)) + table.inode(row) + ' ' + table.birth(row);
  }

  /** By the index of a device: the first row that is on it, if that is a directory. */
  private static int[] tops(EntryColumns table) {
    int[] tops = new int[table.devices().count()];
    boolean[] isSeen = new boolean[tops.length];
    Arrays.fill(tops, EntryColumns.NONE);
    for (int row = 0; row < table.size(); row++) {
      int device = table.deviceIndex(row);
      if (!isSeen[device]) {
        isSeen[device] = true;
        tops[device] = table.isDirectory(row) && !table.isUnknown(row) ? row : EntryColumns.NONE;
      }
    }
    return tops;
  }
}
