package org.inotify4j.changes;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.entries.SnapshotDoor;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;

/**
 * Tells a listener what changed in directories, in batches of net changes.
 *
 * <pre>{@code
 * try (PathWatcher watcher =
 *     PathWatcher.of(Path.of("inbox"))
 *         .include("*.csv")
 *         .finishedOnly()
 *         .start(batch -> batch.forEach(change -> load(change.path())))) {
 *   ...
 * }
 * }</pre>
 *
 * <p>A batch says how what is there differs from what the listener was told before, and not what
 * happened on the way: what was made and deleted is not told, what was written many times is told
 * once, and a file that is saved by writing another one and renaming it is {@link
 * Change.Type#MODIFIED}. It comes when nothing has happened for a moment ({@link
 * WatcherBuilder#settle}). While the listener runs, changes gather and merge; they take memory as
 * the tree does, and not by how often it changes.
 *
 * <p>Nothing is lost: where the kernel's queue overflows, the disk is looked at, and what differs
 * is told ({@link Change.Origin#RESCAN}). A root that goes away or is replaced by another, as by a
 * link that is swapped, is followed by its path; one that is not there yet is waited for.
 *
 * <p>The watchers and watch services of a JVM share one inotify instance. A watcher goes on until
 * it is closed, whether or not the program keeps a reference to it.
 *
 * <p>Every method may be called from any thread.
 */
public final class PathWatcher implements AutoCloseable {

  private final Watching watching;
  private final List<WatchRoot> roots;
  private final TreeFilter filter;

  PathWatcher(Watching watching, List<WatchRoot> roots, TreeFilter filter) {
    this.watching = watching;
    this.roots = roots;
    this.filter = filter;
  }

  /**
   * Begins to describe a watcher of a directory with everything below it.
   *
   * @param tree a path of the default file system; it need not be there yet
   * @return what is asked of the watcher, which starts with {@link WatcherBuilder#start}
   * @throws java.nio.file.ProviderMismatchException if the path is of another file system
   */
  public static WatcherBuilder of(Path tree) {
    return new WatcherBuilder().and(tree);
  }

  /**
   * Begins to describe a watcher of the entries of a directory, and not of what is below these.
   *
   * @param directory a path of the default file system; it need not be there yet
   * @return what is asked of the watcher
   * @throws java.nio.file.ProviderMismatchException if the path is of another file system
   */
  public static WatcherBuilder directory(Path directory) {
    return new WatcherBuilder().andDirectory(directory);
  }

  /**
   * Begins to describe a watcher of one name, whatever file it stands for.
   *
   * @param file a path of the default file system that ends in a name
   * @return what is asked of the watcher
   * @throws java.nio.file.ProviderMismatchException if the path is of another file system
   * @throws IllegalArgumentException if the path does not end in a name
   */
  public static WatcherBuilder file(Path file) {
    return new WatcherBuilder().andFile(file);
  }

  /**
   * Waits until the listener was told everything that happened before this call, and has returned.
   * It hands over at once what would have settled a moment longer. For tests: what they did to
   * files is known to the program then, without sleeping. Not of a file that is not finished
   * ({@link WatcherBuilder#finishedOnly}).
   *
   * @param timeout how long to wait; zero or less does not wait
   * @return false if the time was over before
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws IllegalStateException if the listener itself calls it, whose return it would wait for
   * @throws ClosedWatchServiceException if the watcher is closed, also meanwhile
   */
  public boolean sync(Duration timeout) throws InterruptedException {
    checkOpen();
    boolean isReached = watching.sync(timeout);
    checkOpen();
    return isReached;
  }

  /**
   * What the listener knows of the only root: its state after the last batch that it has returned
   * from. A watcher that begins {@linkplain WatcherBuilder#since since} then is told what changed
   * meanwhile, also while no watcher ran.
   *
   * <p>Who keeps something of its own beside it, made of the batches, takes both in the {@linkplain
   * WatcherBuilder#executor executor} that runs the listener, if that runs one thing at a time: no
   * batch is under way there. Elsewhere the listener may have gone on by a batch that has not
   * returned here, which is told once more then.
   *
   * @return the state
   * @throws IllegalStateException if there are several roots, or the only one is a single file
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws ClosedWatchServiceException if the watcher is closed, also meanwhile
   */
  public TreeSnapshot snapshot() throws InterruptedException {
    if (roots.size() != 1 || roots.get(0).reach() == WatchRoot.Reach.FILE) {
      throw new IllegalStateException("a snapshot is of one directory: say which of " + roots);
    }
    return snapshot(roots.get(0).path());
  }

  /**
   * What the listener knows of one root, as {@link #snapshot()} has it.
   *
   * @param root as it was given to the builder
   * @return the state
   * @throws IllegalArgumentException if that is no root of this watcher, or a single file
   * @throws InterruptedException if the thread is interrupted meanwhile
   * @throws ClosedWatchServiceException if the watcher is closed, also meanwhile
   */
  public TreeSnapshot snapshot(Path root) throws InterruptedException {
    checkOpen();
    for (WatchRoot one : roots) {
      if (one.path().equals(root) && one.reach() != WatchRoot.Reach.FILE) {
        KnownEntries known = watching.known(one);
        if (known == null) {
          throw new ClosedWatchServiceException();
        }
        return (TreeSnapshot) SnapshotDoor.access().snapshot(root, filter, known.columns());
      }
    }
    throw new IllegalArgumentException(
        "no directory that this watcher has: " + root + "; it has " + roots);
  }

  /** So many more batches are wanted. */
  void want(long more) {
    watching.want(more);
  }

  /**
   * What the watcher has done so far.
   *
   * @return the figures as they are now; after {@link #close} those of the end
   */
  public WatcherStatistics statistics() {
    return watching.statistics();
  }

  /**
   * Whether it is open.
   *
   * @return false once {@link #close} was called, or a fault has closed it ({@link
   *     Problem.Kind#ENDED})
   */
  public boolean isOpen() {
    return watching.isOpen();
  }

  private void checkOpen() {
    if (!watching.isOpen()) {
      throw new ClosedWatchServiceException();
    }
  }

  /** Ends it without waiting for the listener. */
  void stop() {
    watching.stop();
  }

  /**
   * Ends it: nothing is told any more. Waits for a call of the listener that is under way, unless
   * that is where it is called from. What has gathered for the next batch is dropped. A second
   * close does nothing.
   */
  @Override
  public void close() {
    watching.close();
  }
}
