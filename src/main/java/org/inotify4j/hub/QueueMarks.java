package org.inotify4j.hub;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/**
 * Marks places in the kernel's event queue, and acts when the poller comes to them.
 *
 * <p>A private file is watched for the hub's life. To mark a place is to change it: the kernel
 * queues a record behind everything that happened before. ATTRIB and MODIFY take turns, since the
 * kernel merges a record with an equal one before it; so the next record is that of the next mark.
 * That needs no descriptor, no room for a watch and no path at the time, and touches no file
 * system.
 *
 * <p>Where the file cannot be changed so, as a pipe that stands in for it, the place is marked by
 * removing its watch, whose IGNORED comes then, and watching it again. The same after the queue was
 * full: which marks were dropped is not known, so one IGNORED stands for all that wait.
 *
 * <p>Both is done under one lock: a place that is marked in between would change what nobody
 * watches, and wait for a record of a watch that is gone. The calls are about the private file, so
 * no other file system is asked.
 *
 * <p>A record also stands for the marks before it, so none is left waiting for one that was lost.
 *
 * <p>What holds, in every order in which threads, the poller, a full queue and the close meet: each
 * action whose place was marked is run once, unless it throws for want of memory.
 *
 * <p>Not safe for use by several threads: the hub's lock guards it.
 */
final class QueueMarks {

  private static final byte[] NAME = "inotify4j\0".getBytes(StandardCharsets.US_ASCII);
  private static final int EVENTS = Mask.of(Flag.ATTRIB, Flag.MODIFY);
  private static final int OWNER_ONLY = 0600;
  private static final int NONE = -1;

  /** The watch of a mark for which no record is looked at. */
  private static final int LOST = -2;

  private final Instance instance;
  private final LibC libC;
  private final Deque<Mark> waiting = new ArrayDeque<>();

  /** The private file, and the watch on it. */
  private int file = NONE;

  /** The poller asks for it without the lock; what changes it makes a record come. */
  private volatile int wd = NONE;

  private boolean isModifyNext;

  /** Whether an Error came in between, and which record comes next is not known. */
  private boolean isUnsure;

  QueueMarks(Instance instance) {
    this.instance = instance;
    this.libC = instance.libC();
  }

  /** Opens the file and watches it, where that is not done: 0, or {@code -errno}. */
  int prepare() {
    if (file < 0) {
      int opened = openFile();
      if (opened < 0) {
        return opened;
      }
      file = opened;
    }
    if (wd < 0) {
      int placed = instance.addWatchNow(file, EVENTS);
      if (placed < 0) {
        return placed;
      }
      wd = placed;
    }
    return 0;
  }

  /** Whether {@link #wake} reaches who waits for records. Any thread may ask. */
  boolean isReady() {
    return wd >= 0;
  }

  /**
   * Marks this place.
   *
   * @param action what to do when the poller comes to it; runs under the hub's lock
   * @return 0, or {@code -errno} where the place could not be marked
   */
  int place(Runnable action) {
    int result = prepare();
    if (result < 0) {
      return result;
    }
    Mark mark = new Mark(wd, action);
    mark.isEnd = isUnsure;
    waiting.add(mark);
    boolean isDone = false;
    try {
      if (mark.isEnd || change() < 0) {
        mark.isEnd = true;
        renew();
      }
      isDone = true;
    } finally {
      if (!isDone) {
        waiting.removeLast();
        isUnsure = true;
      }
    }
    return 0;
  }

  /** Makes a record of the file come; {@code -errno} where it cannot be changed so. */
  private int change() {
    int result = isModifyNext ? libC.ftruncate(file, 0) : libC.fchmod(file, OWNER_ONLY);
    isModifyNext = !isModifyNext;
    return result;
  }

  /**
   * Has IGNORED come in place of all records of the file, and watches it anew.
   *
   * @return whether it will come
   */
  @CanIgnoreReturnValue
  private boolean renew() {
    boolean comes = instance.removeWatch(wd) >= 0;
    wd = NONE;
    wd = Math.max(NONE, instance.addWatchNow(file, EVENTS));
    isUnsure = false;
    return comes;
  }

  /** Opens something that nobody else has, or {@code -errno}. */
  private int openFile() {
    int opened = libC.memfdCreate(NAME, LibC.MFD_CLOEXEC | LibC.MFD_NOEXEC_SEAL);
    if (Errno.EINVAL.is(opened)) {
      // A kernel before 6.3 does not know that flag.
      opened = libC.memfdCreate(NAME, LibC.MFD_CLOEXEC);
    }
    return opened >= 0 || Errno.isForWantOfDescriptors(opened) ? opened : openPipe();
  }

  private int openPipe() {
    ByteBuffer pair = ByteBuffer.allocateDirect(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
    int result = libC.pipe2(pair, LibC.O_CLOEXEC);
    if (result < 0) {
      return result;
    }
    libC.close(pair.getInt(Integer.BYTES));
    return pair.getInt(0);
  }

  /**
   * Takes a record that may be of a mark, and acts.
   *
   * @return whether it was one
   */
  boolean reached(int recordWd, boolean isIgnored) {
    Mark last = awaited(recordWd, isIgnored);
    if (last == null) {
      return recordWd == wd;
    }
    runUpTo(last);
    return true;
  }

  /** Whether something will be done when such a record is reached. */
  boolean isAwaited(int recordWd, boolean isIgnored) {
    return awaited(recordWd, isIgnored) != null;
  }

  private @Nullable Mark awaited(int recordWd, boolean isIgnored) {
    for (Mark mark : waiting) {
      if (mark.wd == recordWd && mark.isEnd == isIgnored) {
        return mark;
      }
    }
    return null;
  }

  private void runUpTo(Mark last) {
    RuntimeException fault = null;
    Mark mark;
    do {
      mark = waiting.remove();
      try {
        mark.action.run();
      } catch (RuntimeException e) {
        fault = e;
      }
    } while (mark != last);
    if (fault != null) {
      throw fault;
    }
  }

  /**
   * Marks this place anew for every action whose mark may be lost, since the queue was full; at
   * once, where it cannot be marked.
   *
   * @param first what is to be done before all these
   */
  void placeAgain(Runnable first) {
    for (Mark mark : waiting) {
      // Its record may be there all the same, where records are missing behind it.
      mark.wd = LOST;
    }
    waiting.addFirst(new Mark(LOST, first));
    Mark end = new Mark(wd, () -> {});
    end.isEnd = true;
    waiting.add(end);
    if (wd < 0 || !renew()) {
      reachAll();
    }
  }

  /** Acts on every mark: the queue is gone. */
  void reachAll() {
    RuntimeException fault = null;
    for (Mark mark = waiting.peek(); mark != null; mark = waiting.peek()) {
      // Removed afterwards: where there is no memory for it, it is done once more.
      try {
        mark.action.run();
      } catch (RuntimeException e) {
        fault = e;
      }
      waiting.remove();
    }
    if (fault != null) {
      throw fault;
    }
  }

  /** Lets who waits for records see that there is something to see. */
  void wake() {
    if (wd >= 0 && change() < 0) {
      instance.removeWatch(wd);
      wd = NONE;
    }
  }

  /** Acts on every mark, and gives the file back: there will be no other record. */
  void end() {
    try {
      reachAll();
    } finally {
      wake();
      close();
    }
  }

  /** Gives the file back. */
  void close() {
    if (file >= 0) {
      libC.close(file);
      file = NONE;
      wd = NONE;
    }
  }

  /** An action that waits for its record. */
  private static final class Mark {
    final Runnable action;
    int wd;

    /** Whether its record is the IGNORED of the watch. */
    boolean isEnd;

    Mark(int wd, Runnable action) {
      this.wd = wd;
      this.action = action;
    }
  }
}
