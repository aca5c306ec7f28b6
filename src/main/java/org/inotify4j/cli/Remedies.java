package org.inotify4j.cli;

import org.inotify4j.disk.Refusal;

/** Says which command mends what is wrong, on the machine at hand. */
final class Remedies {

  /** How the settings begin that each user namespace has for itself. */
  private static final String OF_NAMESPACE = "user.";

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
    // On the host the setting of that name is another one.
    return limit.startsWith(OF_NAMESPACE)
        ? "in this user namespace, as its root: sysctl -w " + limit + "=" + raised
        : onTheHost() + "sudo sysctl " + limit + "=" + raised;
  }

  private String onTheHost() {
    boolean isInside = !system.container().isEmpty() || !system.isFirstUserNamespace();
    return isInside && !system.mayChangeSettings() ? "on the host: " : "";
  }

  /**
   * What helps where the kernel refuses a path.
   *
   * @param name the path, escaped
   * @param point where its file system is mounted, escaped
   */
  static String of(Refusal refusal, String name, String point) {
    if (refusal.isOfLinks()) {
      return "see where its links lead: namei -l " + name;
    }
    if (refusal.isOfLength()) {
      return "give it a shorter name";
    }
    return refusal.isOfServer() ? "umount -l " + point + ", and mount it again" : "see there";
  }
}
