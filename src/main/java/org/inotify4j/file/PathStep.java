package org.inotify4j.file;

import org.inotify4j.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * What decides which file a path leads to, or is that file: a name in a watched directory, or what
 * is watched itself.
 *
 * @param wd the watch descriptor
 * @param name the name, or the empty one of what is watched itself
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
    MISSING,
    /** A directory on the way, which may get another name. */
    DIRECTORY,
    /** The file itself, by its own watch: not its name, but what is in it. */
    CONTENT
  }

  /** What is watched itself. */
  static PathStep of(int wd, Role role) {
    return new PathStep(wd, EntryName.EMPTY, role);
  }

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathStep step
        && wd == step.wd
        && role == step.role
        && name.equals(step.name);
  }

  @Override
  public int hashCode() {
    return (31 * wd + name.hashCode()) * 31 + role.hashCode();
  }
}
