package org.inotify4j.follow;

/** What somebody wants to hear of what is followed. It never changes. */
public interface Interests {

  /** The event bits that the kernel is to report, with EXCL_UNLINK where that is wanted. */
  int mask();

  /** As which kinds an event is told, in the audience's own bits; 0 where it is not wanted. */
  int kinds(int mask, boolean hasName);

  /** As which kinds it is told that another file came to where one was. */
  int kindsOfReplacement(int mask);

  /** Whether both halves of a move are to be joined. */
  boolean renames();

  /** Whether directories that cannot be watched are to be told. */
  boolean unwatched();
}
