package org.inotify4j.libc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger.Level;
import org.inotify4j.base.Log;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.jspecify.annotations.Nullable;

/**
 * Finds the system calls of the machine that the program runs on, once: by java.lang.foreign on
 * Java 22 and later, else by JNA, or as {@code -Dinotify4j.native} has it.
 *
 * <p>Where there is no way to them (not Linux, a processor whose numbers are unknown, native access
 * denied, JNA missing or unable to load its native part) every call of {@link #get} throws an
 * {@link UnsupportedOperationException} with the same text: what was tried, and what helps. Where
 * there was no memory for it the next call tries again.
 */
public final class SystemLibC {

  private static final OrderedLock LOCK = new OrderedLock(Rank.LIBC);

  private static volatile @Nullable LayerChoice choice;

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
    return choice().libC();
  }

  /**
   * How the system calls are reached, for people.
   *
   * @return such as {@code "java.lang.foreign (amd64)"} or {@code "JNA 5.19.1 (linux-x86-64), since
   *     -Dinotify4j.native=jna asks for it"}
   * @throws UnsupportedOperationException as {@link #get} does
   */
  public static String description() {
    return choice().description();
  }

  /**
   * Why the system calls are reached so, and not the other way, for people.
   *
   * @return such as {@code "it comes first on Java 22 and later"}
   * @throws UnsupportedOperationException as {@link #get} does
   */
  public static String reason() {
    return choice().why();
  }

  /**
   * Which layer makes the calls, and why it is not the other one.
   *
   * @throws UnsupportedOperationException as {@link #get} does
   */
  static LayerChoice choice() {
    LayerChoice known = choice;
    return known != null ? known : find();
  }

  private static LayerChoice find() {
    LayerChoice found;
    LOCK.lock();
    try {
      LayerChoice known = choice;
      if (known != null) {
        return known;
      }
      found = choose();
      choice = found;
    } finally {
      LOCK.unlock();
    }
    tell(found);
    return found;
  }

  /** Says what is not as usual: to wake the loggers for more would take longer than the rest. */
  private static void tell(LayerChoice found) {
    if (!found.isUsual()) {
      Log.log(Level.DEBUG, "system calls are made by " + found.description(), null);
    }
  }

  @GuardedBy("LOCK")
  @SuppressWarnings("StaticAssignmentOfThrowable") // What went wrong first says most.
  private static LayerChoice choose() {
    if (obstacle == null) {
      obstacle = otherMachine();
    }
    if (obstacle == null) {
      try {
        return LayerChoice.make();
      } catch (UnsupportedOperationException e) {
        obstacle = e.getMessage();
        cause = e.getCause();
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
