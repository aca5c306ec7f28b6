package org.inotify4j.libc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.jspecify.annotations.Nullable;

/**
 * Finds the system calls of the machine that the program runs on, once.
 *
 * <p>Where there is no way to them (not Linux, a processor whose numbers are unknown, JNA missing
 * or unable to load its native part) every call of {@link #get} throws an {@link
 * UnsupportedOperationException} with the same text: what was tried, and which property helps.
 * Where there was no memory for it the next call tries again.
 */
public final class SystemLibC {

  private static final OrderedLock LOCK = new OrderedLock(Rank.LIBC);

  private static volatile @Nullable LibC libC;

  /** What is in the way for good, once that was found. */
  @GuardedBy("LOCK")
  private static @Nullable String obstacle;

  @GuardedBy("LOCK")
  private static @Nullable Throwable cause;

  private SystemLibC() {}

  /**
   * The system calls of this machine.
   *
   * @return the one instance of this process, whose calls never return EINTR
   * @throws UnsupportedOperationException if they cannot be reached; the message says why and what
   *     helps
   */
  public static LibC get() {
    LibC known = libC;
    return known != null ? known : find();
  }

  /**
   * How the system calls are reached, for people.
   *
   * @return such as {@code "JNA 5.19.1 (linux-x86-64)"}
   * @throws UnsupportedOperationException as {@link #get} does
   */
  public static String description() {
    get();
    return "JNA " + com.sun.jna.Native.VERSION + " (" + com.sun.jna.Platform.RESOURCE_PREFIX + ")";
  }

  private static LibC find() {
    LOCK.lock();
    try {
      LibC found = libC;
      if (found == null) {
        found = bind();
        libC = found;
      }
      return found;
    } finally {
      LOCK.unlock();
    }
  }

  @GuardedBy("LOCK")
  @SuppressWarnings("StaticAssignmentOfThrowable") // What went wrong first says most.
  private static LibC bind() {
    if (obstacle == null) {
      obstacle = otherMachine();
    }
    if (obstacle == null) {
      try {
        return new RestartingLibC(new JnaLibC());
      } catch (VirtualMachineError e) {
        // No memory: the next call may find some.
        throw e;
      } catch (Error | RuntimeException e) {
        obstacle = Obstacle.describe(e);
        cause = e;
      }
    }
    throw new UnsupportedOperationException(obstacle, cause);
  }

  private static @Nullable String otherMachine() {
    String system = System.getProperty("os.name", "");
    String processor = System.getProperty("os.arch", "");
    if (!system.equals("Linux")) {
      return "inotify is a part of Linux: this is " + system;
    }
    return Processor.isKnown(processor)
        ? null
        : "inotify4j does not know this processor: os.arch is " + processor;
  }
}
