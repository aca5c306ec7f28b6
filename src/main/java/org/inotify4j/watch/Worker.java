package org.inotify4j.watch;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that does the work of a hub's followers, one after the other. */
final class Worker {

  static final String THREAD_NAME = "inotify4j-worker";

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Worker::thread, new ThreadPoolExecutor.DiscardPolicy());

  Worker() {
    executor.setRemoveOnCancelPolicy(true);
  }

  /** A daemon thread, started by the first work; it has nothing of the thread that starts it. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, THREAD_NAME, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** Starts the thread, if it has not been started yet. */
  void prepare() {
    executor.prestartCoreThread();
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
