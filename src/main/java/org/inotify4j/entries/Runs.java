package org.inotify4j.entries;

import java.util.Arrays;

/**
 * The directories that one thread has read, in order: which one, where its entries are in the rows
 * of that thread, and how the reading ended.
 */
final class Runs {

  private static final int FIELDS = 5;
  private static final int NUMBER = 0;
  private static final int START = 1;
  private static final int END = 2;
  private static final int FIRST = 3;
  private static final int RESULT = 4;

  private int[] values = new int[64 * FIELDS];
  private int size;

  int size() {
    return size;
  }

  /**
   * Adds a directory.
   *
   * @param start its first row
   * @param end the row behind its last one
   * @param firstBelow the number of the first directory in it, which the others follow
   * @param result 0, or {@code -errno}
   */
  void add(int number, int start, int end, int firstBelow, int result) {
    int at = size * FIELDS;
    if (at == values.length) {
      values = Arrays.copyOf(values, 2 * at);
    }
    values[at + NUMBER] = number;
    values[at + START] = start;
    values[at + END] = end;
    values[at + FIRST] = firstBelow;
    values[at + RESULT] = result;
    size++;
  }

  int number(int run) {
    return values[run * FIELDS + NUMBER];
  }

  int start(int run) {
    return values[run * FIELDS + START];
  }

  int end(int run) {
    return values[run * FIELDS + END];
  }

  int firstBelow(int run) {
    return values[run * FIELDS + FIRST];
  }

  int result(int run) {
    return values[run * FIELDS + RESULT];
  }
}
