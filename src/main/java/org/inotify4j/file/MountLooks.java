package org.inotify4j.file;

import java.util.Objects;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.disk.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a name when something was mounted somewhere, which is seldom about this name.
 *
 * <p>What is there may be another file than is known just because the records of that are still
 * queued, and a look that lies ahead of them would tell in its own words what they say. So it is
 * looked again when those have come that were queued then: what is still as it was seen, and still
 * not what is known, no record tells of.
 *
 * <p>Confined to the follower's thread.
 */
final class MountLooks {

  private final NameResolution lookup;
  private final KnownWay way;
  private final LookMarks marks;
  private final Runnable lookAgain;

  /**
   * Those at one name.
   *
   * @param lookAgain follows the path again, and tells what that comes to
   */
  MountLooks(NameResolution lookup, KnownWay way, LookMarks marks, Runnable lookAgain) {
    this.lookup = lookup;
    this.way = way;
    this.marks = marks;
    this.lookAgain = lookAgain;
  }

  /** Something was mounted, or unmounted. */
  void look() {
    NameResolution.Found now = lookup.glance();
    if (!isKnown(now) && !marks.atThisPlace(() -> confirm(now.there()))) {
      lookAgain.run();
    }
  }

  private void confirm(@Nullable FileStatus seen) {
    NameResolution.Found now = lookup.glance();
    if (isKnown(now)) {
      return;
    } else if (!isByKnownWay(now) || Objects.equals(identity(seen), identity(now.there()))) {
      lookAgain.run();
    } else {
      look();
    }
  }

  private boolean isByKnownWay(NameResolution.Found now) {
    return now.failure() == null && way.isThatOf(now);
  }

  private boolean isKnown(NameResolution.Found now) {
    if (!isByKnownWay(now)) {
      return false;
    }
    InodeWatch file = way.file();
    return file == null ? now.there() == null : file.isSameAs(now.target());
  }

  private static @Nullable FileIdentity identity(@Nullable FileStatus file) {
    return file == null ? null : file.identity();
  }
}
