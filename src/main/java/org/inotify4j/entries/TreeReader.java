package org.inotify4j.entries;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryStatus;
import org.inotify4j.disk.Refusal;
import org.inotify4j.disk.StatusReader;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories of a tree into rows of its own, as long as there are some: one of the threads
 * that take a snapshot.
 *
 * <p>The rows of a directory stand together. They have no parents yet: where the rows of all
 * threads are put together it is known where those are.
 */
final class TreeReader implements StatusReader.Entries {

  private static final int FIRST_ROWS = 1024;
  private static final byte UNKNOWN_TYPE = 0;

  /** What a type of getdents64 is shifted by to be one of {@code st_mode}. */
  private static final int TYPE_SHIFT = 12;

  private final DirectoryReader directories;
  private final StatusReader statuses;
  private final EntryStatus status;
  private final DirectoryQueue queue;
  private final PathFilter filter;
  private final int keptMode;
  private final boolean isFlat;
  private final EntryColumns rows = new EntryColumns(FIRST_ROWS, 16 * FIRST_ROWS);
  private final Runs runs = new Runs();

  /** The kernel's clock before it was asked for the entries at hand. */
  private long now;

  /** How many times the kernel gave entries of the directory at hand. */
  private int parts;

  TreeReader(LibC libC, DirectoryReader directories, DirectoryQueue queue, Reach reach) {
    this.directories = directories;
    this.statuses = new StatusReader(libC);
    this.status = statuses.status();
    this.queue = queue;
    this.filter = new PathFilter(reach.filter());
    this.keptMode = reach.hasMode() ? -1 : EntryColumns.TYPE;
    this.isFlat = reach.isFlat();
  }

  EntryColumns rows() {
    return rows;
  }

  Runs runs() {
    return runs;
  }

  /** Reads what there is to read; a failure ends the work of the other threads too. */
  void work() {
    try {
      for (Directory next = queue.take(); next != null; next = queue.take()) {
        visit(next);
        queue.done();
      }
    } catch (Throwable e) {
      queue.fail(e);
    }
  }

  /** Adds a row for the root, which is open. */
  int addRoot(int root) {
    now = status.now();
    int result = status.ask(root);
    if (result == 0) {
      int row = rows.add(EntryColumns.NONE, new byte[0], 0, 0);
      rows.set(row, status, status.mode() & keptMode, marks());
    }
    return result;
  }

  private void visit(Directory directory) {
    int fd = directory.open(directories, status);
    leave(directory.parent);
    if (fd < 0) {
      failed(directory, fd);
    } else {
      queue.add(readAndClose(directory, fd));
    }
  }

  /** Reads a directory, and keeps it open for those below if there are some: these. */
  private List<Directory> readAndClose(Directory directory, int fd) {
    int start = rows.size();
    List<Directory> below = List.of();
    boolean isKept = false;
    try {
      int result = read(directory, fd, start);
      if (result < 0) {
        rows.truncate(start);
        failed(directory, result);
      } else {
        below = below(directory, start);
        int first = below.isEmpty() ? 0 : below.get(0).number;
        runs.add(directory.number, start, rows.size(), first, 0);
        isKept = !below.isEmpty() && queue.mayKeepOpen();
      }
    } finally {
      if (isKept) {
        directory.keep(fd, below.size());
      } else {
        directories.close(fd);
      }
    }
    return below;
  }

  private int read(Directory directory, int fd, int start) {
    parts = 0;
    filter.enter(directory);
    int result = statuses.read(fd, this);
    if (parts > 1) {
      // What is made again meanwhile may be given twice; one part is given in one moment.
      Duplicates.remove(rows, start);
    }
    return result;
  }

  private void failed(Directory directory, int result) {
    if (new Refusal(result).isOfThisProcess()) {
      throw new RefusedException(result);
    }
    runs.add(directory.number, rows.size(), rows.size(), 0, result);
  }

  /** A directory below was opened, or never will be. */
  void leave(@Nullable Directory parent) {
    int fd = parent == null ? -1 : parent.leave();
    if (fd >= 0) {
      directories.close(fd);
      queue.closed();
    }
  }

  /** The directories among the rows from one on. */
  private List<Directory> below(Directory parent, int start) {
    List<Directory> below = new ArrayList<>();
    int count = 0;
    for (int row = start; row < rows.size(); row++) {
      count += isToRead(row) ? 1 : 0;
    }
    int number = queue.number(count);
    for (int row = start; row < rows.size(); row++) {
      if (isToRead(row)) {
        byte[] name = Arrays.copyOfRange(rows.bytes(), rows.nameStart(row), rows.nameEnd(row));
        below.add(new Directory(number++, parent, name, rows.device(row), rows.inode(row)));
      }
    }
    return below;
  }

  /** Whether a row is of a directory that is to be read as well. */
  boolean isToRead(int row) {
    return !isFlat && rows.isDirectory(row) && !rows.isUnknown(row);
  }

  @Override
  public void begin() {
    parts++;
    now = status.now();
  }

  @Override
  public boolean wants(byte[] bytes, int start, int end, byte type) {
    return type == UNKNOWN_TYPE
        || !filter.excludes(bytes, start, end, DirectoryReader.isDirectory(type));
  }

  @Override
  public void entry(byte[] bytes, int start, int end, byte type, int result) {
    int mode = result == 0 ? status.mode() : type << TYPE_SHIFT;
    if (type == UNKNOWN_TYPE
        && filter.excludes(bytes, start, end, EntryColumns.isModeOfDirectory(mode))) {
      return;
    }
    int row = rows.add(EntryColumns.NONE, bytes, start, end);
    if (result == 0) {
      rows.set(row, status, mode & keptMode, marks());
    } else if (new Refusal(result).isOfThisProcess()) {
      throw new RefusedException(result);
    } else {
      rows.setUnknown(row, mode);
    }
  }

  private int marks() {
    return Raciness.marks(now, status);
  }

  /** This process, or this machine, is short of room. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int result;

    RefusedException(int result) {
      super(null, null, false, false);
      this.result = result;
    }

    int result() {
      return result;
    }
  }
}
