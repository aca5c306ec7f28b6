package org.inotify4j.entries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Collection;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryStatus;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;

/** What somebody found who looked: a tree, the entries of a directory, or one name. */
public final class Scan {

  /** The first row that is no root. */
  public static final int FIRST = EntryColumns.ROOT + 1;

  private final EntryColumns rows;
  private final boolean isTorn;
  private final boolean isOfName;

  /**
   * What was found.
   *
   * @param rows a directory before what is in it; nobody else's any more
   * @param isTorn as of {@link #isTorn()}
   */
  Scan(EntryColumns rows, boolean isTorn) {
    this(rows, isTorn, false);
  }

  private Scan(EntryColumns rows, boolean isTorn, boolean isOfName) {
    this.rows = rows;
    this.isTorn = isTorn;
    this.isOfName = isOfName;
  }

  /**
   * Reads a tree.
   *
   * @param root its path, with a NUL at its end
   * @param threads how many read, this one among them
   * @throws IOException if the root cannot be read, or there is no room to open directories
   */
  public static Scan of(LibC libC, byte[] root, Reach reach, int threads) throws IOException {
    TreeTaking taking = TreeTaking.of(libC, root, reach, threads);
    EntryColumns rows = taking.read();
    return new Scan(rows, taking.isTorn());
  }

  /**
   * Looks at one name: a root without a name, and below it what is there, if something is.
   *
   * @param directory the path of the directory that it is in, with a NUL at its end
   * @param follows whether a link is followed
   * @throws IOException if it cannot be known whether something is there
   */
  public static Scan ofName(LibC libC, byte[] directory, byte[] name, boolean follows)
      throws IOException {
    EntryColumns rows = new EntryColumns(2, name.length + 2);
    int root = rows.add(EntryColumns.NONE, new byte[0], 0, 0);
    rows.setUnlooked(root, true);
    DirectoryReader reader = new DirectoryReader(libC, directory, true);
    int fd = reader.openRoot();
    int result = fd;
    if (fd >= 0) {
      try {
        result = add(rows, new EntryStatus(libC), fd, name, follows);
      } finally {
        reader.close(fd);
      }
    }
    if (result < 0 && !ReadFailures.isGone(result)) {
      throw ReadFailures.ofRoot(PathBytes.decode(directory), result);
    }
    return new Scan(rows, false, true);
  }

  private static int add(
      EntryColumns rows, EntryStatus status, int directory, byte[] name, boolean follows) {
    long now = status.now();
    int result = status.askAt(directory, name, follows);
    if (result == 0) {
      int row = rows.add(EntryColumns.ROOT, name, 0, name.length);
      rows.set(row, status, status.mode() & EntryColumns.TYPE, Raciness.marks(now, status));
    }
    return result;
  }

  /** Whether there is a directory at each of some paths, which have one char for each byte. */
  public boolean hasDirectories(Collection<String> paths) {
    NameIndex names = new NameIndex(rows);
    return paths.stream()
        .map(path -> path.getBytes(ISO_8859_1))
        .mapToInt(path -> names.find(path, 0, path.length))
        .allMatch(row -> row != EntryColumns.NONE && rows.isDirectory(row));
  }

  EntryColumns rows() {
    return rows;
  }

  /** Whether it is of one name. */
  boolean isOfName() {
    return isOfName;
  }

  /**
   * Whether something of it was moved while it was read, and was not read for that: of all else
   * that is missing, or at two places, records tell.
   */
  public boolean isTorn() {
    return isTorn;
  }

  /** The number of rows, the root among them: those behind it are the entries. */
  public int size() {
    return rows.size();
  }

  public boolean isDirectory(int row) {
    return rows.isDirectory(row);
  }

  /** The path of a row. A directory's row comes before those of what is in it. */
  public byte[] path(int row) {
    return RowPath.of(rows, row);
  }

  /** Which directory its root is: the inode of it. */
  public long rootInode() {
    return rows.inode(EntryColumns.ROOT);
  }

  /** The device of the root. */
  public long rootDevice() {
    return rows.device(EntryColumns.ROOT);
  }
}
