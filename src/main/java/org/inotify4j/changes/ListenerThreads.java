package org.inotify4j.changes;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.Daemons;
import org.jspecify.annotations.Nullable;

/**
 * Where a listener runs if the program does not say: in a virtual thread for each call where there
 * are such, else in one daemon thread, which ends when nothing was called for a while. Its context
 * class loader is that of the thread that started the watcher.
 */
final class ListenerThreads {

  private static final String NAME = "inotify4j-listener";
  private static final long KEPT = 1;

  private ListenerThreads() {}

  /** An executor of a watcher's own; it need not be closed. */
  static Executor executor() {
    @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ThreadFactory virtual = virtualThreads();
    if (virtual != null) {
      return call -> with(loader, virtual.newThread(call)).start();
    }
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            KEPT,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            call -> with(loader, Daemons.thread(call, NAME)));
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  private static Thread with(@Nullable ClassLoader loader, Thread thread) {
    thread.setContextClassLoader(loader);
    return thread;
  }

  /** Makes virtual threads, or null where this Java has none (before 21). */
  private static @Nullable ThreadFactory virtualThreads() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object named = type.getMethod("name", String.class).invoke(builder, NAME);
      return (ThreadFactory) type.getMethod("factory").invoke(named);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
