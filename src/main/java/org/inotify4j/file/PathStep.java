package org.inotify4j.file;

import org.inotify4j.EntryName;

/**
 * A name in a watched directory, which decides what a path leads to.
 *
 * @param wd the directory's watch descriptor
 * @param role what is there
 */
record PathStep(int wd, EntryName name, Role role) {

  /** What is at a place. */
  enum Role {
    /** A link, which is followed. */
    LINK,
    /** The file itself, or nothing yet. */
    FILE,
    /** On the way: nothing, or no directory. */
    MISSING
  }
}
