package org.inotify4j.work;

/** Makes the library's own threads, which keep no program from its end. */
public final class Daemons {

  private Daemons() {}

  /** A daemon thread that is yet to be started; it has nothing of the thread that starts it. */
  public static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }
}
