package org.inotify4j.entries;

/** Makes the paths of rows, as bytes, relative to the root. */
public final class RowPath {

  private static final byte[] EMPTY = {};

  private RowPath() {}

  /** Where the last name of a path begins. */
  static int nameStart(byte[] path) {
    int start = path.length;
    while (start > 0 && path[start - 1] != '/') {
      start--;
    }
    return start;
  }

  /** The path of a row; empty for the root. */
  public static byte[] of(EntryColumns table, int row) {
    return below(table, row, EntryColumns.ROOT, EMPTY);
  }

  /**
   * The path of a row, where one of the directories above is at a path of its own.
   *
   * @param top that directory
   * @param path where it is
   */
  static byte[] below(EntryColumns table, int row, int top, byte[] path) {
    int length = path.length;
    for (int at = row; at != top; at = table.parent(at)) {
      length += table.nameEnd(at) - table.nameStart(at) + 1;
    }
    // One slash less than names: none before the first one of a path that begins at the root.
    int end = path.length == 0 && row != top ? length - 1 : length;
    byte[] bytes = new byte[end];
    System.arraycopy(path, 0, bytes, 0, path.length);
    for (int at = row; at != top; at = table.parent(at)) {
      int count = table.nameEnd(at) - table.nameStart(at);
      end -= count;
      System.arraycopy(table.bytes(), table.nameStart(at), bytes, end, count);
      if (end > 0) {
        bytes[--end] = '/';
      }
    }
    return bytes;
  }
}
