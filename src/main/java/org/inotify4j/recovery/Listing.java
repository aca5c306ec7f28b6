package org.inotify4j.recovery;

import org.inotify4j.entries.Scan;

/** Tells all that is there, a directory before what is in it. */
final class Listing implements Telling {

  private final Scan scan;
  private final Disk disk;
  private final Listener listener;
  private int row = Scan.FIRST;

  Listing(Scan scan, Disk disk, Listener listener) {
    this.scan = scan;
    this.disk = disk;
    this.listener = listener;
  }

  @Override
  public boolean next() {
    if (isDone()) {
      return true;
    }
    boolean isTold = listener.offerExisting(scan.isDirectory(row), disk.context(scan.path(row)));
    if (isTold) {
      row++;
    }
    return isTold;
  }

  @Override
  public boolean isDone() {
    return row == scan.size();
  }
}
