package org.inotify4j.pending;

/** Takes what a {@link PendingLog} has, in order. */
public interface PendingReader extends EntryReader {

  /** The one OVERFLOW for which everything was dropped. */
  void overflow(int count);
}
