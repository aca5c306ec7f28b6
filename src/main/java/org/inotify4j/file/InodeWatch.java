package org.inotify4j.file;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.disk.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * The file that a name stands for, by its own watch: the kernel reports there what is done to the
 * file by whatever name.
 *
 * <p>The watch descriptor is the file's identity: another file gets another one, whatever its
 * inode's number. Where the file cannot be watched it is its {@link
 * org.inotify4j.disk.FileIdentity}.
 *
 * <p>What is done to a file that has only the one name is reported of that name. So that the kernel
 * can merge these records, as long as that is so nothing is heard of the file itself but that it
 * gets another name. From then on what is done by the file's name is reported twice: of the name in
 * its directory, and right behind that of the file. It is told at the second of the two, for only
 * that one stands for what else was done to the file meanwhile: the kernel merges it with its like.
 * But the watch is placed when the file was found, and what was done before is reported of the name
 * alone. So up to a mark behind the placing it is told at the first of the two, and a second one
 * next to it is not told.
 *
 * <p>Confined to the follower's thread.
 */
final class InodeWatch {

  /** What is done to a file by some name. */
  static final int CONTENT = Mask.of(Flag.ACCESS, Flag.MODIFY, Flag.ATTRIB, Flag.OPEN) | Mask.CLOSE;

  /** What is heard of a file or a directory itself. Its end comes unasked. */
  static final int MOVED = Flag.MOVE_SELF.bit();

  /** In place of the descriptor, when the watch is removed: no other file is this one. */
  private static final int GONE = Integer.MAX_VALUE;

  private final int heard;
  private int wd;
  private @Nullable FileStatus status;

  /** Whether what was reported before the watch was placed has come. */
  private boolean isConfirmed;

  /** Whether the directory has said that attributes change. */
  private boolean isAttribSaid;

  private boolean isWrittenByName;

  /**
   * A file.
   *
   * @param wd its watch descriptor, or 0 where it cannot be watched
   * @param heard which bits of {@link #CONTENT} are reported of it
   * @param status what it was when it was found; null where nobody saw it
   */
  InodeWatch(int wd, int heard, @Nullable FileStatus status) {
    this.wd = wd;
    this.heard = heard;
    this.status = status;
  }

  /** A file of which nobody knows which one it is: like no other. */
  static InodeWatch unknown() {
    return new InodeWatch(0, 0, null);
  }

  /** What is to be heard of a file itself, where something is to be heard of its name. */
  static int events(int wanted, FileStatus of, boolean isNameHeard) {
    if (of.isDirectory()) {
      // The same bits would tell what is done in it.
      return MOVED;
    }
    int content = of.hasOneName() && isNameHeard ? 0 : wanted & CONTENT;
    return content | MOVED | Flag.ATTRIB.bit();
  }

  /** The device that it is on, or 0. */
  long device() {
    return status == null ? 0 : status.identity().device();
  }

  /** Whether it is known to be a directory. */
  boolean isDirectory() {
    return status != null && status.isDirectory();
  }

  boolean isOf(int descriptor) {
    return wd > 0 && wd == descriptor;
  }

  boolean isSameAs(@Nullable InodeWatch other) {
    if (other == null || status == null || other.status == null) {
      return false;
    }
    boolean areBothWatched = wd > 0 && other.wd > 0;
    return areBothWatched ? wd == other.wd : status.identity().equals(other.status.identity());
  }

  /** Whether it is the same file, watched in the same way. */
  boolean isLike(@Nullable InodeWatch other) {
    return other != null && wd == other.wd && heard == other.heard && isSameAs(other);
  }

  /** Whether it is the same file, of which no more is heard in another way. */
  boolean isAsGoodAs(@Nullable InodeWatch other) {
    return other != null && wd == other.wd && (other.heard & ~heard) == 0 && isSameAs(other);
  }

  /** Whether more would be heard of it if it had another name. */
  boolean hearsLessThan(int wanted) {
    return (wanted & CONTENT & ~heard) != 0;
  }

  /** Whether what is reported of it itself is heard here, and not of its name only. */
  boolean hears(int mask) {
    return (mask & heard & CONTENT) != 0;
  }

  /** The kernel has removed its watch. */
  void end() {
    wd = GONE;
  }

  /** What was reported before its watch was placed has come. */
  void confirm() {
    isConfirmed = true;
  }

  boolean isConfirmed() {
    return isConfirmed || wd == 0;
  }

  /** Whether what is reported of its name is to be told now, and not when it comes once more. */
  boolean isToldByName(int mask) {
    if (!isConfirmed || wd == 0 || wd == GONE || !hears(mask)) {
      return true;
    }
    isAttribSaid |= Flag.ATTRIB.isIn(mask);
    return false;
  }

  /** Whether attributes of it changed of which its directory has said nothing. */
  boolean isAttribOfOtherName(int mask) {
    boolean isSaid = isAttribSaid;
    isAttribSaid = false;
    return (mask & CONTENT) == Flag.ATTRIB.bit() && !isSaid;
  }

  /** It was written to by its name since it was looked at. */
  void isWrittenByName() {
    isWrittenByName = true;
  }

  /** Takes over what it is now; whether nothing changed but how many names it has. */
  boolean changesInLinksOnly(InodeWatch now) {
    FileStatus before = status;
    status = now.status;
    isWrittenByName = false;
    return before != null && status != null && status.differsInLinksOnly(before);
  }

  /**
   * Whether it may have been written to by another name since it was looked at, when less was heard
   * of it. Where it was written to by this one, which was told, it counts only if nothing else was
   * done to it behind the last write: else that is the one which was told, as a rule.
   */
  boolean mayBeWritten(InodeWatch before) {
    return status != null
        && before.status != null
        && !status.isAsItWas(before.status)
        && (!before.isWrittenByName || status.isWrittenLast());
  }
}
