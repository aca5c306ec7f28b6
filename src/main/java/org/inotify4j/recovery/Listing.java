package org.inotify4j.recovery;

import org.inotify4j.entries.KnownEntries;
import org.inotify4j.entries.Scan;
import org.jspecify.annotations.Nullable;

/** Tells all that is there, a directory before what is in it. */
final class Listing implements Telling {

  private final Scan scan;
  private final @Nullable KnownEntries told;
  private final Disk disk;
  private final Listener listener;
  private int row = Scan.FIRST;

  /**
   * Tells what was found.
   *
   * @param told gets each entry that was told; null where nobody asks for that meanwhile
   */
  Listing(Scan scan, @Nullable KnownEntries told, Disk disk, Listener listener) {
    this.scan = scan;
    this.told = told;
    this.disk = disk;
    this.listener = listener;
  }

  @Override
  public boolean next() {
    if (isDone()) {
      return true;
    }
    byte[] entry = scan.path(row);
    boolean isTold = listener.offerExisting(scan.isDirectory(row), disk.context(entry));
    if (isTold) {
      if (told != null) {
        told.add(entry, scan.isDirectory(row));
      }
      row++;
    }
    return isTold;
  }

  @Override
  public boolean isDone() {
    return row == scan.size();
  }
}
