package org.inotify4j.tree;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.base.WaitSet;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Those who make the visits of a crawl: the thread that crawls and, where a pass over the whole
 * tree has much to visit, some workers.
 *
 * <p>The thread that crawls plans visits, a few at a time, takes those that were made, by whomever
 * and in whatever order, and is the only one that touches the model. Where none was made meanwhile
 * it makes one itself; it waits only for visits that somebody is making, never for a helper to
 * begin. So it gets on where the workers have no time, or are closed. A helper lets others have its
 * thread from time to time. A small tree is gone through before anybody would help.
 *
 * <p><b>Why any order is right.</b> A visit is planned when its parent is in the model. What it
 * says is which directory was at a place at some time after the parent was watched. Whatever
 * changed there since, and in the directory since it was watched itself, is among the records of
 * the tree, and none of these is looked at before the pass is over, when nothing is on its way any
 * more. What is left are the races of a directory that moves, so that two visits find it, and both
 * get one and the same watch:
 *
 * <ul>
 *   <li>Both are taken. The second one finds the directory in the model, and looks whether it is
 *       still there: the disk decides ({@link VisitResults}), as where one thread finds it twice.
 *   <li>The model drops the place of the first, and removes the watch, while the second is on its
 *       way, and so reads under a watch that is gone. The kernel gives no number twice, so those
 *       that are removed in a pass are noted ({@link TreeWatches#wasRemoved}), and a visit that got
 *       such a one watches and reads once more.
 *   <li>The place above a visit on its way is dropped. Its watch is removed, unless the model has
 *       it elsewhere; for a third visit, which got it too, that is the second case.
 * </ul>
 *
 * <p>A pass that fails waits for the visits that somebody is making: none comes late.
 */
final class Visitors {

  /** So many visits are on their way at most, each with a descriptor. */
  static final int MOST = 16;

  /** So many visits a helper makes before it lets others have its thread. */
  private static final int TURN = 256;

  /** When there is help. Tests have it sooner. */
  static volatile Help usual =
      new Help(128, Math.min(3, Runtime.getRuntime().availableProcessors() - 1), 4);

  private final Workers workers;
  private final Supplier<Visit> newVisit;
  private final Help help = usual;

  // Of the thread that crawls.

  /** To be used again. */
  private final Deque<Visit> spare = new ArrayDeque<>(MOST);

  /** Those that were planned, and of which nobody else knows yet. */
  private final Deque<Visit> fresh = new ArrayDeque<>(MOST);

  /** Those that helpers made, and that were taken from them. */
  private Deque<Visit> taken = new ArrayDeque<>(MOST);

  /** How many are planned, or being made, or made, and not done. */
  private int onTheirWay;

  private int visitsOfPass;
  private boolean mayHaveHelp;

  // Of all.

  private final OrderedLock lock = new OrderedLock(Rank.CRAWL);
  private final WaitSet oneIsMade = new WaitSet(lock);

  @GuardedBy("lock")
  private final Deque<Visit> planned = new ArrayDeque<>(MOST);

  /** To hand one in takes no memory: there is room for all. */
  @GuardedBy("lock")
  private Deque<Visit> made = new ArrayDeque<>(MOST);

  /** How many visits helpers are making. */
  @GuardedBy("lock")
  private int beingMade;

  /** Those who were not called, or have ended their turns. */
  @GuardedBy("lock")
  private final Deque<Helper> idle = new ArrayDeque<>();

  /** Whether directories are read also where there is no room for their watches. */
  private volatile boolean readsUnwatched;

  /**
   * When there is help.
   *
   * @param after how many directories of a pass are visited before that
   * @param helpers how many there are at most
   * @param each for how many visits that are planned one more helper is called
   */
  record Help(int after, int helpers, int each) {}

  Visitors(Workers workers, Supplier<Visit> newVisit) {
    this.workers = workers;
    this.newVisit = newVisit;
    for (int i = 0; i < help.helpers; i++) {
      idle.add(new Helper());
    }
  }

  // In the thread that crawls.

  /**
   * A pass over the whole tree begins: every directory is read.
   *
   * @param isFirst whether also those are read for which there is no room for a watch
   */
  void beginPass(boolean isFirst) {
    readsUnwatched = isFirst;
    visitsOfPass = 0;
    mayHaveHelp = help.helpers > 0;
  }

  /** The pass is over, or is to go on with one visit at a time. */
  void goOnAlone() {
    mayHaveHelp = false;
  }

  /** Whether only one visit at a time is planned. */
  boolean isAlone() {
    return !mayHaveHelp || visitsOfPass < help.after;
  }

  /** Whether one more visit may be planned. */
  boolean hasRoom() {
    return onTheirWay < (isAlone() ? 1 : MOST);
  }

  /** A visit that nobody has planned. */
  Visit spare() {
    Visit visit = spare.poll();
    return visit == null ? newVisit.get() : visit;
  }

  /** Plans the visit of a directory, by its name in its parent, which stays open. */
  void plan(CrawlStack.@Nullable Frame above, int parent, byte[] name) {
    Visit visit = spare();
    visit.begin(new Visit.Plan(above, parent, name, isAlone()));
    fresh.add(visit);
    onTheirWay++;
    visitsOfPass++;
  }

  /**
   * A visit that a helper has made, or else one of which only the first step is made: the
   * directory, if it is one, is open. Null where none is on its way.
   */
  @Nullable Visit next() {
    Visit next = taken.poll();
    if (next != null) {
      return next;
    }
    // Where nobody helps no lock is taken.
    Visit own = isAlone() && onTheirWay == fresh.size() ? fresh.poll() : exchange();
    if (own == null) {
      return taken.poll();
    }
    int unused = own.open();
    return own;
  }

  /** Gives out what is planned, and takes what was made, or else one to make. */
  private @Nullable Visit exchange() {
    Visit own = null;
    Helper called = null;
    lock.lock();
    try {
      planned.addAll(fresh);
      fresh.clear();
      if (planned.size() >= help.each * (help.helpers - idle.size() + 1)) {
        called = idle.poll();
      }
      while (made.isEmpty() && (own = planned.poll()) == null && beingMade > 0) {
        awaitOne();
      }
      Deque<Visit> empty = taken;
      taken = made;
      made = empty;
    } finally {
      lock.unlock();
    }
    if (called != null) {
      workers.submit(called.task);
    }
    return own;
  }

  /** Waits until a visit is made. The caller looks again. */
  @GuardedBy("lock")
  @SuppressWarnings({"WaitNotInLoop", "ThreadPriorityCheck"})
  private void awaitOne() {
    boolean isInterrupted = Thread.interrupted();
    try {
      oneIsMade.await();
    } catch (InterruptedException e) {
      isInterrupted = true;
    } catch (OutOfMemoryError e) {
      // To fail is not to leave anything behind: it takes a moment at most.
      lock.unlock();
      Thread.yield();
      lock.lock();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The crawl has what came of a visit. */
  void done(Visit visit) {
    onTheirWay--;
    spare.push(visit);
  }

  /**
   * Drops what is planned, and waits until nobody is making a visit; {@link #next} has the rest.
   */
  void stop() {
    goOnAlone();
    onTheirWay -= fresh.size();
    fresh.clear();
    lock.lock();
    try {
      onTheirWay -= planned.size();
      planned.clear();
      while (beingMade > 0) {
        awaitOne();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Keeps no memory: the crawl is over, and nothing is on its way. */
  void release() {
    onTheirWay = 0;
    spare.clear();
  }

  // In a worker.

  /** Makes visits, as long as some are planned, until its turn is over. */
  private void help(Helper helper) {
    Visit visit = null;
    for (int i = 0; i < TURN; i++) {
      visit = handIn(visit, helper, true);
      if (visit == null) {
        return;
      }
      visit.make(readsUnwatched);
    }
    Visit none = handIn(visit, helper, false);
    assert none == null;
    workers.submit(helper.task);
  }

  /**
   * Hands in a visit that was made, if one was.
   *
   * @param wantsMore whether another one is to be made: if there is none the helper is idle
   * @return that one, or null
   */
  private @Nullable Visit handIn(@Nullable Visit done, Helper helper, boolean wantsMore) {
    lock.lock();
    try {
      if (done != null) {
        made.add(done);
        beingMade--;
        oneIsMade.signal();
      }
      Visit next = wantsMore ? planned.poll() : null;
      if (next != null) {
        beingMade++;
      } else if (wantsMore) {
        idle.add(helper);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** A worker that helps, when it is called. */
  private final class Helper {
    final Task task = new Task("helping to go through a tree", () -> help(this));
  }
}
