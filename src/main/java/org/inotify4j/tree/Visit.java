package org.inotify4j.tree;

import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.OpenFiles;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A visit of one directory on the disk, in three steps: open it, watch it, read it. It is watched
 * before it is read, so that nothing can come in between.
 *
 * <p>It touches no model, so that several may run at once, each in its own thread ({@link
 * Visitors}). What it found means something only to {@link VisitResults}, which also says after the
 * second step whether there is a third: a directory that the tree has already need not be read. In
 * a pass over the whole tree every directory is read, and all three are made at once.
 */
final class Visit {

  private final DirectoryReader reader;
  private final TreeWatches watches;
  private final OpenFiles files;
  private final DirectoryListing listing = new DirectoryListing();

  private Plan plan = Plan.NONE;

  /** The directory, or {@code -errno}. */
  private int fd = -1;

  /** Its watch descriptor, or {@code -errno}; 0 before it was watched. */
  private int wd;

  private boolean wasRead;

  /** Whether it was read since it was watched. */
  private boolean isUpToDate;

  /** 0, or {@code -errno}, once it was read. */
  private int readResult;

  /** What was thrown in the middle of it. */
  private @Nullable Throwable failure;

  Visit(DirectoryReader reader, TreeWatches watches, OpenFiles files) {
    this.reader = reader;
    this.watches = watches;
    this.files = files;
  }

  /**
   * What is to be visited: a directory by its name in its parent.
   *
   * @param above the directory that it is in, as the crawl has it, or null where the crawl begins
   * @param parent a descriptor of that, which stays open
   * @param isAlone whether no other visit is on its way
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  record Plan(CrawlStack.@Nullable Frame above, int parent, byte[] name, boolean isAlone) {
    static final Plan NONE = new Plan(null, -1, new byte[0], true);
  }

  /** Begins anew. */
  void begin(Plan next) {
    plan = next;
    fd = -1;
    wd = 0;
    wasRead = false;
    isUpToDate = false;
    failure = null;
  }

  Plan plan() {
    return plan;
  }

  // The steps.

  /** Opens the root, but not for reading, or {@code -errno}. */
  int openRoot() {
    begin(Plan.NONE);
    fd = reader.openRoot();
    return fd;
  }

  /** Goes on with a directory that is open, but not for reading. */
  void begin(int directory) {
    begin(Plan.NONE);
    fd = directory;
  }

  /** Opens for reading what is open, but not for reading: a descriptor, or {@code -errno}. */
  int openToRead() {
    int result = reader.openToRead(fd);
    close();
    fd = result;
    return result;
  }

  /** Opens what was planned, without following a link: a descriptor, or {@code -errno}. */
  int open() {
    fd = reader.openChild(plan.parent, plan.name);
    return fd;
  }

  /**
   * Watches the directory: a second time, if the watch that it got was removed meanwhile.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int watch() {
    isUpToDate = false;
    wd = watches.add(fd);
    return wd;
  }

  /**
   * Reads the directory, unless that was done since it was watched.
   *
   * @param onlyDirectories whether entries that are no directories for sure are passed over
   * @return 0, or {@code -errno}: the listing has what was read until then
   */
  int read(boolean onlyDirectories) {
    if (!isUpToDate) {
      readResult = readAnew(onlyDirectories);
      isUpToDate = true;
    }
    return readResult;
  }

  private int readAnew(boolean onlyDirectories) {
    listing.clear();
    if (wasRead) {
      // From its beginning.
      int again = openToRead();
      if (again < 0) {
        return again;
      }
    }
    wasRead = true;
    return reader.read(fd, onlyDirectories, listing);
  }

  /**
   * Opens, watches and reads what was planned, where all of it is to be read, and only directories
   * are wanted.
   *
   * @param readsUnwatched whether it is read also where there is no room for its watch
   */
  void make(boolean readsUnwatched) {
    try {
      if (open() >= 0 && (watch() > 0 || (readsUnwatched && Errno.ENOSPC.is(wd)))) {
        int unused = read(true);
      }
    } catch (Throwable e) {
      // Who crawls throws it, in its own thread.
      failure = e;
    }
  }

  // What came of it.

  /** The directory, or {@code -errno}. */
  int fd() {
    return fd;
  }

  /** Its watch descriptor, or {@code -errno}; 0 before it was watched. */
  int wd() {
    return wd;
  }

  /** What was thrown in the middle of it, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** What the directory has, once it was read. */
  DirectoryListing listing() {
    return listing;
  }

  /** Whether an entry of a directory that is open is a directory. */
  boolean isDirectory(int directory, byte[] entry) {
    return files.isDirectory(directory, entry);
  }

  /** Whether an entry of a directory that is open is a plain file. */
  boolean isPlainFile(int directory, byte[] entry) {
    return files.isPlain(directory, entry);
  }

  /** Whether somebody is known to have a plain file of a directory that is open for writing. */
  boolean isBeingWritten(int directory, byte[] file) {
    return files.isBeingWritten(directory, file);
  }

  /** The directory, which is the caller's to close from here on. */
  int handOver() {
    int given = fd;
    fd = -1;
    return given;
  }

  /** Ends the visit. */
  void close() {
    if (fd >= 0) {
      reader.close(fd);
      fd = -1;
    }
  }
}
