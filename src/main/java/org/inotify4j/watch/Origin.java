package org.inotify4j.watch;

/** How an event is known. */
enum Origin {
  /** The kernel has said so. */
  KERNEL,
  /** It was found when a directory was looked at. */
  LISTING
}
