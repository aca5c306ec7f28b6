package org.inotify4j.changes;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;

/** Hears when another directory may be at a root's path than before, and has that looked at. */
final class NameListener implements Audience {

  private static final Interests CHANGES =
      new Interests() {
        @Override
        public int mask() {
          return Mask.of(Flag.CREATE, Flag.DELETE, Flag.ATTRIB) | Mask.MOVE;
        }

        @Override
        public int kinds(int mask, boolean hasName) {
          return 1;
        }

        @Override
        public int kindsOfReplacement(int mask) {
          return 1;
        }

        @Override
        public boolean renames() {
          return false;
        }

        @Override
        public boolean unwatched() {
          return true;
        }
      };

  private final FollowedTree root;

  NameListener(FollowedTree root) {
    this.root = root;
  }

  @Override
  public Interests interests() {
    return CHANGES;
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    root.look();
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    root.look();
  }

  @Override
  public void unwatched(int mask, int errno, byte[] path) {
    root.look();
  }

  @Override
  public void recordsLost() {}

  @Override
  public void overflow() {
    root.look();
  }

  @Override
  public void ended() {}

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return root.isOpen();
  }

  @Override
  public void failed(Throwable cause) {
    root.failed(cause);
  }

  @Override
  public String toString() {
    return "the name of " + root;
  }
}
