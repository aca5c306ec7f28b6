package org.inotify4j.base;

import java.security.PrivilegedAction;

/**
 * Makes the library's own threads, which keep no program from its end, and no part of a program
 * that is unloaded in memory: a thread has the thread group of its maker, and what all on the way
 * to its maker were allowed, and by that their class loaders.
 */
public final class Daemons implements PrivilegedAction<Thread> {

  private final Runnable work;
  private final String name;

  private Daemons(Runnable work, String name) {
    this.work = work;
    this.name = name;
  }

  /** A daemon thread that is yet to be started; it has nothing of the thread that starts it. */
  public static Thread thread(Runnable work, String name) {
    Daemons maker = new Daemons(work, name);
    return Sandbox.IS_POSSIBLE ? Sandbox.run(maker) : maker.run();
  }

  @Override
  public Thread run() {
    Thread thread = new Thread(outermost(), work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  private static ThreadGroup outermost() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    for (ThreadGroup next = group; next != null; next = next.getParent()) {
      group = next;
    }
    return group;
  }
}
