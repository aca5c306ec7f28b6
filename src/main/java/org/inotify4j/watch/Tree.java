package org.inotify4j.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.inotify4j.Flag;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SharedCleaner;
import org.jspecify.annotations.Nullable;

/**
 * A directory with all directories below it, as one key watches them: its life, from the
 * registration through every repair to its end.
 *
 * <p>The poller puts records into the {@link Inbox}, and does no more. What the tree knows is
 * confined to one thread at a time: to the one that registers it until that is done, and then to
 * the hub's {@link TreeWorker}. So no lock is held while directories are read or matchers of the
 * program run. {@link TreeEvents} takes the records, {@link TreeWalk} reads the disk, {@link
 * TreeReporter} tells the key.
 *
 * <p><b>Silence.</b> Registering goes through the whole tree, with nothing to tell, and so does the
 * repair after an overflow. What changes meanwhile is queued, and much of it was seen by the walk
 * already. So a mark is placed in the kernel's queue behind the walk, and up to that mark events
 * keep the tree in step and are not told. A registration returns when the mark has come by: what
 * there was when it was placed is watched. After a repair the key is told of the overflow there:
 * who lists the tree then finds everything that was passed over.
 */
final class Tree implements Listener {

  private static final Logger LOG = System.getLogger("org.inotify4j.watch");

  /** How many rounds in a row may fail before the tree is given up. */
  private static final int MOST_FAILURES = 3;

  private final Hub hub;
  private final INotifyWatchService service;
  private final ServiceTrees trees;
  private final Key key;
  private final Registration asked;
  private final Subscriber subscriber = new Subscriber();
  private final Cleaner.Cleanable closing;
  private final Inbox inbox = new Inbox(this::wake);
  private final Semaphore awake = new Semaphore(0);
  private final Queue<Sync> syncs = new ConcurrentLinkedQueue<>();

  private final TreeNodes nodes = new TreeNodes();
  private final Beliefs beliefs = new Beliefs();
  private final TreeMoves moves = new TreeMoves();
  private final Unwatched unwatched;
  private final TreeReporter reporter;
  private final Findings findings;
  private final TreeWalk walk;
  private final TreeEvents events;
  private final KernelRecord carrier = new KernelRecord();

  /** Counts the times that the tree fell silent, so that only the last mark ends the silence. */
  private int silences;

  private boolean isSilent = true;
  private boolean timerIsSet;
  private int failures;

  /** Whether nothing is told ever again. */
  private boolean isMuted;

  /** Whether the worker has the tree. */
  private volatile boolean started;

  private volatile boolean closed;

  Tree(Hub hub, INotifyWatchService service, ServiceTrees trees, Key key, Registration asked) {
    this.hub = hub;
    this.service = service;
    this.trees = trees;
    this.key = key;
    this.asked = asked;
    byte[] root = PathBytes.of(key.watchable());
    TreeWatches watches = new TreeWatches(hub, subscriber, asked.mask());
    DirectoryReader reader = new DirectoryReader(hub.libC(), root, !asked.noFollow());
    unwatched = new Unwatched(key.watchable(), !asked.unwatched());
    reporter = new TreeReporter(key, asked, nodes);
    findings = new Findings(beliefs, moves, reporter);
    walk =
        new TreeWalk(
            nodes,
            findings,
            reporter,
            watches,
            reader,
            unwatched,
            asked.exclusion(),
            key.watchable());
    events = new TreeEvents(nodes, beliefs, moves, reporter, walk, unwatched, asked);
    subscriber.bind(this);
    Hub hubOfAction = hub;
    Subscriber subscriberOfAction = subscriber;
    closing =
        SharedCleaner.INSTANCE.register(this, () -> hubOfAction.unwatchAll(subscriberOfAction));
  }

  Key key() {
    return key;
  }

  /** How many directories are watched. Any thread may ask. */
  int watchCount() {
    return nodes.watchCount();
  }

  // In the thread that registers.

  /**
   * Watches what there is.
   *
   * @return false if the key's path leads to another directory by now
   * @throws INotifyLimitException if there is no room for all watches
   */
  boolean build() throws IOException {
    int result;
    try {
      result = walk.build(key.wd());
    } finally {
      walk.abandon();
    }
    if (Errno.ENOENT.is(result)) {
      return false;
    } else if (result < 0) {
      throw new FileSystemException(key.watchable().toString(), null, Errno.describe(result));
    } else if (walk.overLimit() > 0) {
      throw INotifyLimitException.ofWatches(
          key.watchable().toString(), (long) nodes.watchCount() + walk.overLimit());
    }
    unwatched.log();
    return true;
  }

  /**
   * Tells the events after this place in the queue, which the poller comes to now.
   *
   * @param before is waited for there
   */
  void tellFromHere(CountDownLatch before) {
    inbox.mark(
        () -> {
          Waiting.uninterruptibly(before);
          speak(silences);
        });
  }

  /** Keeps up with what happens until the place that {@link #tellFromHere} was called for. */
  void catchUp() {
    while (isSilent && !closed) {
      Inbox.Content content = inbox.take();
      if (content == null) {
        awake.acquireUninterruptibly();
      } else {
        process(content);
      }
    }
  }

  /** Hands the tree over to the worker. */
  void start() {
    started = true;
    hub.worker().run(this::work);
  }

  // From any thread.

  boolean isStarted() {
    return started;
  }

  /** Drops all watches; nothing is told any more. It may be called more than once. */
  void close() {
    closed = true;
    closing.clean();
    endSyncs();
    awake.release();
  }

  /** Lets nobody wait for what will not come any more. */
  void endSyncs() {
    for (Sync sync = syncs.poll(); sync != null; sync = syncs.poll()) {
      sync.action.run();
    }
  }

  /** Acts when everything that came before has been told, or the tree is closed. */
  void whenSettled(Runnable action) {
    Sync sync = new Sync(action);
    syncs.add(sync);
    inbox.mark(sync::arm);
    if (closed || !service.isOpen()) {
      endSyncs();
    }
  }

  /** Tells nothing of what happened after this place, which the poller comes to now. */
  void tellUntilHere() {
    inbox.mark(
        () -> {
          events.settleAll();
          isMuted = true;
          reporter.turn(false);
        });
  }

  /** Closes the tree when it has told what happened before this place. */
  void closeFromHere() {
    inbox.mark(
        () -> {
          events.settleAll();
          trees.remove(this);
        });
  }

  private void wake() {
    if (started) {
      hub.worker().run(this::work);
    } else {
      awake.release();
    }
  }

  // From the poller, under the hub's lock.

  @Override
  public void deliver(KernelRecord event, HeldMoves held) {
    inbox.add(event);
  }

  @Override
  public void watchEnded(int wd, HeldMoves held) {
    inbox.addEnd(wd);
  }

  @Override
  public void overflow(int wd) {
    inbox.overflow();
  }

  void overflow() {
    inbox.overflow();
  }

  @Override
  public @Nullable Registration askedFor(int wd) {
    return asked;
  }

  // In the worker.

  private void work() {
    if (closed) {
      return;
    }
    try {
      Inbox.Content content = inbox.take();
      if (content != null) {
        process(content);
        // Other trees come in between.
        hub.worker().run(this::work);
      }
      finishRound();
      failures = 0;
    } catch (RuntimeException | OutOfMemoryError e) {
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    walk.abandon();
    failures++;
    if (failures == MOST_FAILURES) {
      LOG.log(Level.ERROR, "a tree cannot follow the events; its key ends", cause);
      end();
    } else {
      LOG.log(Level.ERROR, "a tree did not follow the events; it is gone through again", cause);
      inbox.overflow();
      hub.worker().run(this::work);
    }
  }

  private void process(Inbox.Content content) {
    if (content.isOverflowed()) {
      repair();
    }
    content.forEach(carrier, this::take);
  }

  private void take(KernelRecord event) {
    if (closed) {
      return;
    }
    if (event.wd() == nodes.root().wd && event.is(Flag.IGNORED)) {
      events.settleAll();
      end();
      return;
    }
    events.event(event);
    if (!key.isValid()) {
      // It has had its one event.
      trees.ended(this);
    }
  }

  private void end() {
    key.end();
    trees.ended(this);
  }

  private void finishRound() {
    if (closed) {
      return;
    }
    events.settleExpired();
    moves.endRound();
    walk.tryForRoom();
    unwatched.log();
    if (beliefs.needsMark() && hub.mark(() -> inbox.mark(beliefs::markReached))) {
      beliefs.markPlaced();
    }
    runSyncs();
    long wait = moves.untilNext();
    if (wait != Long.MAX_VALUE && !timerIsSet) {
      timerIsSet = true;
      hub.worker().runLater(this::timeIsOver, wait);
    }
  }

  private void timeIsOver() {
    timerIsSet = false;
    work();
  }

  private void runSyncs() {
    if (isSilent && !isMuted) {
      return;
    }
    if (syncs.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    boolean isOpen = moves.isOpen();
    for (Sync sync : List.copyOf(syncs)) {
      if (sync.isArmed && (!isOpen || sync.until - now <= 0) && syncs.remove(sync)) {
        sync.action.run();
      }
    }
  }

  // Silence.

  /** Events were lost: looks what there is, and tells the key when it knows. */
  private void repair() {
    if (isSilent && started && !isMuted) {
      // Once more: so that nobody waits for ever where events are lost all the time.
      key.overflow();
    }
    isSilent = true;
    reporter.turn(false);
    findings.beSilent(true);
    beliefs.clear();
    events.forgetMoves();
    if (!walk.repair()) {
      LOG.log(
          Level.WARNING, "events were lost, and the tree cannot be found: {0}", key.watchable());
    }
    if (started) {
      int silence = ++silences;
      Runnable end = () -> tellOverflow(silence);
      if (!hub.mark(() -> inbox.mark(end))) {
        inbox.mark(end);
      }
    }
  }

  private void tellOverflow(int silence) {
    if (silence == silences && !isMuted) {
      key.overflow();
      speak(silence);
    }
  }

  private void speak(int silence) {
    if (silence == silences) {
      isSilent = false;
      reporter.turn(!isMuted);
      findings.beSilent(false);
    }
  }

  /** An action that waits for what happened before it. */
  private static final class Sync {
    final Runnable action;
    boolean isArmed;
    long until;

    Sync(Runnable action) {
      this.action = action;
    }

    /** Everything has come; what is held because of it is told in a moment. */
    void arm() {
      isArmed = true;
      until = System.nanoTime() + TreeMoves.WAIT;
    }
  }
}
