package org.inotify4j.changes;

import java.io.IOException;
import java.nio.file.Path;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.file.FileModel;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Origin;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.recovery.Beginning;
import org.inotify4j.recovery.Disk;
import org.inotify4j.recovery.Recovery;
import org.jspecify.annotations.Nullable;

/** One name that is followed, whatever file it stands for: its changes have no path below it. */
final class FollowedFile implements FollowedRoot, RootOwner {

  private static final FileIdentity ANY = new FileIdentity(0, 0, 0, 0);

  private final Watching watching;
  private final WatchRoot root;
  private final ChangeSink sink;
  private volatile @Nullable RootFollower following;

  FollowedFile(Watching watching, WatchRoot root, ChangeSink sink) {
    this.watching = watching;
    this.root = root;
    this.sink = sink;
  }

  @Override
  public WatchRoot root() {
    return root;
  }

  @Override
  public void start(@Nullable KnownEntries since) throws IOException {
    Path path = root.path();
    Inbox inbox = new Inbox(watching.budget());
    RootListener listener = new RootListener(this, watching.wanted(), sink);
    Disk disk = Disk.ofName(watching.hub().libC(), path, true);
    boolean tellsExisting = watching.settings().tellsExisting();
    Beginning beginning = new Beginning(tellsExisting, null, true, false, null);
    Recovery recovery = new Recovery(watching.hub(), inbox, listener, disk, beginning);
    FileModel model =
        new FileModel(watching.hub(), watching.names(), inbox, recovery.audience(), path, true);
    watching.polls().pollWhereUnheard(model, recovery, () -> watching.tellPolled(root));
    Follower follower =
        new Follower(
            watching.hub(), watching.followers(), inbox, model, recovery.audience(), recovery);
    boolean unused = watching.place(follower);
    following = new RootFollower(ANY, follower, recovery, listener, null);
  }

  /** It is whatever its name stands for. */
  @Override
  public int looks() {
    return 0;
  }

  @Override
  public void whenLooked(Runnable action) {
    action.run();
  }

  @Override
  public @Nullable KnownEntries told() throws InterruptedException {
    RootFollower current = following;
    return current == null ? null : current.told(sink);
  }

  @Override
  public void close() {
    RootFollower current = following;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void unwatched(int errno, byte[] entry) {
    watching.tell(Problem.unwatched(root.path(), errno));
  }

  @Override
  public void recordsLost() {
    watching.counts().lost();
  }

  @Override
  public void looked(Origin origin) {
    watching.counts().looked(origin);
  }

  @Override
  public void ended() {}

  @Override
  public boolean isOpen() {
    return watching.isOpen();
  }

  @Override
  public void failed(Throwable cause) {
    watching.fail(cause);
  }

  @Override
  public String toString() {
    return PathBytes.text(root.path());
  }
}
