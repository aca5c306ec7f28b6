package org.inotify4j;

import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.libc.PathBytes;

/**
 * The name of a directory entry as the kernel gave it: bytes.
 *
 * <p>A Linux name is any bytes but NUL and {@code /}, in no particular encoding. Two names are
 * equal when their bytes are. {@link #resolveAgainst} gives the exact path whatever the bytes and
 * the locale; {@link #toString} is for people. The empty name stands for the watched object itself.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class EntryName implements Comparable<EntryName> {

  /** The empty name: the event is about the watched object itself. */
  public static final EntryName EMPTY = new EntryName(new byte[0]);

  private final byte[] bytes;

  private EntryName(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The name with the given bytes.
   *
   * @param bytes the name's bytes, without a NUL at the end; copied
   * @return the name
   * @throws IllegalArgumentException if there is a NUL or a {@code /} among the bytes
   */
  public static EntryName of(byte[] bytes) {
    return adopt(bytes.clone());
  }

  /**
   * The last name of a path, exact for any bytes in any locale.
   *
   * @param path a path of the default file system or one that wraps it
   * @return its last name; the empty name for the empty path and for a root
   * @throws java.nio.file.ProviderMismatchException if the path is of another file system
   */
  public static EntryName of(Path path) {
    Path last = path.getFileName();
    if (last == null || last.toString().isEmpty()) {
      PathBytes.requireDefault(path);
      return EMPTY;
    }
    return adopt(PathBytes.nameOf(last));
  }

  /** The name with the given bytes, which the caller gives away. */
  static EntryName adopt(byte[] bytes) {
    if (bytes.length == 0) {
      return EMPTY;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0 || bytes[i] == '/') {
        throw new IllegalArgumentException(
            (bytes[i] == 0 ? "a NUL" : "a '/'") + " at index " + i + " of an entry's name");
      }
    }
    return new EntryName(bytes);
  }

  /**
   * The bytes.
   *
   * @return a copy
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * The length.
   *
   * @return how many bytes the name has: 0 for the empty name, and for what the kernel gave 1 to
   *     255 on most file systems, up to 4,095 on others ({@link EventBuffer#MIN_CAPACITY})
   */
  public int length() {
    return bytes.length;
  }

  /**
   * Whether this is the empty name.
   *
   * @return whether there are no bytes
   */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /**
   * The path of this entry in a directory, exact for any bytes in any locale.
   *
   * @param directory the directory's path, of the default file system or one that wraps it
   * @return {@code directory} with this name added; {@code directory} itself for the empty name
   */
  public Path resolveAgainst(Path directory) {
    return isEmpty() ? directory : PathBytes.resolve(directory, bytes);
  }

  /**
   * Compares by unsigned bytes.
   *
   * @param other another name
   * @return negative, 0 or positive as this name comes before, with or after the other
   */
  @Override
  public int compareTo(EntryName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryName that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * The name for people: decoded as UTF-8, with U+FFFD for what is not UTF-8. Control characters
   * are not escaped.
   */
  @Override
  public String toString() {
    return PathBytes.decode(bytes);
  }
}
