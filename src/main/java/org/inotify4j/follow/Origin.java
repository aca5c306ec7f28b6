package org.inotify4j.follow;

/** How an event is known. */
public enum Origin {
  /** The kernel has said so. */
  KERNEL,
  /** It was found when a directory was looked at. */
  LISTING,
  /** It was found when what was told was compared with the disk, after records were lost. */
  RESCAN,
  /** It was found where the kernel does not tell all, by looking now and then. */
  POLL
}
