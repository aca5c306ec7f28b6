package org.inotify4j.changes;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.hub.Subscriber;
import org.inotify4j.hub.Subscription;

/**
 * The watch of a directory that is a root: it says which directory the tree is to be of. What
 * happens to it the tree hears by itself.
 */
final class RootWatch implements Subscriber {

  private static final int WANTED = Mask.of(Flag.DELETE_SELF, Flag.MOVE_SELF);

  private final Hub hub;
  private final Path path;
  private final Subscription subscription = new Subscription();
  private int wd;

  private RootWatch(Hub hub, Path path) {
    this.hub = hub;
    this.path = path;
    subscription.bind(this);
  }

  /** Watches what is at a path. */
  static RootWatch of(Hub hub, Path path) throws IOException {
    RootWatch watch = new RootWatch(hub, path);
    try {
      watch.wd = hub.add(watch.subscription, path, WANTED, Flag.ONLYDIR.bit(), (wd, isNew) -> wd);
      return watch;
    } catch (ClosedChannelException e) {
      throw new ClosedWatchServiceException();
    }
  }

  /** The watch descriptor. */
  int wd() {
    return wd;
  }

  void close() {
    hub.unwatchAll(subscription);
  }

  @Override
  public boolean record(KernelRecord record) {
    return false;
  }

  @Override
  public void watchEnded(int ended) {}

  @Override
  public void recordsLost(int lost) {}

  @Override
  public int mask(int any) {
    return WANTED;
  }

  @Override
  public boolean maskIsOther(int any) {
    hub.replaceMaskLater(any, path);
    return true;
  }
}
