package org.inotify4j.pending;

/** Takes the events of a {@link PendingLog}, one by one. */
public interface EntryReader {

  /**
   * An event.
   *
   * @param as as which kinds it is delivered
   * @param names where its names are, one behind the other: to be read now, and not to be kept
   * @param start the index of the first
   * @param first the length of the first
   * @param second the length of the new name of a rename, else 0
   */
  void entry(
      int as, int mask, int cookie, int count, byte[] names, int start, int first, int second);
}
