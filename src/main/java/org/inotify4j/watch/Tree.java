package org.inotify4j.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.inotify4j.Flag;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SharedCleaner;
import org.jspecify.annotations.Nullable;

/**
 * A directory with all directories below it, as one key watches them.
 *
 * <p>The poller puts records into the inbox, and does no more. What the tree knows is confined to
 * one thread at a time: to the one that registers it until that is done, and then to the hub's
 * {@link TreeWorker}. So no lock is held while directories are read or matchers of the program run.
 */
final class Tree implements Listener {

  private static final Logger LOG = System.getLogger("org.inotify4j.watch");

  /** How often in a row what was put off is tried while nothing changes. */
  private static final int MOST_TRIES = 8;

  private final Hub hub;
  private final INotifyWatchService service;
  private final Key key;
  private final Registration asked;
  private final Subscriber subscriber = new Subscriber();
  private final Cleaner.Cleanable closing;
  private final Inbox inbox = new Inbox(this::wake);
  private final Queue<Sync> syncs = new ConcurrentLinkedQueue<>();

  private final TreeNodes nodes = new TreeNodes();
  private final Freshness freshness = new Freshness();
  private final TreeReporter reporter;
  private final TreeWalker walker;
  private final TreeEvents events;
  private final KernelRecord carrier = new KernelRecord();
  private int changesTried;
  private int triesInVain;
  private boolean timerIsSet;

  private volatile boolean started;
  private volatile boolean closed;

  Tree(Hub hub, INotifyWatchService service, Key key, Registration asked) {
    this.hub = hub;
    this.service = service;
    this.key = key;
    this.asked = asked;
    byte[] root = PathBytes.of(key.watchable());
    TreeWatches watches = new TreeWatches(hub, subscriber, inbox, asked.mask());
    DirectoryReader reader = new DirectoryReader(hub.libC(), root, !asked.noFollow());
    reporter = new TreeReporter(key, asked, nodes);
    walker = new TreeWalker(nodes, freshness, reporter, watches, reader, asked, key.watchable());
    events = new TreeEvents(nodes, freshness, reporter, watches, walker, asked);
    subscriber.bind(this);
    Hub hubOfAction = hub;
    Subscriber subscriberOfAction = subscriber;
    closing =
        SharedCleaner.INSTANCE.register(this, () -> hubOfAction.unwatchAll(subscriberOfAction));
  }

  // Registering.

  /**
   * Watches what there is.
   *
   * @return false if the key's path leads to another directory by now
   * @throws INotifyLimitException if there is no room for all watches
   */
  boolean build() throws IOException {
    try {
      int result = walker.register(key.wd());
      if (Errno.ENOENT.is(result)) {
        return false;
      } else if (result < 0) {
        throw new FileSystemException(key.watchable().toString(), null, Errno.describe(result));
      }
    } catch (TreeWalker.LimitMetException e) {
      throw INotifyLimitException.ofWatches(key.watchable().toString(), e.needed);
    }
    walker.debts().log();
    endBatch();
    return true;
  }

  /** Tells events from here on. */
  void tell() {
    reporter.turnOn();
  }

  /** Tells the events after this place in the queue, and not those before. */
  void tellFromHere() {
    inbox.mark(reporter::turnOn);
  }

  /** Closes the tree when it has told all events before this place. */
  void closeFromHere() {
    inbox.mark(this::close);
  }

  /** Hands the tree over to the worker. */
  void start() {
    started = true;
    wake();
  }

  boolean isStarted() {
    return started;
  }

  /** Drops all watches; nothing is told any more. Any thread may call it, and more than once. */
  void close() {
    closed = true;
    closing.clean();
    for (Sync sync = syncs.poll(); sync != null; sync = syncs.poll()) {
      sync.action.run();
    }
  }

  Key key() {
    return key;
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

  /** Acts when everything that came before has been told. */
  void whenSettled(Runnable action) {
    Sync sync = new Sync(action);
    syncs.add(sync);
    inbox.mark(() -> arm(sync));
    if (closed) {
      close();
    }
  }

  private void wake() {
    hub.worker().run(this::work);
  }

  // In the worker.

  private void arm(Sync sync) {
    sync.batch = freshness.batch();
    sync.until = System.nanoTime() + TreeMoves.WAIT_FOR_SELF;
    freshness.use();
  }

  private void work() {
    if (closed) {
      return;
    }
    try {
      Inbox.Content content = inbox.take();
      if (content != null) {
        process(content);
        wake();
      }
      events.releaseExpired();
      finishBatch();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.log(Level.ERROR, "a tree could not follow the events; it is gone through again", e);
      inbox.overflow();
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
      events.releaseAll();
      key.end();
      service.ended(this);
      return;
    }
    events.releaseExpired();
    events.event(event);
    walker.resolveClaims();
    if (!key.isValid()) {
      // It has had its one event.
      service.ended(this);
    }
  }

  private void repair() {
    events.overflow();
    if (!walker.repair()) {
      LOG.log(
          Level.WARNING, "events were lost, and the tree cannot be found: {0}", key.watchable());
    }
    key.overflow();
  }

  private void finishBatch() {
    if (closed) {
      return;
    }
    walker.resolveClaims();
    walker.tryAgain(walker.debts().takeForFreeWatches());
    walker.debts().log();
    if (freshness.isUsed() || walker.debts().isWaiting()) {
      endBatch();
    }
    settle();
    long wait = events.moves().untilNext();
    if (wait != Long.MAX_VALUE && !timerIsSet) {
      timerIsSet = true;
      hub.worker().runLater(this::timeIsOver, wait);
    }
  }

  private void timeIsOver() {
    timerIsSet = false;
    work();
  }

  private void endBatch() {
    int batch = freshness.endBatch();
    hub.atThisPlace(held -> inbox.mark(() -> reached(batch)));
  }

  /** Everything has come that happened before a batch ended. */
  private void reached(int batch) {
    freshness.reached(batch);
    walker.reached(batch);
    events.reached();
    if (walker.debts().isWaiting()) {
      walker.tryAgain(walker.debts().takePutOff());
      for (int looks = walker.debts().looks(); looks > 0; looks--) {
        TreeWalker.Claim look = walker.debts().pollLook();
        if (look != null) {
          walker.look(look.directory(), look.name());
        }
      }
      triesInVain = events.changes() == changesTried ? triesInVain + 1 : 0;
      changesTried = events.changes();
      if (triesInVain == MOST_TRIES) {
        triesInVain = 0;
        walker.debts().giveUp();
      }
    }
  }

  private void settle() {
    long now = System.nanoTime();
    boolean isOpen = events.moves().isOpen();
    for (Sync sync : List.copyOf(syncs)) {
      if (sync.batch > 0
          && freshness.confirmed() >= sync.batch
          && (!isOpen || sync.until - now <= 0)
          && syncs.remove(sync)) {
        sync.action.run();
      }
    }
  }

  /** An action that waits for what happened before it. */
  private static final class Sync {
    final Runnable action;
    int batch;
    long until;

    Sync(Runnable action) {
      this.action = action;
    }
  }
}
