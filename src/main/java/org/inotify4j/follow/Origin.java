package org.inotify4j.follow;

/** How an event is known. */
public enum Origin {
  /** The kernel has said so. */
  KERNEL,
  /** It was found when a directory was looked at. */
  LISTING
}
