package org.inotify4j.changes;

import java.util.List;
import org.inotify4j.entries.KnownEntries;

/**
 * Takes back, the last one first, from what was told of a root what has not come to the listener.
 *
 * <p>An entry whose end has not come to it is there again, and none that the disk could have; one
 * whose modification has not is not as it was seen. So who begins anew from here is told of each
 * once more.
 */
final class Untold {

  private Untold() {}

  static void takeBack(KnownEntries told, List<NetChange> changes) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      takeBack(told, changes.get(i));
    }
  }

  private static void takeBack(KnownEntries told, NetChange change) {
    byte[] path = change.path();
    byte[] from = change.from();
    switch (change.type()) {
      case EXISTING, CREATED -> told.remove(path);
      case MODIFIED -> told.touch(path);
      case DELETED -> told.restore(path, change.isDirectory());
      case MOVED -> {
        if (from != null) {
          moveBack(told, change, from);
        }
      }
    }
  }

  private static void moveBack(KnownEntries told, NetChange change, byte[] from) {
    byte[] path = change.path();
    if (!told.move(path, from)) {
      told.remove(path);
      told.restore(from, change.isDirectory());
    } else if (change.isModified()) {
      told.touch(from);
    }
    if (change.replaces()) {
      told.restore(path, false);
    }
  }
}
