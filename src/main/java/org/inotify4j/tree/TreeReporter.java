package org.inotify4j.tree;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;

/** Tells an audience what happens in a tree, of what it wants to hear. */
final class TreeReporter {

  private static final int CREATED_DIRECTORY = Mask.of(Flag.CREATE, Flag.ISDIR);
  private static final int DELETED_DIRECTORY = Mask.of(Flag.DELETE, Flag.ISDIR);
  private static final byte[] SELF = {};

  private Audience audience;
  private Interests interests;
  private final TreeNodes nodes;
  private final EntryFilter filter;

  /** Whether there is anything to ask for: where not, no path is made. */
  private final boolean hasFilter;

  private boolean isOn;

  TreeReporter(Audience audience, TreeNodes nodes, EntryFilter filter) {
    this.audience = audience;
    this.interests = audience.interests();
    this.nodes = nodes;
    this.filter = filter;
    this.hasFilter = !filter.equals(EntryFilter.NOTHING);
  }

  /** Tells another audience from here on, which may want to hear more of what is heard. */
  void tell(Audience other) {
    audience = other;
    interests = other.interests();
  }

  /** Whether nothing is to be told of an entry, nor of what is below. */
  boolean isExcluded(TreeNode directory, byte[] name, boolean isDirectory) {
    return hasFilter && filter.excludes(TreeNodes.path(directory, name), isDirectory);
  }

  /** Whether events are told from here on. */
  void turn(boolean on) {
    isOn = on;
  }

  boolean isOn() {
    return isOn;
  }

  /** What a record says of an entry. */
  void event(TreeNode directory, byte[] name, int mask, int cookie) {
    tell(directory, name, Origin.KERNEL, mask, cookie);
  }

  /** What a record says of the root itself. */
  void rootEvent(int mask) {
    int kinds = interests.kinds(mask, false);
    if (isOn && kinds != 0) {
      audience.tell(kinds, Origin.KERNEL, mask, 0, SELF);
    }
  }

  /** An entry was found. */
  void found(TreeNode directory, byte[] name, boolean isDirectory) {
    synthetic(directory, name, isDirectory ? CREATED_DIRECTORY : Flag.CREATE.bit());
  }

  /** Whether it is to be told that a file is finished. */
  boolean tellsFinished() {
    return isOn && interests.kinds(Flag.CLOSE_WRITE.bit(), true) != 0;
  }

  /** A file was found that nobody is known to write. */
  void finished(TreeNode directory, byte[] name) {
    synthetic(directory, name, Flag.CLOSE_WRITE.bit());
  }

  /** A directory was found that is watched already, with all in it. */
  void remains(TreeNode directory, byte[] name) {
    if (isOn && nodes.hasPath(directory)) {
      audience.remains(TreeNodes.path(directory, name));
    }
  }

  /** A directory turned out to be gone. */
  void gone(TreeNode directory, byte[] name) {
    synthetic(directory, name, DELETED_DIRECTORY);
  }

  private void synthetic(TreeNode directory, byte[] name, int mask) {
    tell(directory, name, Origin.LISTING, mask, 0);
  }

  /** A directory cannot be watched, for what {@code -errno} says. */
  void unwatched(TreeNode directory, byte[] name, int errno) {
    if (interests.unwatched() && nodes.hasPath(directory)) {
      audience.unwatched(Flag.ISDIR.bit(), -errno, TreeNodes.path(directory, name));
    }
  }

  /** Whether a directory can move with all that was told of what is in it. */
  boolean movesWhole(byte[] from, TreeNode directory, byte[] name) {
    return !isOn
        || !nodes.hasPath(directory)
        || audience.movesWhole(from, TreeNodes.path(directory, name));
  }

  /** Both ends of a move, where the old path is built already. */
  void renamed(byte[] from, TreeNode directory, byte[] name, int mask, int cookie) {
    if (isOn && nodes.hasPath(directory)) {
      audience.renamed(mask, cookie, from, TreeNodes.path(directory, name));
    }
  }

  boolean tellsRenames() {
    return interests.renames();
  }

  /** Whether a directory may move within the tree without a word about what is in it. */
  boolean letsDirectoriesMove() {
    return !filter.isPositional()
        && (interests.renames() || interests.kinds(CREATED_DIRECTORY, true) == 0);
  }

  private void tell(TreeNode directory, byte[] name, Origin origin, int mask, int cookie) {
    int kinds = interests.kinds(mask, true);
    if (isOn && kinds != 0 && nodes.hasPath(directory)) {
      audience.tell(kinds, origin, mask, cookie, TreeNodes.path(directory, name));
    }
  }
}
