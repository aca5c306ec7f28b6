package org.inotify4j.cli.doctor;

import java.util.List;
import org.inotify4j.cli.doctor.Mounts.Mount;
import org.inotify4j.cli.doctor.OnTheWay.Link;
import org.inotify4j.disk.FileSystemType;
import org.inotify4j.disk.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One path that somebody wants to watch. Paths have one char for each of their bytes.
 *
 * @param path as the user has spelled it
 * @param kind what is there
 * @param refusal why that cannot be said, where it is {@link Kind#UNREACHABLE}
 * @param links the links on the way
 * @param mount what it is on; null where that is not known
 * @param isMountPoint whether it is mounted just there
 * @param type the file system that it is on
 * @param below what is mounted below it
 * @param need how many watches it needs
 * @param unreadable the directories below that cannot be read
 * @param probe what was tried there; null where nothing was
 */
record PathFacts(
    String path,
    Kind kind,
    Refusal refusal,
    List<Link> links,
    @Nullable Mount mount,
    boolean isMountPoint,
    FileSystemType type,
    List<Place> below,
    WatchCount.Need need,
    List<Unreadable> unreadable,
    @Nullable Probe probe) {

  /** What is at a path. */
  enum Kind {
    DIRECTORY("directory"),
    FILE("file"),
    /** A socket, a pipe, a device. */
    OTHER("special file"),
    MISSING("nothing"),
    /** There, but not for this user. */
    FORBIDDEN("not allowed to look"),
    /** The kernel refuses to look for another reason. */
    UNREACHABLE("not to be looked at");

    /** What people call it. */
    final String text;

    Kind(String text) {
      this.text = text;
    }

    boolean isThere() {
      return this == DIRECTORY || this == FILE || this == OTHER;
    }
  }

  /**
   * A file system that is mounted below.
   *
   * @param refusal why its type cannot be asked for, if it cannot
   */
  record Place(Mount mount, FileSystemType type, Refusal refusal) {

    /** What of it inotify tells. */
    String heard() {
      return refusal.isNone() ? PathFacts.heard(type) : "what is not known: " + refusal.reason();
    }
  }

  /** A directory below that cannot be read. */
  record Unreadable(String path, Refusal refusal) {}

  /** What of it inotify tells. */
  String heard() {
    return kind == Kind.OTHER ? "that it is opened, closed, moved and deleted" : heard(type);
  }

  /** What of a file system inotify tells. */
  private static String heard(FileSystemType type) {
    if (type.isSilent()) {
      return "only what is done on this machine";
    }
    return type.isMadeUp() ? "what programs do, not what the kernel makes up" : "everything";
  }

  /** Whether a single file is mounted there: whatever replaces it elsewhere is not seen. */
  boolean isMountedFile() {
    return kind == Kind.FILE && isMountPoint;
  }
}
