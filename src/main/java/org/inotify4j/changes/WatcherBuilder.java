package org.inotify4j.changes;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.inotify4j.base.Log;
import org.inotify4j.hub.SharedHub;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a program asks of a {@link PathWatcher}. Each method changes this builder and returns it;
 * {@link #start} may be called several times, for a watcher each. Not safe for use by several
 * threads at once.
 */
@SuppressWarnings("exports") // JSpecify's annotations: nobody needs them at run time.
public final class WatcherBuilder {

  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final List<WatchRoot> roots = new ArrayList<>();
  private final List<TreeSnapshot> since = new ArrayList<>();
  private TreeFilter filter = TreeFilter.EVERYTHING;
  private boolean isGitIgnoring;
  private int maxDepth = Integer.MAX_VALUE;
  private boolean tellsExisting;
  private boolean isFinishedOnly;
  private Duration quiet = QUIET;
  private Duration longest = LONGEST;
  private @Nullable Duration poll;
  private @Nullable Executor executor;
  private Consumer<Problem> onError = this::log;

  WatcherBuilder() {}

  /** Of directories that are not watched for one reason there may be many: they are counted. */
  private void log(Problem problem) {
    Object about =
        problem.kind() == Problem.Kind.UNWATCHED
            ? Arrays.asList(this, problem.kind(), problem.reason())
            : problem.toString();
    Log.log(about, Level.WARNING, problem.toString(), null);
  }

  /**
   * Adds a directory with everything below it. A root of which another one has all is none of its
   * own: what both have is told once, below that one. Where it cannot be sure to have all, since
   * {@link #gitIgnore}, {@link #maxDepth} or a pattern with a slash counts for each root by itself,
   * both tell what both have.
   *
   * @param tree a path of the default file system; it need not be there yet
   * @return this builder
   * @throws java.nio.file.ProviderMismatchException if the path is of another file system
   */
  public WatcherBuilder and(Path tree) {
    return add(new WatchRoot(tree, WatchRoot.Reach.TREE));
  }

  /**
   * Adds the entries of a directory.
   *
   * @param directory a path of the default file system; it need not be there yet
   * @return this builder
   * @throws java.nio.file.ProviderMismatchException if the path is of another file system
   */
  public WatcherBuilder andDirectory(Path directory) {
    return add(new WatchRoot(directory, WatchRoot.Reach.DIRECTORY));
  }

  /**
   * Adds one name.
   *
   * @param file a path of the default file system that ends in a name; nothing need be there yet
   * @return this builder
   * @throws java.nio.file.ProviderMismatchException if the path is of another file system
   * @throws IllegalArgumentException if the path does not end in a name
   */
  public WatcherBuilder andFile(Path file) {
    String last = String.valueOf(file.getFileName());
    if (file.getFileName() == null || List.of("", ".", "..").contains(last)) {
      throw new IllegalArgumentException("a file's path must end in a name: '" + file + "'");
    }
    return add(new WatchRoot(file, WatchRoot.Reach.FILE));
  }

  private WatcherBuilder add(WatchRoot root) {
    PathBytes.requireDefault(root.path());
    roots.add(root);
    return this;
  }

  /**
   * Tells, of all that is no directory, only what matches this pattern or another one that was
   * given so.
   *
   * @param pattern a line as of a {@code .gitignore} at the root, see {@link TreeFilter}
   * @return this builder
   * @throws IllegalArgumentException if nothing can match the pattern
   */
  public WatcherBuilder include(String pattern) {
    filter = filter.include(pattern);
    return this;
  }

  /**
   * Leaves out what matches a pattern, with everything below it: it is not watched.
   *
   * @param pattern a line as of a {@code .gitignore} at the root, see {@link TreeFilter}
   * @return this builder
   * @throws IllegalArgumentException if nothing can match the pattern
   */
  public WatcherBuilder exclude(String pattern) {
    filter = filter.exclude(pattern);
    return this;
  }

  /**
   * Leaves out what git does: by the {@code .gitignore} files of a tree, nested ones too, and by
   * its {@code .git/info/exclude}, see gitignore(5); and everything in a {@code .git}. Where these
   * files change, the tree is looked at again: what counts from then on is {@link
   * Change.Type#CREATED}; what does not is not told any more, and not that it does not count. They
   * are followed for that also where they are left out themselves.
   *
   * @return this builder
   */
  public WatcherBuilder gitIgnore() {
    isGitIgnoring = true;
    return this;
  }

  /**
   * Tells only what is so deep below a root at most.
   *
   * @param depth how many names the path of an entry may have below its root; 1 for the entries of
   *     the root itself
   * @return this builder
   * @throws IllegalArgumentException if it is not positive
   */
  public WatcherBuilder maxDepth(int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("the depth must be 1 or more: " + depth);
    }
    maxDepth = depth;
    return this;
  }

  /**
   * Tells first what is there ({@link Change.Type#EXISTING}).
   *
   * @return this builder
   */
  public WatcherBuilder existing() {
    tellsExisting = true;
    return this;
  }

  /**
   * Tells first what is different from a snapshot, and then what changes. With several roots it may
   * be called once for each.
   *
   * @param snapshot of one of the roots, as of {@link PathWatcher#snapshot()}
   * @return this builder
   */
  public WatcherBuilder since(TreeSnapshot snapshot) {
    since.add(Objects.requireNonNull(snapshot, "the snapshot is null"));
    return this;
  }

  /**
   * Tells a file when it is finished: when all who had it open for writing have closed it, or when
   * it was moved into place. Of what is found by looking, and of what is moved in, the kernel is
   * asked whether it is open for writing (a lease, {@code fcntl(2)} F_SETLEASE); where it does not
   * say, as of files of other users, a file must keep its size and time for two seconds. That
   * attributes change is not told then.
   *
   * @return this builder
   */
  public WatcherBuilder finishedOnly() {
    isFinishedOnly = true;
    return this;
  }

  /**
   * Says when a batch is told: when nothing has happened for a while, or when it has waited for so
   * long. If this is not called, that is after 50 ms, or a second.
   *
   * @param quietFor how long nothing happens; zero to wait for nothing
   * @param atTheLatest how long the first change of a batch waits at most
   * @return this builder
   * @throws IllegalArgumentException if one is negative, or the first longer than the second
   */
  public WatcherBuilder settle(Duration quietFor, Duration atTheLatest) {
    if (quietFor.isNegative() || quietFor.compareTo(atTheLatest) > 0) {
      throw new IllegalArgumentException(
          "a batch must wait for " + quietFor + " of quiet, and " + atTheLatest + " at most");
    }
    quiet = quietFor;
    longest = atTheLatest;
    return this;
  }

  /**
   * Looks at the roots now and then, besides listening. If this is not called, that is done where
   * the kernel does not report all (NFS, SMB, 9p, FUSE and the like), every two seconds, or as the
   * system properties {@code inotify4j.poll} and {@code inotify4j.poll.interval} say.
   *
   * @param interval how long it is from the end of a round to the next, less than 10 milliseconds
   *     being taken for that; longer where all that is polled would take more than 5% of a
   *     processor
   * @return this builder
   * @throws IllegalArgumentException if the interval is not positive
   */
  public WatcherBuilder poll(Duration interval) {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(
          "the interval of polling must be more than 0: " + interval);
    }
    poll = interval;
    return this;
  }

  /**
   * Says where the listener runs. If this is not called, that is a virtual thread where there are
   * such, or else a daemon thread of the watcher's own.
   *
   * @param executor takes one call at a time
   * @return this builder
   */
  public WatcherBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "the executor is null");
    return this;
  }

  /**
   * Says who is told of problems, between two calls of the listener, and by the same executor; but
   * what the executor does not take, and that the watcher has ended, is told by a thread of the
   * watcher. What the listener threw is told before {@link PathWatcher#sync} and {@link
   * PathWatcher#close} return that wait for it. If this is not called they are logged.
   *
   * @param onError takes a problem; what it throws is logged
   * @return this builder
   */
  public WatcherBuilder onError(Consumer<Problem> onError) {
    Objects.requireNonNull(onError, "onError is null");
    this.onError =
        problem -> {
          try {
            onError.accept(problem);
          } catch (Throwable e) {
            Log.log(Level.WARNING, "who is told of problems failed at: " + problem, e);
          }
        };
    return this;
  }

  /**
   * Starts a watcher. What happens from when this returns is told. It looks at the roots in the
   * calling thread, and takes as long as the disk does.
   *
   * @param listener who is told
   * @return the watcher, which is open
   * @throws java.nio.file.NotDirectoryException if a root is no directory
   * @throws java.nio.file.AccessDeniedException if a root may not be read
   * @throws org.inotify4j.INotifyLimitException if there are as many watches as the user may have,
   *     or as many descriptors as the process or the system
   * @throws java.nio.file.FileSystemException if a root's path leads elsewhere each time that it is
   *     followed, or {@code /proc} is not there
   * @throws IOException if the kernel refuses for another reason
   * @throws IllegalArgumentException if a snapshot is of none of the roots, or two are of the same
   *     one, or what is there is to be told as well
   * @throws UnsupportedOperationException if the system calls cannot be reached; the message says
   *     why
   */
  public PathWatcher start(ChangeListener listener) throws IOException {
    Objects.requireNonNull(listener, "the listener is null");
    return start(listener, new CountedDemand(Long.MAX_VALUE), cause -> {}, SharedHub::attach);
  }

  /**
   * A publisher of batches. Each subscriber gets a watcher of its own, which is started when it
   * subscribes and closed when it cancels; it is told one batch for each that it requests, and
   * changes merge until it does. A fault that closes the watcher is its error.
   *
   * @return the publisher; later changes of this builder do not change it
   */
  public Flow.Publisher<List<Change>> asPublisher() {
    return new ChangePublisher(copy(), SharedHub::attach);
  }

  private WatcherBuilder copy() {
    WatcherBuilder copy = new WatcherBuilder();
    copy.roots.addAll(roots);
    copy.since.addAll(since);
    copy.filter = filter;
    copy.isGitIgnoring = isGitIgnoring;
    copy.maxDepth = maxDepth;
    copy.tellsExisting = tellsExisting;
    copy.isFinishedOnly = isFinishedOnly;
    copy.poll = poll;
    copy.quiet = quiet;
    copy.longest = longest;
    copy.executor = executor;
    copy.onError = onError;
    return copy;
  }

  /**
   * Starts a watcher.
   *
   * @param demand how many batches are wanted
   * @param onEnd is told of a fault that has closed it, after everything else
   */
  PathWatcher start(
      ChangeListener listener, Demand demand, Consumer<Throwable> onEnd, Watching.Instance instance)
      throws IOException {
    WatchSettings settings = settings();
    List<WatchRoot> distinct = new WatchRoots(settings).distinct(roots);
    StartingPoints known = new StartingPoints(since, distinct, tellsExisting);
    Executor runner = executor == null ? ListenerThreads.executor() : executor;
    Watching watching = new Watching(settings, listener, runner, demand, onEnd, instance);
    watching.start(distinct, known);
    return new PathWatcher(watching, distinct, filter);
  }

  private WatchSettings settings() {
    return new WatchSettings(
        filter,
        isGitIgnoring,
        maxDepth,
        tellsExisting,
        isFinishedOnly,
        nanos(quiet),
        nanos(longest),
        poll,
        onError);
  }

  /** Of what is longer than a life, a life. */
  private static long nanos(Duration duration) {
    return Math.min(TimeUnit.NANOSECONDS.convert(duration), Long.MAX_VALUE / 4);
  }
}
