package org.inotify4j.tree;

import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.OpenFiles;

/**
 * A visit of one directory on the disk, in three steps: open it, watch it, read it. It is watched
 * before it is read, so that nothing can come in between.
 *
 * <p>It touches no model, so that several may run at once, each in its own thread. What it found
 * means something only to {@link Crawl}, which also says after the second step whether there is a
 * third: a directory that the tree has already need not be read.
 */
final class Visit {

  private final DirectoryReader reader;
  private final TreeWatches watches;
  private final OpenFiles files;
  private final Listing listing = new Listing();

  /** The directory, or negative where none is open. */
  private int fd = -1;

  Visit(DirectoryReader reader, TreeWatches watches, OpenFiles files) {
    this.reader = reader;
    this.watches = watches;
    this.files = files;
  }

  /** Opens the root, but not for reading, or {@code -errno}. */
  int openRoot() {
    fd = reader.openRoot();
    return fd;
  }

  /** Opens a directory by its name in its parent, without following a link, or {@code -errno}. */
  int open(int parent, byte[] name) {
    fd = reader.openChild(parent, name);
    return fd;
  }

  /** Goes on with a directory that is open, but not for reading. */
  void begin(int directory) {
    fd = directory;
  }

  /** Opens for reading what is open, but not for reading: a descriptor, or {@code -errno}. */
  int openToRead() {
    int result = reader.openToRead(fd);
    close();
    fd = result;
    return result;
  }

  /**
   * Watches the directory.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int watch() {
    return watches.add(fd);
  }

  /** Takes back the watch that was placed just now. */
  void unwatch(int wd) {
    watches.remove(new int[] {wd});
  }

  /**
   * Reads the directory.
   *
   * @param onlyDirectories whether entries that are no directories for sure are passed over
   * @return 0, or {@code -errno}: the listing has what was read until then
   */
  int read(boolean onlyDirectories) {
    listing.clear();
    return reader.read(fd, onlyDirectories, listing);
  }

  /** Whether an entry of a directory that is open is a plain file. */
  boolean isPlainFile(int directory, byte[] name) {
    return files.isPlain(directory, name);
  }

  /** Whether somebody is known to have a plain file of a directory that is open for writing. */
  boolean isBeingWritten(int directory, byte[] name) {
    return files.isBeingWritten(directory, name);
  }

  /** What the directory has, once it was read. */
  Listing listing() {
    return listing;
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

  /** Whether {@link #watch} leaves something out, which reading would cause. */
  boolean isToComplete() {
    return watches.isToComplete();
  }

  /**
   * Watches for all that is asked for what was read, with all below it, and closes it.
   *
   * @param path the directory, not open for reading
   * @return a watch descriptor, or {@code -errno}
   */
  int complete(int path) {
    try {
      return watches.complete(path);
    } finally {
      reader.close(path);
    }
  }

  /** Whether the kernel's mask of a watch is not what its subscriptions want together. */
  boolean isMaskOther(int wd) {
    return watches.isMaskOther(wd);
  }

  /** Whether the tree gets no watches any more. */
  boolean isOver() {
    return watches.isOver();
  }
}
