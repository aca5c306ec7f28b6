package org.inotify4j.cli.base;

import java.util.Arrays;
import org.inotify4j.EntryName;
import org.inotify4j.base.Escaping;

/** One watched path, as the user has spelled it: bytes. */
public final class WatchedPath {

  /** Stands for the watch descriptors that no path has, such as -1. */
  public static final WatchedPath NONE = new WatchedPath(new byte[0], false);

  /** With a slash at the end where it is a directory. */
  private final byte[] bytes;

  private final boolean directory;
  private final String escaped;

  /**
   * A path.
   *
   * @param bytes as the user has spelled it; not changed any more
   * @param directory whether it is a directory
   */
  public WatchedPath(byte[] bytes, boolean directory) {
    boolean wantsSlash = directory && bytes[bytes.length - 1] != '/';
    this.bytes = wantsSlash ? concat(bytes, new byte[] {'/'}) : bytes;
    this.directory = directory;
    this.escaped = Escaping.escape(this.bytes);
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return directory;
  }

  /** The path for people, as inotifywait shows it: with a slash at the end of a directory's. */
  public String escaped() {
    return escaped;
  }

  /** The path's bytes, with a slash at the end of a directory's. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The path of an entry as inotifywait has it: that of the watched object, then the name. */
  public byte[] followedBy(EntryName name) {
    return concat(bytes, name.toByteArray());
  }

  /** The path of an entry, or of the watched object itself, then without the slash. */
  public byte[] resolve(EntryName name) {
    return name.isEmpty() ? withoutSlash() : concat(bytes, name.toByteArray());
  }

  private byte[] withoutSlash() {
    int length = bytes.length;
    while (directory && length > 1 && bytes[length - 1] == '/') {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] concat(byte[] start, byte[] end) {
    byte[] both = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, both, start.length, end.length);
    return both;
  }
}
