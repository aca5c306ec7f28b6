package org.inotify4j.cli;

/** Says which command mends what is wrong, on the machine at hand. */
final class Remedies {

  private final SystemFacts system;

  Remedies(SystemFacts system) {
    this.system = system;
  }

  /**
   * Raises a limit.
   *
   * @param needed how many more are needed, at least
   */
  String raise(String limit, long value, long needed) {
    // What is used already is used by this as well, at most.
    long raised = value + Math.max(Math.max(1, value), needed);
    if (limit.equals("RLIMIT_NOFILE")) {
      return "ulimit -n " + raised;
    }
    return onTheHost() + "sudo sysctl " + limit + "=" + raised;
  }

  private String onTheHost() {
    boolean isInside = !system.container().isEmpty() || !system.isFirstUserNamespace();
    return isInside && !system.mayChangeSettings() ? "on the host: " : "";
  }
}
