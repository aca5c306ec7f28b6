package org.inotify4j.cli.snapshot;

import java.nio.file.Path;
import java.util.List;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.WatchedPath;
import org.inotify4j.cli.format.EventFormat;
import org.inotify4j.snapshot.SnapshotChange;
import org.inotify4j.snapshot.TreeSnapshot;

/** Makes the changes between two snapshots the texts of the events that would have told them. */
final class ChangeTexts {

  private final byte[] root;
  private final EventFormat format;

  /** The cookie of the last move. */
  private int cookie;

  /**
   * Texts of a tree.
   *
   * @param root its path, as the user has spelled it
   */
  ChangeTexts(byte[] root, EventFormat format) {
    this.root = root;
    this.format = format;
  }

  /** Adds the texts of a change. */
  void add(SnapshotChange change, List<String> texts) {
    Path path = change.path();
    boolean isDirectory = change.isDirectory();
    switch (change.kind()) {
      case CREATED -> texts.add(text(path, Flag.CREATE, isDirectory, 0));
      case DELETED -> texts.add(text(path, Flag.DELETE, isDirectory, 0));
      case MODIFIED ->
          texts.add(text(path, isDirectory ? Flag.ATTRIB : Flag.MODIFY, isDirectory, 0));
      case REPLACED -> {
        boolean was = change.before().map(TreeSnapshot.Entry::isDirectory).orElse(false);
        texts.add(text(path, Flag.DELETE, was, 0));
        texts.add(text(path, Flag.CREATE, isDirectory, 0));
      }
      case MOVED -> {
        cookie++;
        texts.add(text(change.from().orElse(path), Flag.MOVED_FROM, isDirectory, cookie));
        texts.add(text(path, Flag.MOVED_TO, isDirectory, cookie));
      }
    }
  }

  private String text(Path path, Flag flag, boolean isDirectory, int ofMove) {
    WatchedPath parent = new WatchedPath(PathNames.resolve(root, path.getParent()), true);
    int mask = flag.bit() | (isDirectory ? Flag.ISDIR.bit() : 0);
    return format.format(new INotifyEvent(0, mask, ofMove, EntryName.of(path)), parent);
  }
}
