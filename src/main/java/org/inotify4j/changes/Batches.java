package org.inotify4j.changes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.base.WaitSet;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * What has gathered of all roots, and who takes it: hands it to the listener when it has settled,
 * one call at a time.
 *
 * <p>Who follows a root merges what it hears under the lock, and that is all it waits for: it may
 * hold locks of its own. What is due a worker hands to the executor, under no lock, since that may
 * call the listener at once; from then until the call of the listener has returned nothing else is
 * handed over, so that what comes meanwhile merges. The batch is made when the executor begins: the
 * later that is, the more has merged.
 *
 * <p>Batches are numbered as they are made. Who waits for all that has gathered waits for the
 * number that is next, and others' changes behind it hold nobody up.
 */
final class Batches {

  /** When an executor is asked again that has not taken a batch, in nanoseconds. */
  private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

  /** Where the next batch is. */
  private enum State {
    /** It gathers. */
    IDLE,
    /** The executor has been asked to hand it over. */
    ASKED,
    /** The listener has the one before. */
    RUNNING
  }

  private final OrderedLock lock = new OrderedLock(Rank.BATCHES);
  private final WaitSet returned = new WaitSet(lock);
  private final Workers workers;
  private final Executor executor;
  private final ChangeListener listener;
  private final Consumer<Problem> onError;
  private final Consumer<Throwable> onFault;
  private final Task task = new Task("handing over changes", this::round);

  @GuardedBy("lock")
  private final List<Gathered> roots = new ArrayList<>();

  @GuardedBy("lock")
  private final Settling settling;

  @GuardedBy("lock")
  private final Demand demand;

  @GuardedBy("lock")
  private List<Problem> problems = new ArrayList<>();

  @GuardedBy("lock")
  private State state = State.IDLE;

  /** Who runs the listener, while that is so. */
  @GuardedBy("lock")
  private @Nullable Thread runner;

  /** Whether the task comes by itself when what has gathered is due. */
  @GuardedBy("lock")
  private boolean isTimed;

  @GuardedBy("lock")
  private final BatchCounts counts = new BatchCounts();

  @GuardedBy("lock")
  private boolean isClosed;

  /**
   * Nothing has gathered so far.
   *
   * @param onFault is told, under the lock, why nothing can be handed over any more
   */
  Batches(
      Workers workers,
      Executor executor,
      ChangeListener listener,
      WatchSettings settings,
      Demand demand,
      Consumer<Throwable> onFault) {
    this.workers = workers;
    this.executor = executor;
    this.listener = listener;
    this.onError = settings.onError();
    this.onFault = onFault;
    this.settling = new Settling(settings.quiet(), settings.longest());
    this.demand = demand;
  }

  /** Where the changes of one more root gather. */
  ChangeSink sink(WatchRoot root) {
    Gathered gathered = new Gathered(root);
    lock.lock();
    try {
      roots.add(gathered);
    } finally {
      lock.unlock();
    }
    return new Gathering(this, gathered);
  }

  /** Merges something into the next batch: under the lock, so it is to be short. */
  void gather(Runnable change) {
    lock.lock();
    try {
      if (!isClosed) {
        change.run();
        settling.came();
        plan();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells a problem before the next batch. */
  void tell(Problem problem) {
    lock.lock();
    try {
      problems.add(problem);
      workers.submit(task);
    } finally {
      lock.unlock();
    }
  }

  /** So many more batches are wanted. */
  void want(long more) {
    lock.lock();
    try {
      demand.add(more);
      workers.submit(task);
    } finally {
      lock.unlock();
    }
  }

  /** Hands over at once what has gathered, and says when the listener has returned. */
  void hurry(CountDownLatch done) {
    lock.lock();
    try {
      boolean isAny = settling.isAny() || !problems.isEmpty();
      if (settling.isAny()) {
        settling.hurry();
      }
      if (isAny) {
        workers.submit(task);
      }
      counts.whenReturned(isAny, done);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the calling thread is the one that runs the listener. */
  boolean isRunner() {
    lock.lock();
    try {
      return Thread.currentThread().equals(runner);
    } finally {
      lock.unlock();
    }
  }

  /** Hands over nothing any more. */
  void stop() {
    lock.lock();
    try {
      isClosed = true;
      counts.release();
    } finally {
      lock.unlock();
    }
  }

  /** Waits, when it is stopped, for a call that is under way, unless it is this one. */
  void close() {
    boolean isInterrupted = false;
    lock.lock();
    try {
      while (state == State.RUNNING && !Thread.currentThread().equals(runner)) {
        try {
          returned.await();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      lock.unlock();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The changes of a root that the listener was not told of, or has not returned from. */
  List<NetChange> untold(Gathered gathered) {
    lock.lock();
    try {
      List<NetChange> untold = new ArrayList<>(gathered.inHand());
      untold.addAll(gathered.changes().list());
      return untold;
    } finally {
      lock.unlock();
    }
  }

  WatcherStatistics statistics(LookCounts looks, int watches) {
    lock.lock();
    try {
      int waiting = roots.stream().mapToInt(gathered -> gathered.changes().size()).sum();
      return counts.statistics(waiting, looks, watches);
    } finally {
      lock.unlock();
    }
  }

  /** In a worker, which has no lock. */
  private void round() {
    lock.lock();
    try {
      isTimed = false;
      if (untilDue() > 0) {
        plan();
        return;
      }
      state = State.ASKED;
    } finally {
      lock.unlock();
    }
    handOver();
  }

  /** Sees to it that the task comes when the executor is to be asked. */
  @GuardedBy("lock")
  private void plan() {
    long wait = untilDue();
    if (wait <= 0) {
      workers.submit(task);
    } else if (wait != Long.MAX_VALUE && !isTimed) {
      isTimed = true;
      workers.submitAt(task, System.nanoTime() + wait);
    }
  }

  /** How long until the executor is to be asked, or the longest time if nothing is to be done. */
  @GuardedBy("lock")
  private long untilDue() {
    if (isClosed || state != State.IDLE) {
      return Long.MAX_VALUE;
    } else if (!problems.isEmpty()) {
      return 0;
    }
    return settling.isAny() && demand.isAny() ? settling.untilDue() : Long.MAX_VALUE;
  }

  private void handOver() {
    try {
      // It may call the listener at once.
      workers.lend(() -> executor.execute(this::run));
    } catch (Throwable e) {
      notTaken(e);
    }
  }

  private void notTaken(Throwable cause) {
    List<Problem> told;
    lock.lock();
    try {
      if (isClosed || state != State.ASKED) {
        return;
      }
      told = takeProblems();
      state = State.IDLE;
      settling.bar(AGAIN);
      isTimed = true;
      workers.submitAt(task, System.nanoTime() + AGAIN);
    } finally {
      lock.unlock();
    }
    told.add(failure("the executor did not take the call of the listener: ", cause));
    told.forEach(onError);
  }

  @GuardedBy("lock")
  private List<Problem> takeProblems() {
    List<Problem> taken = problems;
    problems = new ArrayList<>();
    return taken;
  }

  /** Not under the lock: what was thrown is the program's, and says itself what it is. */
  private Problem failure(String what, Throwable thrown) {
    return Problem.ofListener(firstRoot(), what, thrown);
  }

  private Path firstRoot() {
    lock.lock();
    try {
      return roots.get(0).root().path();
    } finally {
      lock.unlock();
    }
  }

  /**
   * In the executor. Who waits for the call, or closes, waits until its failure is told as well.
   */
  private void run() {
    Handed handed = begin();
    if (handed == null) {
      return;
    }
    Throwable thrown = handed.to(listener, onError);
    try {
      if (thrown != null) {
        onError.accept(failure("the listener failed: ", thrown));
      }
    } finally {
      returned(handed.batch().size(), thrown != null);
    }
  }

  /** Makes what is handed over now; null where nothing is to be. */
  private @Nullable Handed begin() {
    lock.lock();
    try {
      if (isClosed || state != State.ASKED) {
        return null;
      }
      List<Change> batch = take();
      Handed handed = new Handed(takeProblems(), batch);
      state = State.RUNNING;
      runner = Thread.currentThread();
      return handed;
    } catch (Throwable e) {
      // There was no memory, say: what had gathered is lost, and nobody is to take it for told.
      state = State.IDLE;
      isClosed = true;
      onFault.accept(e);
      return null;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private List<Change> take() {
    boolean isDue = settling.isAny() && demand.isAny() && settling.untilDue() <= 0;
    if (isDue || !settling.isHurried()) {
      // Else it only tells problems, and somebody waits for what has gathered.
      counts.begun();
    }
    List<Change> batch = new ArrayList<>();
    if (isDue) {
      settling.taken();
      roots.forEach(gathered -> gathered.take(batch));
      if (!batch.isEmpty()) {
        demand.take();
      }
    }
    return List.copyOf(batch);
  }

  private void returned(int size, boolean isFailed) {
    lock.lock();
    try {
      state = State.IDLE;
      runner = null;
      roots.forEach(Gathered::returned);
      counts.returned(size, isFailed);
      returned.signalAll();
      if (settling.isAny() || !problems.isEmpty()) {
        workers.submit(task);
      }
    } finally {
      lock.unlock();
    }
  }
}
