package org.inotify4j.snapshot;

import java.nio.file.Path;
import org.inotify4j.entries.EntryColumns;

/**
 * All that a snapshot is made of.
 *
 * @param rootBytes the root's absolute path, as bytes
 * @param root the same path
 * @param filter what of the tree there is
 * @param table what there is
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record TreeState(byte[] rootBytes, Path root, TreeFilter filter, EntryColumns table) {

  /** What there is below an absolute path. */
  static TreeState of(Path root, TreeFilter filter, EntryColumns table) {
    return new TreeState(RootPath.bytes(root), root, filter, table);
  }
}
