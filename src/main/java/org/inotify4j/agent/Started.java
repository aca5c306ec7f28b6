package org.inotify4j.agent;

import java.lang.instrument.Instrumentation;
import org.inotify4j.libc.Way;
import org.jspecify.annotations.Nullable;

/** What the start of the agent leaves to those who answer later. */
final class Started {

  private static volatile boolean isOff;
  private static volatile @Nullable Instrumentation means;

  private Started() {}

  static void switchOff() {
    isOff = true;
  }

  static boolean isOn() {
    return !isOff && !Way.isSwitchedOff();
  }

  static void with(Instrumentation instrumentation) {
    means = instrumentation;
  }

  /** The means to add to the class path; null where no agent was started. */
  static @Nullable Instrumentation means() {
    return means;
  }
}
