package org.inotify4j.libc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A way to the watch service for programs that do not know of it: whether it is switched off, and
 * what is said of it, once.
 */
public final class Way {

  /** Why there is no service where {@link #isSwitchedOff}. */
  public static final String SWITCHED_OFF = "it is switched off by -Dinotify4j.disable=true";

  private static final String DISABLE_PROPERTY = "inotify4j.disable";

  /** What the agent has said of itself, or null. */
  private static volatile @Nullable String agent;

  private final String logger;
  private final String how;
  private final AtomicBoolean isTaken = new AtomicBoolean();
  private final AtomicBoolean isBarred = new AtomicBoolean();

  /**
   * A way.
   *
   * @param logger who speaks of it
   * @param how which one it is, for people
   */
  public Way(String logger, String how) {
    this.logger = logger;
    this.how = how;
  }

  /** Whether who inherits the flags of a JVM that has inotify on has switched it off. */
  public static boolean isSwitchedOff() {
    return Boolean.getBoolean(DISABLE_PROPERTY);
  }

  /** The agent was given, and has changed the JDK or will do so. */
  public static void agentIsOn() {
    if (agent == null) {
      agent = "";
    }
  }

  /** The agent was given, and leaves the JDK as it is. */
  public static void agentIsOff(String why) {
    agent = why;
  }

  /** Why the agent does nothing, empty where it does what it is for; null where there is none. */
  public static @Nullable String agent() {
    return agent;
  }

  /**
   * Somebody has opened a service.
   *
   * @param service its class
   */
  public void taken(Class<?> service) {
    if (!isTaken.getPlain() && isTaken.compareAndSet(false, true)) {
      Logger log = System.getLogger(logger);
      if (log.isLoggable(Level.DEBUG)) { // To find out what makes the calls takes a start its time.
        log.log(
            Level.DEBUG,
            "{0} is active: watch services are {1}, system calls are made by {2}",
            how,
            service.getName(),
            SystemLibC.description());
      }
    }
  }

  /**
   * Somebody gets another service.
   *
   * @param service the name of its class
   * @param why why it is not one of ours
   */
  public void barred(String service, String why) {
    if (isBarred.compareAndSet(false, true)) {
      System.getLogger(logger)
          .log(Level.INFO, "watching with {0} in place of inotify: {1}", service, why);
    }
  }
}
