package org.inotify4j.changes;

import org.inotify4j.follow.Origin;
import org.jspecify.annotations.Nullable;

/**
 * One change of a batch, as it can be done when those before it are done.
 *
 * @param path relative to the root; empty for the root itself
 * @param from where it was before, if it moved: when the changes before this one are done
 * @param isModified whether the content is other than was told last: always for MODIFIED; of what
 *     moved, whether it was written to as well
 * @param replaces whether it is a file that moved to where another one was, of which nothing else
 *     is said
 * @param origin how the last is known of what is summed up
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two, and who gets one has it alone.
record NetChange(
    Type type,
    byte[] path,
    byte @Nullable [] from,
    boolean isDirectory,
    boolean isModified,
    boolean replaces,
    Origin origin) {

  /** What a change is. */
  enum Type {
    /** An entry was there when the watcher began. */
    EXISTING,

    /** An entry came where none is. */
    CREATED,

    /** A file has another content, or is another file; of a directory, its status. */
    MODIFIED,

    /** An entry is gone, with all that is below it by now. */
    DELETED,

    /**
     * An entry has another path, with all that is below it; a file that is there is replaced, if
     * this is a file.
     */
    MOVED
  }
}
