package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_SYNTHETIC;
import static org.inotify4j.pending.KindBits.AS_UNWATCHED;

import org.inotify4j.Flag;
import org.inotify4j.Mask;

/** Tells a key what happens in its tree, of what it asked to hear. */
final class TreeReporter {

  private static final int CREATED_DIRECTORY = Mask.of(Flag.CREATE, Flag.ISDIR);
  private static final int DELETED_DIRECTORY = Mask.of(Flag.DELETE, Flag.ISDIR);
  private static final byte[] SELF = {};

  private final Key key;
  private final Registration asked;
  private final TreeNodes nodes;
  private boolean isOn;

  TreeReporter(Key key, Registration asked, TreeNodes nodes) {
    this.key = key;
    this.asked = asked;
    this.nodes = nodes;
  }

  /** Whether events are told from here on. */
  void turn(boolean on) {
    isOn = on;
  }

  boolean isOn() {
    return isOn;
  }

  /** An event of the kernel for an entry. */
  void event(TreeNode directory, byte[] name, int mask, int cookie) {
    tell(directory, name, asked.matches(mask, true), mask, cookie);
  }

  /** An event of the kernel for the root itself. */
  void rootEvent(int mask) {
    tell(nodes.root(), SELF, asked.matches(mask, false), mask, 0);
  }

  /** An entry was found. */
  void found(TreeNode directory, byte[] name, boolean isDirectory) {
    synthetic(directory, name, isDirectory ? CREATED_DIRECTORY : Flag.CREATE.bit());
  }

  /** A directory turned out to be gone. */
  void gone(TreeNode directory, byte[] name) {
    synthetic(directory, name, DELETED_DIRECTORY);
  }

  private void synthetic(TreeNode directory, byte[] name, int mask) {
    int as = asked.matches(mask, true);
    tell(directory, name, as == 0 ? 0 : as | AS_SYNTHETIC, mask, 0);
  }

  /** A directory cannot be watched. */
  void unwatched(TreeNode directory, byte[] name) {
    int as = asked.unwatched() ? AS_UNWATCHED | AS_SYNTHETIC : 0;
    if (as != 0 && nodes.hasPath(directory)) {
      byte[] path = TreeNodes.path(directory, name);
      key.hear(as, Flag.ISDIR.bit(), 0, path);
    }
  }

  /** Both ends of a move, where the old path is built already. */
  void renamed(byte[] from, TreeNode directory, byte[] name, int mask, int cookie) {
    if (isOn && nodes.hasPath(directory)) {
      key.hearRename(mask, cookie, from, TreeNodes.path(directory, name));
    }
  }

  boolean tellsRenames() {
    return asked.renames();
  }

  /** Whether a directory may move within the tree without a word about what is in it. */
  boolean letsDirectoriesMove() {
    return asked.renames() || asked.matches(CREATED_DIRECTORY, true) == 0;
  }

  private void tell(TreeNode directory, byte[] name, int as, int mask, int cookie) {
    if (isOn && as != 0 && nodes.hasPath(directory)) {
      key.hear(as, mask, cookie, TreeNodes.path(directory, name));
    }
  }
}
