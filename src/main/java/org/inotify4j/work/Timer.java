package org.inotify4j.work;

import java.lang.ref.WeakReference;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.Log;
import org.inotify4j.base.WaitSet;

/**
 * The one thread that knows deadlines, and sees to it that a round that does not end holds up no
 * other.
 *
 * <p>It is started with the first task and waits without a timeout while nothing is due: a timer
 * that ended meanwhile might find no memory to start again. It holds tasks weakly: a deadline is no
 * reason to keep what the program has forgotten. The workers' lock guards it.
 */
final class Timer implements Runnable {

  static final String THREAD_NAME = "inotify4j-timer";

  /** How often it looks while tasks wait for a thread, in nanoseconds. */
  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(20);

  private final Workers workers;
  private final WaitSet changed;

  /** So many deadlines are kept without a look at whether somebody waits for them. */
  private static final int FEW = 64;

  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();

  /** With so many deadlines those are dropped that nobody waits for. */
  private int most = FEW;

  /** Whether it looks again by itself: nobody need wake it for a task that waits. */
  private boolean isWatching;

  Timer(Workers workers) {
    this.workers = workers;
    this.changed = new WaitSet(workers.lock);
    Deadline.prepare();
  }

  /** Has a task run at a time; one that is due earlier stays so. */
  void add(Task task, long time) {
    workers.lock.assertHeld();
    if (!task.hasDeadline || time - task.deadline < 0) {
      if (deadlines.size() >= most) {
        dropUnneeded();
      }
      deadlines.add(new Deadline(time, new WeakReference<>(task)));
      task.hasDeadline = true;
      task.deadline = time;
      changed.signal();
    }
  }

  /** Else those that are due in days would pile up, of a program that registers all the time. */
  private void dropUnneeded() {
    deadlines.removeIf(Deadline::isUnneeded);
    most = Math.max(FEW, 2 * deadlines.size());
  }

  /** How many deadlines are kept. */
  int size() {
    workers.lock.assertHeld();
    return deadlines.size();
  }

  /** Tasks wait, and no thread is free: looks soon whether one is held up. */
  void watch() {
    workers.lock.assertHeld();
    if (!isWatching) {
      isWatching = true;
      changed.signal();
    }
  }

  void close() {
    workers.lock.assertHeld();
    deadlines.clear();
    changed.signal();
  }

  @Override
  public void run() {
    boolean saidSo = false;
    while (look()) {
      // A logger may be the program's: it is called under no lock.
      if (!saidSo && workers.wereAllStalled()) {
        saidSo = true;
        Log.warn(
            Workers.MOST_THREADS
                + " directories or matchers do not answer: nothing else is followed");
      }
    }
  }

  /** Does what is to be done now, and waits until there is something else; false in the end. */
  private boolean look() {
    workers.lock.lock();
    try {
      if (workers.isClosed()) {
        return false;
      }
      long now = System.nanoTime();
      submitWhatIsDue(now);
      isWatching = workers.relieve(now);
      long wait = untilNext(now);
      await(isWatching ? Math.min(wait, PERIOD) : wait);
      return true;
    } finally {
      workers.lock.unlock();
    }
  }

  private void submitWhatIsDue(long now) {
    for (Deadline next = deadlines.peek();
        next != null && next.time - now <= 0;
        next = deadlines.peek()) {
      deadlines.remove();
      Task task = next.task.get();
      if (task != null) {
        if (task.hasDeadline && task.deadline == next.time) {
          task.hasDeadline = false;
        }
        workers.submit(task);
      }
    }
  }

  private long untilNext(long now) {
    Deadline next = deadlines.peek();
    return next == null ? Long.MAX_VALUE : next.time - now;
  }

  @SuppressWarnings("WaitNotInLoop") // The caller's loop looks again.
  private void await(long wait) {
    try {
      if (wait == Long.MAX_VALUE) {
        changed.await();
      } else {
        long unused = changed.awaitNanos(wait);
      }
    } catch (InterruptedException e) {
      // Nobody's business: the loop looks what is to be done.
    }
  }

  /** When a task is due, in {@link System#nanoTime}. */
  private record Deadline(long time, WeakReference<Task> task) implements Comparable<Deadline> {

    /** Loads this class, while there are descriptors to load it with. */
    static void prepare() {}

    /** Whether its task was forgotten, or is due at another time. */
    boolean isUnneeded() {
      Task known = task.get();
      return known == null || !known.hasDeadline || known.deadline != time;
    }

    @Override
    public int compareTo(Deadline other) {
      return Long.signum(time - other.time);
    }
  }
}
