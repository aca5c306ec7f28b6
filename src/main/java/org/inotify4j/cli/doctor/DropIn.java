package org.inotify4j.cli.doctor;

import java.nio.file.FileSystems;
import org.inotify4j.libc.Way;

/**
 * By which way programs of this virtual machine get the watch service of this library unawares.
 *
 * @param way which one was asked for; empty where none was
 * @param off why they do not get it all the same; empty where they do
 */
record DropIn(String way, String off) {

  /** Nobody has asked for one. */
  static final DropIn NONE = new DropIn("", "");

  /** How the names of this library's classes begin. */
  static final String OURS = "org.inotify4j.";

  private static final String PROPERTY = "java.nio.file.spi.DefaultFileSystemProvider";

  /**
   * That of this virtual machine.
   *
   * @param isOn whether the watch service is this library's
   * @param obstacle why there can be none; empty where that is not known
   */
  static DropIn read(boolean isOn, String obstacle) {
    boolean isInForce = FileSystems.getDefault().getClass().getName().startsWith(OURS);
    boolean isNamed = System.getProperty(PROPERTY, "").contains(OURS);
    String agent = Way.agent();
    if (isInForce || (isNamed && agent == null)) {
      String place = Way.class.getClassLoader() == null ? "boot class path" : "class path";
      return of("the provider (" + place + ")", isOn, "", obstacle);
    }
    return agent == null ? NONE : of("the agent", isOn, agent, obstacle);
  }

  private static DropIn of(String way, boolean isOn, String agent, String obstacle) {
    if (isOn) {
      return new DropIn(way, "");
    } else if (Way.isSwitchedOff()) {
      return new DropIn(way, Way.SWITCHED_OFF);
    } else if (!agent.isEmpty()) {
      return new DropIn(way, agent);
    }
    return new DropIn(way, obstacle.isEmpty() ? "another provider is in force" : obstacle);
  }

  boolean isAskedFor() {
    return !way.isEmpty();
  }

  boolean isOn() {
    return isAskedFor() && off.isEmpty();
  }

  /** Which way is active, or why none is. */
  String state() {
    if (!isAskedFor()) {
      return "not active";
    }
    return isOn() ? "by " + way : "asked for, but off: " + off;
  }
}
