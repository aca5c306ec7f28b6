package org.inotify4j.tree;

import org.inotify4j.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * An entry that there may be.
 *
 * @param directory where
 * @param name its name there
 */
record TreeEntry(TreeNode directory, EntryName name) {

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TreeEntry entry
        && directory.equals(entry.directory)
        && name.equals(entry.name);
  }

  @Override
  public int hashCode() {
    return 31 * directory.hashCode() + name.hashCode();
  }
}
