package org.inotify4j.entries;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.inotify4j.disk.EntryFilter;

/** Asks a filter for the entries of one directory after the other. For one thread. */
final class PathFilter {

  private static final byte[] NOTHING = {};

  private final EntryFilter filter;
  private final boolean isPositional;
  private final boolean hasEverything;

  /** What comes before a name: nothing, or the directory's path with a slash. */
  private byte[] prefix = NOTHING;

  PathFilter(EntryFilter filter) {
    this.filter = filter;
    this.isPositional = filter.isPositional();
    this.hasEverything = filter.equals(EntryFilter.NOTHING);
  }

  /** Goes on with another directory. */
  void enter(Directory directory) {
    if (isPositional) {
      ByteArrayOutputStream path = new ByteArrayOutputStream();
      for (byte[] name : directory.names()) {
        path.writeBytes(name);
        path.write('/');
      }
      prefix = path.toByteArray();
    }
  }

  /** Whether an entry of the directory is left out. */
  boolean excludes(byte[] bytes, int start, int end, boolean isDirectory) {
    if (hasEverything) {
      return false;
    }
    byte[] path = Arrays.copyOf(prefix, prefix.length + end - start);
    System.arraycopy(bytes, start, path, prefix.length, end - start);
    return filter.excludes(path, isDirectory);
  }
}
