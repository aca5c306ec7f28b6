package org.inotify4j.recovery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.inotify4j.entries.KnownEntries;

/**
 * A directory that comes for the model and is known already, since a look has seen it: for the
 * model it begins anew, with what is found in it right now. What is known of it and was not found
 * is gone, and the model will never say so.
 */
final class Revisit {

  private final byte[] directory;
  private final Set<ByteBuffer> found = new HashSet<>();

  /** Those of them that are known with all in them. */
  private final Set<ByteBuffer> whole = new HashSet<>();

  Revisit(byte[] directory) {
    this.directory = directory;
  }

  boolean isOf(byte[] entry) {
    return Arrays.equals(entry, directory);
  }

  /** Whether an entry is in the directory, or below. */
  boolean covers(byte[] entry) {
    int length = directory.length;
    return entry.length > length
        && entry[length] == '/'
        && Arrays.equals(entry, 0, length, directory, 0, length);
  }

  /** An entry was found. */
  void finds(byte[] entry) {
    found.add(ByteBuffer.wrap(entry));
  }

  /** A directory was found, and what is in it is as it is known. */
  void findsAll(byte[] entry) {
    whole.add(ByteBuffer.wrap(entry));
  }

  /** What is known and was not found: of what is below one another the uppermost. */
  List<byte[]> gone(KnownEntries known) {
    List<byte[]> gone = new ArrayList<>();
    Set<ByteBuffer> lost = new HashSet<>();
    known.forEachBelow(
        directory,
        (path, isDirectory) -> {
          ByteBuffer entry = ByteBuffer.wrap(path);
          if (whole.contains(parent(path))) {
            whole.add(entry);
          }
          boolean isFound = found.contains(entry) || whole.contains(entry);
          boolean isBelowLost = lost.contains(parent(path));
          if (!isFound || isBelowLost) {
            lost.add(entry);
          }
          if (!isFound && !isBelowLost) {
            gone.add(path);
          }
        });
    return gone;
  }

  /** The directory that an entry is in. */
  private static ByteBuffer parent(byte[] entry) {
    int end = entry.length - 1;
    while (entry[end] != '/') {
      end--;
    }
    return ByteBuffer.wrap(entry, 0, end);
  }
}
