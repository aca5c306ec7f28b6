package org.inotify4j.changes;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;

/**
 * Hears that something else is at a path that a root depends on: which directory the root is, or
 * what a file beside it says. It has that looked at.
 */
final class NameListener implements Audience {

  private static final int PLACE = Mask.of(Flag.CREATE, Flag.DELETE, Flag.ATTRIB) | Mask.MOVE;
  private static final int CONTENT = PLACE | Flag.MODIFY.bit();

  private final FollowedTree root;
  private final Interests interests;
  private final Runnable action;

  private NameListener(FollowedTree root, int mask, Runnable action) {
    this.root = root;
    this.interests = new Everything(mask);
    this.action = action;
  }

  /** Hears when another directory may be at the root's path than before. */
  static NameListener ofPlace(FollowedTree root) {
    return new NameListener(root, PLACE, root::look);
  }

  /** Hears when a file may say something else than before. */
  static NameListener ofContent(FollowedTree root, Runnable action) {
    return new NameListener(root, CONTENT, action);
  }

  @Override
  public Interests interests() {
    return interests;
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    action.run();
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    action.run();
  }

  @Override
  public void unwatched(int mask, int errno, byte[] path) {
    action.run();
  }

  @Override
  public void recordsLost() {}

  @Override
  public void overflow() {
    action.run();
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
    return "a name that " + root + " depends on";
  }

  /** All that these events can tell. */
  private record Everything(int mask) implements Interests {

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
  }
}
