package org.inotify4j.work;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.Daemons;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.base.WaitSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs rounds of tasks in threads of its own, as many at once as there are processors, and never
 * two of one task.
 *
 * <p>A round that takes longer than a tenth of a second is <em>stalled</em>: a directory does not
 * answer, or a matcher of the program does not return. It does not count any more, and others are
 * run in further threads; so what does not answer costs nobody but its own task. For each that is
 * stalled one more may run beyond the number of processors, so that it does not take long where
 * many are found to be stalled one after the other. A long look at a healthy disk counts as stalled
 * as well: that costs a thread at most, and saves a word at each call of the disk.
 *
 * <p>One thread stays once there was work; the others end after a second without. What waits for a
 * thread is never lost: where none can be started, the {@link Timer} tries again.
 *
 * <p>Safe for use by several threads, under any lock. After {@link #close} nothing is run.
 */
public final class Workers {

  static final String THREAD_NAME = "inotify4j-worker-";

  /** How many threads there are at most. */
  static final int MOST_THREADS = 512;

  /** How long a round may take before it is stalled, in nanoseconds. */
  static final long STALLED = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long a thread is kept that has nothing to do. */
  private static final long KEPT = TimeUnit.SECONDS.toNanos(1);

  final OrderedLock lock = new OrderedLock(Rank.WORKERS);

  private final WaitSet hasWork = new WaitSet(lock);
  private final int width;

  @GuardedBy("lock")
  private final TaskQueue waiting = new TaskQueue();

  @GuardedBy("lock")
  private final Set<Seat> seats = new HashSet<>();

  @GuardedBy("lock")
  private int idle;

  @GuardedBy("lock")
  private int stalled;

  @GuardedBy("lock")
  private int started;

  final Timer timer = new Timer(this);

  @GuardedBy("lock")
  private boolean timerIsStarted;

  private volatile boolean allAreStalled;

  @GuardedBy("lock")
  private boolean isClosed;

  /** Workers without a thread yet. */
  public Workers() {
    this(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Workers without a thread yet.
   *
   * @param width how many rounds run at once, those aside that are stalled
   */
  Workers(int width) {
    this.width = width;
  }

  /**
   * Starts the threads that everything else can do with, if they have not been started yet.
   *
   * @throws OutOfMemoryError if there is no room for them
   */
  public void prepare() {
    lock.lock();
    try {
      if (!isClosed) {
        startTimer();
        if (seats.isEmpty()) {
          startThread();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has a round of a task run as soon as a thread is free; one that waits already stands for it.
   */
  public void submit(Task task) {
    lock.lock();
    try {
      if (!isClosed && task.want()) {
        waiting.add(task);
        findThread();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has a round of a task run in a while, unless there is one before that: that one asks again.
   *
   * @param time when, in {@link System#nanoTime}
   */
  public void submitAt(Task task, long time) {
    lock.lock();
    try {
      if (!isClosed) {
        startTimer();
        timer.add(task, time);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs code of the program amid a round: it is not interrupted when the workers are closed, as
   * the round is otherwise. In any other thread it is just run.
   */
  public void lend(Runnable code) {
    lend(true);
    try {
      code.run();
    } finally {
      lend(false);
    }
  }

  private void lend(boolean isLent) {
    lock.lock();
    try {
      for (Seat seat : seats) {
        if (Thread.currentThread().equals(seat.thread)) {
          seat.lent += isLent ? 1 : -1;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs nothing any more. Rounds that are running are interrupted, and not waited for. */
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      waiting.clear();
      timer.close();
      hasWork.signalAll();
      for (Seat seat : seats) {
        if (seat.isBusy && seat.lent == 0 && !Thread.currentThread().equals(seat.thread)) {
          seat.thread.interrupt();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  boolean isClosed() {
    return isClosed;
  }

  /** How many threads run tasks or wait for some. */
  int threads() {
    lock.lock();
    try {
      return seats.size();
    } finally {
      lock.unlock();
    }
  }

  /** Sees to it that somebody takes what waits. */
  @GuardedBy("lock")
  private void findThread() {
    if (waiting.size() <= idle) {
      hasWork.signal();
      return;
    }
    try {
      startTimer();
      if (mayStartThread()) {
        startThread();
        return;
      }
    } catch (OutOfMemoryError e) {
      // What waits is taken by a thread that has done, or the timer tries again.
    }
    timer.watch();
  }

  /** As many rounds run as there are processors, and one more for each that is stalled. */
  @GuardedBy("lock")
  private boolean mayStartThread() {
    return seats.size() - stalled < width + stalled && seats.size() < MOST_THREADS;
  }

  /**
   * Finds out which rounds are stalled, and has others run what waits.
   *
   * @return whether something waits still
   */
  @GuardedBy("lock")
  boolean relieve(long now) {
    if (waiting.size() <= idle) {
      return false;
    }
    for (Seat seat : seats) {
      if (seat.isBusy && !seat.isStalled && now - seat.since >= STALLED) {
        seat.isStalled = true;
        stalled++;
      }
    }
    try {
      for (int missing = waiting.size() - idle; missing > 0 && mayStartThread(); missing--) {
        startThread();
      }
    } catch (OutOfMemoryError e) {
      // The timer tries again in a moment.
    }
    allAreStalled |= stalled == MOST_THREADS;
    return true;
  }

  /** Whether there was a time when every thread that there may be was stalled. */
  boolean wereAllStalled() {
    return allAreStalled;
  }

  @GuardedBy("lock")
  private void startTimer() {
    if (!timerIsStarted) {
      Daemons.thread(timer, Timer.THREAD_NAME).start();
      timerIsStarted = true;
    }
  }

  @GuardedBy("lock")
  private void startThread() {
    Seat seat = new Seat(started + 1);
    seats.add(seat);
    try {
      seat.thread.start();
      started++;
    } catch (OutOfMemoryError e) {
      seats.remove(seat);
      throw e;
    }
  }

  /** One thread, and the round that it runs. The workers' lock guards its state. */
  private final class Seat implements Runnable {

    final Thread thread;
    boolean isBusy;
    long since;
    boolean isStalled;

    /** How much code of the program it runs, one in another, that is not to be interrupted. */
    int lent;

    Seat(int number) {
      this.thread = Daemons.thread(this, THREAD_NAME + number);
    }

    @Override
    public void run() {
      try {
        for (Task task = take(null); task != null; task = take(task)) {
          run(task);
        }
      } finally {
        leave();
      }
    }

    private void run(Task task) {
      try {
        task.round.run();
      } catch (Throwable e) {
        try {
          Log.log(Level.ERROR, "a round of " + task + " failed", e);
        } catch (OutOfMemoryError again) {
          // There is nowhere to say it; the task must come to its end all the same.
        }
      }
    }

    /** Ends one round, if there was one, and begins the next, when there is one. */
    private @Nullable Task take(@Nullable Task done) {
      lock.lock();
      try {
        if (done != null) {
          end(done);
        }
        Task task = next();
        if (task == null) {
          // At once: two that have nothing to do must not both be the one that is not the last.
          seats.remove(this);
        } else {
          begin(task);
        }
        return task;
      } finally {
        lock.unlock();
      }
    }

    private void leave() {
      lock.lock();
      try {
        seats.remove(this);
      } finally {
        lock.unlock();
      }
    }

    @GuardedBy("lock")
    private void begin(Task task) {
      task.state = Task.State.RUNNING;
      isBusy = true;
      since = System.nanoTime();
    }

    @GuardedBy("lock")
    private void end(Task task) {
      isBusy = false;
      if (isStalled) {
        isStalled = false;
        stalled--;
      }
      boolean isWanted = task.state == Task.State.RUNNING_AND_WANTED;
      task.state = Task.State.IDLE;
      if (isWanted && !isClosed) {
        waiting.add(task);
      }
      boolean unused = Thread.interrupted();
    }

    /** The next task, when there is one; null when this thread is to end. */
    @GuardedBy("lock")
    private @Nullable Task next() {
      boolean isOver = false;
      while (!isClosed && !isOver) {
        Task task = waiting.poll();
        if (task != null) {
          return task;
        }
        isOver = !await() && seats.size() > 1;
      }
      return isClosed ? null : waiting.poll();
    }

    /** Waits for work; false if there was none for a while. One thread alone waits for good. */
    @SuppressWarnings("WaitNotInLoop") // The caller's loop looks again.
    @GuardedBy("lock")
    private boolean await() {
      idle++;
      try {
        if (seats.size() == 1) {
          hasWork.await();
          return true;
        }
        return hasWork.awaitNanos(KEPT) > 0;
      } catch (InterruptedException e) {
        return true;
      } finally {
        idle--;
      }
    }
  }
}
