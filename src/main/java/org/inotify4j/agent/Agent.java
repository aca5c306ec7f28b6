package org.inotify4j.agent;

import java.lang.instrument.Instrumentation;
import org.inotify4j.libc.Way;
import org.jspecify.annotations.Nullable;

/**
 * Started by {@code -javaagent:inotify4j.jar}, before the program: from then on the default file
 * system gives watch services over inotify.
 *
 * <p>It never ends the Java virtual machine: where the JDK cannot be changed it is left as it is,
 * and that is said once, on standard error. (A logger is the program's to set up, which has not
 * begun.)
 */
public final class Agent {

  private static final String DISABLE = "disable";

  /** Premains are called one after the other. */
  private static boolean isStarted;

  private Agent() {}

  /**
   * Changes the JDK; a second call does nothing.
   *
   * @param option {@code disable}, which switches off what another call switched on, too; or null
   * @param instrumentation the means to change it
   */
  public static void premain(@Nullable String option, Instrumentation instrumentation) {
    try {
      if (DISABLE.equals(option)) {
        Started.switchOff();
        Way.agentIsOff("it is switched off by -javaagent:inotify4j.jar=" + DISABLE);
      } else if (option != null && !option.isEmpty()) {
        say("the agent does not know the option \"" + option + "\", only \"" + DISABLE + "\"");
      }
      Way.agentIsOn();
      if (Started.isOn() && !isStarted) {
        isStarted = true;
        Started.with(instrumentation);
        String obstacle = new Retransformer(instrumentation).change();
        if (obstacle != null) {
          leave(obstacle);
        }
      }
    } catch (Throwable e) {
      leave(e.toString());
    }
  }

  private static void leave(String why) {
    String what = "the agent leaves this Java's watch service as it is: " + why;
    say(what);
    try {
      Way.agentIsOff(what);
    } catch (LinkageError e) {
      // It is the library that is not whole: what asks for this will not be there either.
      return;
    }
  }

  private static void say(String what) {
    System.err.println("inotify4j: " + what);
  }
}
