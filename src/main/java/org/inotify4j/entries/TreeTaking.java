package org.inotify4j.entries;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.inotify4j.base.Daemons;
import org.inotify4j.base.Uninterruptibly;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree with some threads, and puts together what they have found.
 *
 * <p>Directories have numbers in the order in which they were found, and the rows are put together
 * in the order of these: so a directory's row comes before those of what is in it, whoever read
 * them.
 *
 * <p>The root is opened by its path once, and kept open until all is read: what comes to that path
 * meanwhile is another directory, and nothing of it is read.
 */
public final class TreeTaking {

  private static final int MOST_THREADS = 64;

  private final LibC libC;
  private final byte[] root;
  private final Reach reach;
  private final int threads;
  private final DirectoryQueue queue = new DirectoryQueue();
  private final List<TreeReader> readers = new ArrayList<>();
  private boolean isTorn;

  private TreeTaking(LibC libC, byte[] root, Reach reach, int threads) {
    this.libC = libC;
    this.root = root;
    this.reach = reach;
    this.threads = threads;
  }

  /**
   * Reads a tree.
   *
   * @param root its path, with a NUL at its end
   * @param threads how many read, this one among them
   * @throws IOException if the root cannot be read, or there is no room to open directories
   * @throws IllegalArgumentException if the number of threads is not from 1 to 64
   */
  public static EntryColumns read(LibC libC, byte[] root, Reach reach, int threads)
      throws IOException {
    return of(libC, root, reach, threads).read();
  }

  /** One that has read nothing yet, of what {@link #read(LibC, byte[], Reach, int)} takes. */
  static TreeTaking of(LibC libC, byte[] root, Reach reach, int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "not a number of threads from 1 to " + MOST_THREADS + ": " + threads);
    }
    return new TreeTaking(libC, root, reach, threads);
  }

  /**
   * Whether something was moved with what was still to be read in it: that is not read, though it
   * never left the directory that it is in.
   */
  boolean isTorn() {
    return isTorn;
  }

  /** Reads the tree, once. */
  EntryColumns read() throws IOException {
    DirectoryReader directories = new DirectoryReader(libC, root, reach.followsLink());
    int fd = directories.openRoot();
    check(fd);
    try {
      return read(fd, directories.of(fd));
    } finally {
      directories.close(fd);
    }
  }

  private EntryColumns read(int fd, DirectoryReader directories) throws IOException {
    for (int i = 0; i < threads; i++) {
      readers.add(new TreeReader(libC, directories, queue, reach));
    }
    TreeReader first = readers.get(0);
    check(first.addRoot(fd));
    EntryColumns rows = first.rows();
    int row = EntryColumns.ROOT;
    queue.add(
        List.of(
            new Directory(queue.number(1), null, new byte[0], rows.device(row), rows.inode(row))));
    work();
    return assembled();
  }

  private void work() throws IOException {
    CountDownLatch ended = new CountDownLatch(readers.size() - 1);
    try {
      for (TreeReader reader : readers.subList(1, readers.size())) {
        start(reader, ended);
      }
    } finally {
      readers.get(0).work();
      Uninterruptibly.await(ended);
    }
    Throwable failure = queue.failure();
    if (failure != null) {
      abandon();
      rethrow(failure);
    }
  }

  private static void start(TreeReader reader, CountDownLatch ended) {
    try {
      Runnable work =
          () -> {
            reader.work();
            ended.countDown();
          };
      Daemons.thread(work, "inotify4j-snapshot").start();
    } catch (OutOfMemoryError e) {
      // The others do its work.
      ended.countDown();
    }
  }

  private void abandon() {
    for (Directory left = queue.abandoned(); left != null; left = queue.abandoned()) {
      readers.get(0).leave(left.parent);
    }
  }

  private void rethrow(Throwable failure) throws IOException {
    if (failure instanceof TreeReader.RefusedException refused) {
      check(refused.result());
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private void check(int result) throws IOException {
    if (result < 0) {
      throw ReadFailures.ofRoot(PathBytes.decode(root), result);
    }
  }

  private EntryColumns assembled() throws IOException {
    int size = 0;
    int bytes = 0;
    for (TreeReader reader : readers) {
      size = Math.addExact(size, reader.rows().size());
      bytes = Math.addExact(bytes, reader.rows().usedBytes());
    }
    Assembly assembly = new Assembly(size, bytes);
    check(assembly.rootResult());
    return assembly.rows();
  }

  /** What all have found, in one table. */
  private final class Assembly {
    private final int directoriesFound = queue.found();

    /** By number: whose run it is, and which one. */
    private final @Nullable TreeReader[] owners = new @Nullable TreeReader[directoriesFound];

    private final int[] runs = new int[directoriesFound];

    /** By number: its row, or none where it is gone. */
    private final int[] rowOf = new int[directoriesFound];

    private final EntryColumns all;

    Assembly(int size, int bytes) {
      all = new EntryColumns(size, bytes);
      for (TreeReader reader : readers) {
        for (int run = 0; run < reader.runs().size(); run++) {
          int number = reader.runs().number(run);
          owners[number] = reader;
          runs[number] = run;
        }
      }
    }

    int rootResult() {
      return result(0);
    }

    private int result(int number) {
      return owner(number).runs().result(runs[number]);
    }

    private TreeReader owner(int number) {
      TreeReader owner = owners[number];
      if (owner == null) {
        throw new IllegalStateException("a directory was not read");
      }
      return owner;
    }

    EntryColumns rows() {
      rowOf[0] = all.addCopy(EntryColumns.NONE, readers.get(0).rows(), EntryColumns.ROOT);
      for (int number = 0; number < directoriesFound; number++) {
        // Of a directory that is gone there are no rows.
        addRun(owner(number), runs[number], rowOf[number]);
      }
      all.trim();
      return all;
    }

    private void addRun(TreeReader owner, int run, int parent) {
      EntryColumns rows = owner.rows();
      int below = owner.runs().firstBelow(run);
      for (int row = owner.runs().start(run); row < owner.runs().end(run); row++) {
        if (!owner.isToRead(row)) {
          int unused = all.addCopy(parent, rows, row);
        } else {
          addDirectory(parent, rows, row, below++);
        }
      }
    }

    private void addDirectory(int parent, EntryColumns rows, int row, int number) {
      int result = result(number);
      if (ReadFailures.isGone(result)) {
        rowOf[number] = EntryColumns.NONE;
        return;
      }
      rowOf[number] = all.addCopy(parent, rows, row);
      if (result < 0) {
        isTorn |= result == Directory.MOVED_AWAY;
        all.setUnreadable(rowOf[number]);
      }
    }
  }
}
