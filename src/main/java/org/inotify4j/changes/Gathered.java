package org.inotify4j.changes;

import java.util.ArrayList;
import java.util.List;

/** What has gathered of one root. The lock of the batches guards it. */
final class Gathered {

  private final WatchRoot root;
  private final NetChanges changes = new NetChanges();

  /** What the listener has, and has not returned from. */
  private List<NetChange> inHand = List.of();

  Gathered(WatchRoot root) {
    this.root = root;
  }

  WatchRoot root() {
    return root;
  }

  NetChanges changes() {
    return changes;
  }

  List<NetChange> inHand() {
    return inHand;
  }

  /** Puts all of it into a batch. */
  void take(List<Change> batch) {
    inHand = new ArrayList<>(changes.take());
    inHand.forEach(change -> batch.add(new Change(root.path(), change)));
  }

  /** The listener has returned. */
  void returned() {
    inHand = List.of();
  }
}
