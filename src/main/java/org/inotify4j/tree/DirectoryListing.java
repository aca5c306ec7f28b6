package org.inotify4j.tree;

import java.util.Arrays;
import org.inotify4j.disk.DirectoryReader;
import org.jspecify.annotations.Nullable;

/**
 * What a visit found in a directory: names as bytes, in the order in which the kernel gave them. It
 * is filled, then taken out once; its memory serves the next directory.
 *
 * <p>An entry is a byte that says what it is, the lower half of its inode's number, its name, and a
 * NUL.
 */
final class DirectoryListing implements DirectoryReader.Entries {

  private static final byte[] NOTHING = {};
  private static final int HEADER = 1 + Integer.BYTES;
  private static final int FIRST_CAPACITY = 512;

  private byte[] bytes = NOTHING;

  /** Where the next entry is added. */
  private int end;

  /** Where the next entry is taken from. */
  private int at;

  /** Where the entry begins that was taken last. */
  private int taken;

  @Override
  public void entry(byte[] source, int start, int stop, byte entryType) {
    int length = stop - start;
    int needed = end + HEADER + length + 1;
    if (needed > bytes.length) {
      int twice = Math.max(2 * bytes.length, FIRST_CAPACITY);
      bytes = Arrays.copyOf(bytes, Math.max(twice, needed));
    }
    bytes[end] = entryType;
    System.arraycopy(source, DirectoryReader.inodeStart(start), bytes, end + 1, Integer.BYTES);
    end += HEADER;
    System.arraycopy(source, start, bytes, end, length);
    end += length;
    bytes[end++] = 0;
  }

  /** The name of the next entry, or null behind the last one. */
  byte @Nullable [] next() {
    if (at == end) {
      return null;
    }
    taken = at;
    int start = at + HEADER;
    int stop = start;
    while (bytes[stop] != 0) {
      stop++;
    }
    at = stop + 1;
    return Arrays.copyOfRange(bytes, start, stop);
  }

  /** Of the entry that was taken last: false if it is no directory for sure. */
  boolean mayBeDirectory() {
    return DirectoryReader.mayBeDirectory(bytes[taken]);
  }

  /** Of the entry that was taken last: whether it is a directory for sure. */
  boolean isDirectory() {
    return DirectoryReader.isDirectory(bytes[taken]);
  }

  /** Of the entry that was taken last: whether it is a plain file for sure. */
  boolean isPlainFile() {
    return DirectoryReader.isPlainFile(bytes[taken]);
  }

  /** Of the entry that was taken last: the lower half of its inode's number. */
  int inode() {
    return DirectoryReader.inode(bytes, taken + 1);
  }

  /** Begins anew. */
  void clear() {
    at = 0;
    end = 0;
  }

  /** Begins anew, and keeps no memory. */
  void release() {
    bytes = NOTHING;
    clear();
  }
}
