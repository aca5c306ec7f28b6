package org.inotify4j.changes;

import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Origin;

/** Merges what happens below one root into the next batch. */
final class Gathering implements ChangeSink {

  private final Batches batches;
  private final Gathered gathered;
  private final NetChanges changes;

  /**
   * What gathers for a root.
   *
   * @param gathered of that root; the lock of the batches guards it
   */
  Gathering(Batches batches, Gathered gathered) {
    this.batches = batches;
    this.gathered = gathered;
    this.changes = gathered.changes();
  }

  @Override
  public void takeBack(KnownEntries told) {
    Untold.takeBack(told, batches.untold(gathered));
  }

  @Override
  public void whenLooked(Runnable action) {
    action.run();
  }

  @Override
  public void existing(byte[] path, boolean isDirectory) {
    batches.gather(() -> changes.existing(path, isDirectory));
  }

  @Override
  public void created(
      byte[] path, boolean isDirectory, boolean isMoved, boolean replaces, Origin origin) {
    batches.gather(() -> changes.created(path, isDirectory, replaces, origin));
  }

  @Override
  public void modified(byte[] path, boolean isDirectory, Origin origin) {
    batches.gather(() -> changes.modified(path, isDirectory, origin));
  }

  /** Who tells everything has told it as it was written. */
  @Override
  public void finished(byte[] path, Origin origin) {
    batches.gather(() -> changes.modified(path, false, origin));
  }

  @Override
  public void deleted(byte[] path, boolean isDirectory, Origin origin) {
    batches.gather(() -> changes.deleted(path, isDirectory, origin));
  }

  @Override
  public void moved(byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin) {
    batches.gather(() -> changes.moved(from, to, isDirectory, replaces, origin));
  }
}
