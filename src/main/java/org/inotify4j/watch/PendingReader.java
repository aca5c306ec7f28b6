package org.inotify4j.watch;

/** Takes what a {@link PendingLog} has, entry by entry. */
interface PendingReader {

  /**
   * An event.
   *
   * @param as as which kinds it is delivered
   * @param second the new name of a rename, else empty
   */
  void entry(int as, int mask, int cookie, int count, byte[] first, byte[] second);

  /** The one OVERFLOW for which everything was dropped. */
  void overflow(int count);
}
