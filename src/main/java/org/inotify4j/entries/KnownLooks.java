package org.inotify4j.entries;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryStatus;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/** Looks at entries that are known, by their paths below a directory. For one thread. */
public final class KnownLooks {

  private static final byte[] NO_NAME = {};

  private final DirectoryReader directories;
  private final EntryStatus status;
  private final boolean follows;
  private @Nullable FileIdentity rootIdentity;
  private int root = -1;

  /**
   * Looks below a directory.
   *
   * @param path its path, with a NUL at its end
   * @param followsRoot whether a link at the end of that is followed
   * @param follows whether links that are entries are followed
   */
  public KnownLooks(LibC libC, byte[] path, boolean followsRoot, boolean follows) {
    this.directories = new DirectoryReader(libC, path, followsRoot);
    this.status = new EntryStatus(libC);
    this.follows = follows;
  }

  /** Says which directory it is: where another one is at the path nothing is seen. */
  public void onlyIn(FileIdentity directory) {
    rootIdentity = directory;
  }

  /** Opens the directory, but not for reading, or {@code -errno}. */
  public int openRoot() {
    int fd = directories.openRoot();
    if (fd >= 0 && isAnother(fd)) {
      directories.close(fd);
      return -Errno.ENOENT.number();
    }
    return fd;
  }

  private boolean isAnother(int directory) {
    FileIdentity expected = rootIdentity;
    return expected != null
        && (status.ask(directory) < 0
            || status.inode() != expected.inode()
            || status.device() != expected.device());
  }

  /**
   * Looks at some of the entries that may be other than they were seen.
   *
   * @return whether there are some behind those
   */
  @CanIgnoreReturnValue
  public boolean look(KnownEntries known, int most) {
    root = openRoot();
    if (root < 0) {
      return false;
    }
    try {
      return known.look(most, this::lookAt);
    } finally {
      directories.close(root);
    }
  }

  /**
   * Whether what is known of an entry is of what is at a place by now. Of what nobody has looked at
   * so far that is taken for granted.
   */
  public boolean isAt(KnownEntries known, byte[] entry, byte[] place) {
    int directory = openRoot();
    if (directory < 0) {
      return false;
    }
    try {
      return status.askAt(directory, place, follows) == 0
          && known.mayBe(entry, status.device(), status.inode());
    } finally {
      directories.close(directory);
    }
  }

  /** What is at a path now, as a table of one row; null if that cannot be told. */
  public @Nullable EntryColumns see(byte[] path) {
    root = openRoot();
    if (root < 0) {
      return null;
    }
    try {
      EntryColumns seen = new EntryColumns(1, 1);
      return lookAt(path, seen) == EntryColumns.NONE ? null : seen;
    } finally {
      directories.close(root);
    }
  }

  /** Whether what is at a path is what was seen there. */
  public boolean isSame(KnownEntries known, byte[] path) {
    EntryColumns now = see(path);
    return now != null && known.isSame(path, now, status.born());
  }

  private int lookAt(byte[] path, EntryColumns seen) {
    long now = status.now();
    if (status.askAt(root, path, follows) < 0) {
      return EntryColumns.NONE;
    }
    int row = seen.add(EntryColumns.NONE, NO_NAME, 0, 0);
    seen.set(row, status, status.mode() & EntryColumns.TYPE, Raciness.marks(now, status));
    return row;
  }
}
