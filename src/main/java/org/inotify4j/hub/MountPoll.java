package org.inotify4j.hub;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.inotify4j.base.Daemons;
import org.inotify4j.base.Insistently;
import org.inotify4j.base.Log;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.MountTable;
import org.jspecify.annotations.Nullable;

/**
 * Waits, in a thread of its own, until something is mounted or unmounted.
 *
 * <p>The kernel says so to who polls the {@link MountTable}, of every change since it was opened or
 * polled last. Which mount a change is about it does not say, and one that was replaced may look as
 * the one before. So all mount points are told, those of before and those of now.
 *
 * <p>The close reaches the thread by a pipe that has no writer any more: that takes no memory, and
 * cannot be refused.
 *
 * <pre>
 * offset 0  struct pollfd { int fd; short events; short revents; }   the table of mounts
 *        8  struct pollfd { int fd; short events; short revents; }   the pipe
 * </pre>
 */
final class MountPoll implements Runnable {

  static final String THREAD_NAME = "inotify4j-mounts";

  private static final int POLLFD = 8;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;
  private static final int FOREVER = -1;

  /** How long it waits to read a table again that could not be read, in milliseconds. */
  private static final int FIRST_PAUSE = 1000;

  /** The same where that failed often: it may be for good. */
  private static final int LAST_PAUSE = 64 * FIRST_PAUSE;

  private static final int NONE = -1;

  /** How long the changes gather, in nanoseconds: one that is made by hand is often several. */
  private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(5);

  private final LibC libC;
  private final Listener listener;
  private final int table;
  private final int pipe;
  private final ByteBuffer fds =
      ByteBuffer.allocateDirect(2 * POLLFD).order(ByteOrder.nativeOrder());

  /** The pipe's other end. */
  private int writer;

  private Set<String> points;

  /**
   * How long it waits now, where the table could not be read when something was changed: what is
   * new is not told yet. 0 where nothing is owed.
   */
  private int pause;

  /** Who is told, by its thread. */
  interface Listener {

    /**
     * Something was mounted or unmounted.
     *
     * @param points all that are mount points, or were until now
     * @param areAll whether they are; else there may have been others for a while
     */
    void changed(List<String> points, boolean areAll);

    /** It waits no more. */
    void ended(MountPoll poll);
  }

  private MountPoll(
      LibC libC, Listener listener, int table, int pipe, int writer, Set<String> points) {
    this.libC = libC;
    this.listener = listener;
    this.table = table;
    this.pipe = pipe;
    this.writer = writer;
    this.points = points;
  }

  /** One that is ready to be started, or null where the table or a pipe cannot be had. */
  static @Nullable MountPoll open(LibC libC, Listener listener) {
    ByteBuffer pair = ByteBuffer.allocateDirect(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
    int table = MountTable.open(libC);
    if (table < 0) {
      return null;
    }
    MountPoll opened = null;
    try {
      Set<String> points = MountTable.read(libC);
      if (points != null && libC.pipe2(pair, LibC.O_CLOEXEC) >= 0) {
        int writer = pair.getInt(Integer.BYTES);
        opened = new MountPoll(libC, listener, table, pair.getInt(0), writer, points);
      }
    } finally {
      if (opened == null) {
        libC.close(table);
      }
    }
    return opened;
  }

  /** How long to wait where what was tried behind a pause failed as well; 0 is none. */
  static int longer(int pause) {
    return pause == 0 ? FIRST_PAUSE : Math.min(LAST_PAUSE, 2 * pause);
  }

  /** What is mounted, of one that is not started. */
  List<String> points() {
    return List.copyOf(points);
  }

  void start() {
    Daemons.thread(this, THREAD_NAME).start();
  }

  /** Ends the wait. The hub's lock is held. */
  void stop() {
    if (writer >= 0) {
      libC.close(writer);
      writer = NONE;
    }
  }

  /** Gives back what one has open that was not started, or has ended. */
  void release() {
    libC.close(table);
    libC.close(pipe);
    stop();
  }

  @Override
  public void run() {
    try {
      while (awaitChange()) {
        LockSupport.parkNanos(this, GATHERING);
        Insistently.run(this::tell);
      }
    } catch (Throwable e) {
      Log.log(Level.ERROR, "it is not heard any more what is mounted", e);
    } finally {
      Insistently.run(() -> listener.ended(this));
      release();
    }
  }

  private void tell() {
    Set<String> now = MountTable.read(libC);
    boolean areAll = pause == 0;
    if (now != null) {
      points.addAll(now);
    }
    if (now != null || areAll) {
      listener.changed(List.copyOf(points), areAll);
    }
    // Behind that, since it may be done once more for want of memory.
    if (now != null) {
      points = now;
      pause = 0;
    } else if (areAll) {
      pause = longer(0);
    }
  }

  /** Waits for a change of the table, or until one is to be told; false where it is over. */
  private boolean awaitChange() throws IOException {
    set(0, table, LibC.POLLPRI);
    set(POLLFD, pipe, LibC.POLLIN);
    int result = libC.poll(fds, 2, pause > 0 ? pause : FOREVER);
    if (result < 0) {
      throw new IOException("cannot wait for mounts: " + Errno.describe(result));
    }
    if (fds.getShort(POLLFD + REVENTS) != 0) {
      return false;
    }
    if (result == 0) {
      // Other changes, however many, do not delay that.
      pause = longer(pause);
    }
    if (result > 0 && (fds.getShort(REVENTS) & LibC.POLLPRI) == 0) {
      throw new IOException("mounts cannot be waited for here");
    }
    return true;
  }

  private void set(int start, int fd, short events) {
    fds.putInt(start, fd);
    fds.putShort(start + EVENTS, events);
    fds.putShort(start + REVENTS, (short) 0);
  }
}
