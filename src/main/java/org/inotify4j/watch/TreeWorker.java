package org.inotify4j.watch;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that does the work of a hub's trees, one tree after the other. */
final class TreeWorker {

  static final String THREAD_NAME = "inotify4j-trees";

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, TreeWorker::thread, new ThreadPoolExecutor.DiscardPolicy());

  TreeWorker() {
    executor.setRemoveOnCancelPolicy(true);
  }

  /** A daemon thread, started by the first work; it has nothing of the thread that starts it. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, THREAD_NAME, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** Does something when all that is due before is done. */
  void run(Runnable work) {
    executor.execute(work);
  }

  /** Does something in a while. */
  void runLater(Runnable work, long nanos) {
    // What the work throws it handles itself.
    Future<?> unused = executor.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }

  void close() {
    executor.shutdownNow();
  }
}
