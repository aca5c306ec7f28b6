package org.inotify4j.base;

/**
 * The ranks of the locks: a thread that holds one takes only such of a later rank, or the same one
 * again. So no two threads can ever wait for each other.
 */
public enum Rank {

  /** A lock of who calls the library: the provider's keys, the command's output. */
  CALLER,

  /** That there is one shared instance; that what was asked for is still there to read. */
  INSTANCE,

  /** That the calls of the C library are bound once. */
  LIBC,

  /**
   * That registrations of one directory or name come one after the other: held while the disk is
   * looked at.
   */
  REGISTERING,

  /** A hub's table, marks, early records and subscribers: a batch of records at most. */
  HUB,

  /** A service's queue, the states of its keys and their logs: for moments. */
  SIGNAL_QUEUE,

  /** Which files of a watcher are not finished: for moments. */
  UNFINISHED,

  /** What has gathered for a watcher's listener: for moments. */
  BATCHES,

  /** The records and marks that wait for one follower: for moments. */
  INBOX,

  /** What the threads of one crawl hand to each other: for moments. */
  CRAWL,

  /** The rounds and deadlines that wait for a thread: for moments. */
  WORKERS,

  /** Whether figures are recorded. */
  RECORDER,

  /** Which services have their figures recorded: for moments. */
  FIGURES;

  /** Whether who holds a lock of this rank may look at a disk, wait, or run code of the program. */
  boolean mayBlock() {
    return compareTo(HUB) < 0;
  }
}
