package org.inotify4j.snapshot;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inotify4j.entries.ChangeList;
import org.inotify4j.entries.EntryColumns;
import org.inotify4j.entries.NameIndex;
import org.inotify4j.entries.RowPath;
import org.inotify4j.entries.SnapshotDoor;
import org.inotify4j.entries.TreeTaking;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * What was in a tree at a time: of each entry its path, what it is, and when it was changed.
 *
 * <p>Links are not followed: they are entries of their own. If the root's path leads through links,
 * also at its end, then what they lead to when the snapshot is taken is the root. Other file
 * systems that are mounted below it are a part of the tree.
 *
 * <p>A tree that is changed while it is read is read all the same: each entry is as it was at some
 * moment meanwhile, and what comes, goes or moves meanwhile may be missing. The next comparison
 * finds that.
 *
 * <p>A snapshot takes 46 bytes of heap for each entry, and its name with one byte more. Immutable,
 * and safe for use by several threads.
 */
public final class TreeSnapshot {

  static {
    SnapshotDoor.open(new BehindTheDoor());
  }

  private final TreeState state;
  private final EntryColumns table;

  /** Made when a path is looked up, and again where the memory was needed for something else. */
  private volatile @Nullable SoftReference<NameIndex> names;

  TreeSnapshot(TreeState state) {
    this.state = state;
    this.table = state.table();
  }

  /**
   * Reads a tree in the calling thread, with everything that is in it.
   *
   * @param root a directory, of the default file system or one that wraps it
   * @return what is there
   * @throws java.nio.file.NoSuchFileException if there is nothing at the path
   * @throws java.nio.file.NotDirectoryException if it is no directory
   * @throws java.nio.file.AccessDeniedException if it may not be read
   * @throws IOException if it cannot be read, or no more files can be opened
   * @throws ProviderMismatchException if the path is of another file system
   * @throws UnsupportedOperationException if the system calls cannot be reached; the message says
   *     why
   */
  public static TreeSnapshot take(Path root) throws IOException {
    return take(root, TreeFilter.EVERYTHING);
  }

  /**
   * Reads a tree in the calling thread.
   *
   * @param root a directory, of the default file system or one that wraps it
   * @param filter what of it
   * @return what is there
   * @throws IOException as {@link #take(Path)} does
   */
  public static TreeSnapshot take(Path root, TreeFilter filter) throws IOException {
    return take(root, filter, 1);
  }

  /**
   * Reads a tree in several threads, which end with the call. It is faster where the tree is known
   * to the kernel and processors are idle, and where a disk or a server answers several at once.
   *
   * @param root a directory, of the default file system or one that wraps it
   * @param filter what of it
   * @param threads how many threads, the calling one among them: from 1 to 64
   * @return what is there
   * @throws IOException as {@link #take(Path)} does
   * @throws IllegalArgumentException if the number of threads is another one
   */
  public static TreeSnapshot take(Path root, TreeFilter filter, int threads) throws IOException {
    return take(SystemLibC.get(), root, filter, threads);
  }

  static TreeSnapshot take(LibC libC, Path root, TreeFilter filter, int threads)
      throws IOException {
    Objects.requireNonNull(filter, "filter");
    EntryColumns table = TreeTaking.read(libC, PathBytes.of(root), filter.reach(), threads);
    return new TreeSnapshot(TreeState.of(RootPath.of(root), filter, table));
  }

  /**
   * Reads a snapshot from a file that {@link #save} wrote.
   *
   * @param file the file
   * @return what was saved
   * @throws java.nio.file.NoSuchFileException if there is no file
   * @throws java.nio.file.FileSystemException if it is no snapshot, or is cut, was altered, is of a
   *     newer version of the format, or does not fit into the heap; its reason says which
   * @throws IOException if it cannot be read
   */
  public static TreeSnapshot load(Path file) throws IOException {
    return new TreeSnapshot(SnapshotReader.read(file, null));
  }

  /**
   * Reads a snapshot of a tree from a file that {@link #save} wrote.
   *
   * @param file the file
   * @param root the root, by the path that the snapshot was taken by
   * @return what was saved
   * @throws java.nio.file.FileSystemException as {@link #load(Path)} does, and if the snapshot is
   *     of another root; its reason says which
   * @throws IOException if it cannot be read
   */
  public static TreeSnapshot load(Path file, Path root) throws IOException {
    return new TreeSnapshot(SnapshotReader.read(file, RootPath.of(root)));
  }

  /**
   * Writes this snapshot to a file that {@link #load} reads. It is written beside the file, synced
   * and renamed into place, and the directory is synced: whatever happens meanwhile, the file is as
   * it was before or has all of this snapshot. Its owner only may read it, as it has the names of
   * all files; one that is there keeps its permission bits. A link stays: it is followed. The
   * format is described in {@linkplain org.inotify4j.snapshot the package}.
   *
   * @param file where to, in the default file system; a regular file that is there is replaced
   * @throws ProviderMismatchException if the path is of another file system
   * @throws IOException if something else is there, as a directory, a pipe or a device, or if it
   *     cannot be written, as where the disk is full, or its directory may not be read, and so not
   *     be synced: what was there is still there; or if the directory's sync fails, behind all
   */
  public void save(Path file) throws IOException {
    SnapshotWriter.write(state, file);
  }

  /** {@return the absolute path that the snapshot was taken by} */
  public Path root() {
    return state.root();
  }

  /** {@return the filter that the snapshot was taken with} */
  public TreeFilter filter() {
    return state.filter();
  }

  /** {@return how many entries there are below the root} */
  public int size() {
    return table.size() - 1;
  }

  /** {@return all entries below the root, each behind the directory that it is in} */
  public Stream<Entry> entries() {
    return IntStream.range(EntryColumns.ROOT + 1, table.size())
        .mapToObj(row -> new Entry(this, row));
  }

  /**
   * Finds an entry. The first time takes some 8 bytes of heap for each entry, which are given back
   * where there is no other memory left.
   *
   * @param path relative to the root; the empty path is the root itself
   * @return the entry; empty if there is none, and if the path is absolute or has {@code ..} in it
   * @throws ProviderMismatchException if the path is of another file system than the default one
   */
  public Optional<Entry> entry(Path path) {
    int row = path.isAbsolute() ? EntryColumns.NONE : names().find(path);
    return row == EntryColumns.NONE ? Optional.empty() : Optional.of(new Entry(this, row));
  }

  EntryColumns table() {
    return table;
  }

  private NameIndex names() {
    SoftReference<NameIndex> kept = names;
    NameIndex index = kept == null ? null : kept.get();
    if (index == null) {
      index = new NameIndex(table);
      names = new SoftReference<>(index);
    }
    return index;
  }

  /**
   * What could not be read: directories whose entries are not known, and entries of which the
   * kernel does not tell more than the name.
   *
   * @return paths relative to the root; unmodifiable
   */
  public List<Path> unreadable() {
    int[] rows = IntStream.range(0, table.size()).filter(table::isUnreadable).toArray();
    return new RowPaths(rows, row -> relative(RowPath.of(table, row)));
  }

  /**
   * What differs from an older snapshot of the same tree, in an order in which the changes can be
   * made one by one: who has the set of paths of the older one and does to it what each change says
   * has that of this one in the end. It takes time in proportion to the size of both.
   *
   * <ul>
   *   <li>What is the same inode of the same birth (where the file system tells that) is the same
   *       entry. One that has another name is MOVED, and a directory carries what is in it. A file
   *       that has another name beside those that it had is CREATED there.
   *   <li>Another inode of the same name is REPLACED; if that one moved there, it is MOVED, and the
   *       other one DELETED before.
   *   <li>Where no order of moves exists, as where two names were swapped, or names changed in a
   *       circle, these are REPLACED, or DELETED and CREATED.
   *   <li>MODIFIED is told last, with the newer path. A file that moved and was written to is both.
   *       To move a file changes its time of change; so of one that moved, its size and its time of
   *       modification alone tell whether it was written to. Who writes to a file, sets that time
   *       back, and moves it is not found out.
   *   <li>An entry that was changed within a tick of the kernel's clock before it was read (10
   *       milliseconds; two seconds where times end with whole seconds, as on FAT) is MODIFIED in
   *       the next comparison, since a change in the same tick would not show: a change is never
   *       missed, and at most told once more than need be. This relies on the clock of who stamps
   *       the files, a file server as the case may be, not being behind that of this machine.
   *   <li>Of what is in a directory that could be read then and cannot be now nothing is known, and
   *       nothing told; the directory is MODIFIED. When it can be read again, it is DELETED and
   *       CREATED, with what is in it then.
   *   <li>The root is compared as it is, whichever directory that is.
   *   <li>File systems that number inodes anew each time, as some in user space do, make entries
   *       seem to be others, or to have moved: more is told than need be.
   * </ul>
   *
   * @param older a snapshot of the same root, with an equal filter
   * @return the changes, mutable; none where nothing differs
   * @throws IllegalArgumentException if it is of another root, or has another filter
   */
  public List<SnapshotChange> changesSince(TreeSnapshot older) {
    if (!Arrays.equals(state.rootBytes(), older.state.rootBytes())) {
      throw new IllegalArgumentException(
          "snapshots of different roots: " + root() + " and " + older.root());
    }
    if (!filter().equals(older.filter())) {
      throw new IllegalArgumentException(
          "snapshots with different filters: " + filter() + " and " + older.filter());
    }
    ToldChanges told = new ToldChanges(older, this);
    ChangeList.tell(older.table, table, told);
    return told.list();
  }

  private Path relative(byte[] path) {
    return PathBytes.resolve(root().getFileSystem().getPath(""), path);
  }

  @Override
  public String toString() {
    return "TreeSnapshot[" + root() + ", " + size() + " entries]";
  }

  /** What an entry is. */
  public enum Type {
    /** A regular file. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link. */
    LINK,
    /** A device, a named pipe or a socket, or what the kernel does not tell. */
    OTHER
  }

  /**
   * An entry of a snapshot. Immutable, and safe for use by several threads. It keeps the snapshot
   * from being collected.
   */
  public static final class Entry {

    private static final int FILE = 0x8000;
    private static final int LINK = 0xA000;
    private static final int PERMISSIONS = 0xFFF;

    private final TreeSnapshot snapshot;
    private final EntryColumns table;
    private final int row;

    Entry(TreeSnapshot snapshot, int row) {
      this.snapshot = snapshot;
      this.table = snapshot.table;
      this.row = row;
    }

    /**
     * {@return its path relative to the root, exact for any bytes in any locale; the empty path for
     * the root}
     */
    public Path path() {
      return relative(RowPath.of(table, row));
    }

    /** {@return the bytes of its path, with slashes between names; a copy} */
    public byte[] pathBytes() {
      return RowPath.of(table, row);
    }

    /** {@return what it is; of a link, what the link is} */
    public Type type() {
      int type = table.type(row) & 0xF000;
      return isDirectory()
          ? Type.DIRECTORY
          : type == FILE ? Type.FILE : type == LINK ? Type.LINK : Type.OTHER;
    }

    /** {@return whether it is a directory; a link is none} */
    public boolean isDirectory() {
      return table.isDirectory(row);
    }

    /**
     * The device that it is on.
     *
     * @return a number that says nothing but whether two are the same, until the machine is started
     *     anew
     */
    public long device() {
      return table.device(row);
    }

    /** {@return its inode on the device; 0 if the kernel does not tell} */
    public long inode() {
      return table.inode(row);
    }

    /** {@return its size in bytes} */
    public long size() {
      return table.size(row);
    }

    /**
     * When its content was changed last ({@code mtime}, see inode(7)).
     *
     * @return in nanoseconds since 1970
     */
    public long modifiedNanos() {
      return table.modified(row);
    }

    /**
     * When its content or what is known of it was changed last ({@code ctime}, see inode(7)).
     *
     * @return in nanoseconds since 1970
     */
    public long changedNanos() {
      return table.changed(row);
    }

    /**
     * Its permissions ({@code st_mode} without the type, see inode(7)).
     *
     * @return the bits; empty unless the filter is {@linkplain TreeFilter#withMode with mode}
     */
    public OptionalInt mode() {
      return snapshot.filter().hasMode()
          ? OptionalInt.of(table.mode(row) & PERMISSIONS)
          : OptionalInt.empty();
    }

    /**
     * {@return whether it was changed within a tick of the clock before it was read, so that its
     * times may not show a later change}
     */
    public boolean isUncertain() {
      return table.isUncertain(row);
    }

    /**
     * {@return whether what is in the directory is not known, or of the entry nothing but its name}
     */
    public boolean isUnreadable() {
      return table.isUnreadable(row);
    }

    Path relative(byte[] path) {
      return snapshot.relative(path);
    }

    @Override
    public String toString() {
      return type() + " " + path();
    }
  }
}
