package org.inotify4j.disk;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Spares;
import org.inotify4j.libc.LibC;

/**
 * What an entry of a directory is; of a link, not of what it leads to, unless that is asked for.
 */
public final class FileStatus {

  /** STATX_TYPE, _MODE, _NLINK, _UID, _GID, _MTIME, _CTIME, _INO, _SIZE and _BTIME. */
  private static final int WANTED = 0xBDF;

  private static final int TYPE = 0xF000;
  private static final int DIRECTORY = 0x4000;
  private static final int LINK = 0xA000;
  private static final int PLAIN_FILE = 0x8000;

  /** STATX_ATTR_MOUNT_ROOT. Since Linux 5.8. */
  private static final long MOUNT_ROOT = 0x2000;

  /** Some are kept for whoever asks next. */
  private static final Spares<ByteBuffer> KEPT = new Spares<>();

  private final int result;
  private final FileIdentity identity;
  private final int mode;
  private final int links;
  private final long size;
  private final int owner;
  private final int group;
  private final boolean isNoMount;
  private final Instant changed;
  private final Instant modified;

  private FileStatus(int result, ByteBuffer statx) {
    this.result = result;
    this.identity =
        new FileIdentity(
            statx.getLong(Statx.DEVICE),
            statx.getLong(Statx.INODE),
            statx.getLong(Statx.BIRTH),
            statx.getInt(Statx.BIRTH + Statx.NANOS));
    this.mode = Short.toUnsignedInt(statx.getShort(Statx.MODE));
    this.links = statx.getInt(Statx.LINKS);
    this.size = statx.getLong(Statx.SIZE);
    this.owner = statx.getInt(Statx.OWNER);
    this.group = statx.getInt(Statx.GROUP);
    long known = statx.getLong(Statx.KNOWN_ATTRIBUTES) & MOUNT_ROOT;
    this.isNoMount = known != 0 && (statx.getLong(Statx.ATTRIBUTES) & known) == 0;
    this.changed = instant(statx, Statx.CHANGE);
    this.modified = instant(statx, Statx.MODIFICATION);
  }

  private static Instant instant(ByteBuffer statx, int at) {
    return Instant.ofEpochSecond(statx.getLong(at), statx.getInt(at + Statx.NANOS));
  }

  /**
   * Asks for an entry.
   *
   * @param directory the descriptor of its directory
   * @param name the entry's bytes; none for what the descriptor stands for
   */
  public static FileStatus of(LibC libC, int directory, byte[] name) {
    return of(libC, directory, name, false);
  }

  /**
   * Asks for an entry, or what a link leads to.
   *
   * @param directory the descriptor of its directory
   * @param name the entry's bytes; none for what the descriptor stands for
   * @param follows whether a link is followed
   */
  public static FileStatus of(LibC libC, int directory, byte[] name, boolean follows) {
    OrderedLock.mayBlock();
    byte[] terminated = Arrays.copyOf(name, name.length + 1);
    ByteBuffer kept = KEPT.take();
    ByteBuffer statx = kept == null ? Statx.allocate() : kept;
    int flags =
        (follows ? 0 : LibC.AT_SYMLINK_NOFOLLOW) | (name.length == 0 ? LibC.AT_EMPTY_PATH : 0);
    int result = libC.statx(directory, terminated, flags, WANTED, statx);
    if (OldStatus.isNeeded(result)) {
      result = OldStatus.ask(directory, name, statx, follows);
    }
    if (result < 0) {
      statx.put(0, new byte[Statx.BYTES]);
    }
    FileStatus status = new FileStatus(result, statx);
    KEPT.keep(statx);
    return status;
  }

  /** 0, or {@code -errno} of the call that failed, and then the rest is nothing. */
  public int result() {
    return result;
  }

  /** Which one it is. */
  public FileIdentity identity() {
    return identity;
  }

  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  public boolean isPlainFile() {
    return (mode & TYPE) == PLAIN_FILE;
  }

  public boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** Whether nobody can use it but by its name here, as far as that is known. */
  public boolean hasOneName() {
    return links == 1 && isNoMount;
  }

  /** Whether it has several names. */
  public boolean hasOtherNames() {
    return links > 1;
  }

  /** Whether nothing shows that something else was done to it since it was written to last. */
  public boolean isWrittenLast() {
    return !modified.isBefore(changed);
  }

  /** Whether it is the same file, and nothing shows that it was written to since. */
  public boolean isAsItWas(FileStatus before) {
    return identity.equals(before.identity)
        && size == before.size
        && modified.equals(before.modified);
  }

  /**
   * Whether a write could leave its times as they are, since they are of the tick of the kernel's
   * clock that is at hand.
   *
   * @param now before the look
   */
  public boolean isFresh(Instant now) {
    return ClockTick.isAtHand(modified, now);
  }

  /** Whether all that an ATTRIB tells of is as it was, but for how many names it has. */
  public boolean differsInLinksOnly(FileStatus before) {
    return links != before.links
        && mode == before.mode
        && owner == before.owner
        && group == before.group;
  }
}
