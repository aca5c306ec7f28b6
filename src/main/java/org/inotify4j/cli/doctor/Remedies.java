package org.inotify4j.cli.doctor;

import org.inotify4j.cli.base.RawArguments;
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
  String raise(LimitFacts limit, long needed) {
    // What is used already is used by this as well, at most.
    long raised = limit.value() + Math.max(Math.max(1, limit.value()), needed);
    return limit.name().equals("RLIMIT_NOFILE")
        ? raiseDescriptors(limit, raised)
        : raiseSetting(limit.name(), raised);
  }

  /** As the exception of the library has it. */
  private static String raiseDescriptors(LimitFacts limit, long raised) {
    return limit.most() > limit.value()
        ? "ulimit -n " + Math.min(raised, limit.most())
        : "LimitNOFILE="
            + raised
            + " (systemd), nofile in /etc/security/limits.conf, or docker run --ulimit nofile="
            + raised;
  }

  private String raiseSetting(String limit, long raised) {
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
   * @param path the path, one char for each byte
   * @param point where its file system is mounted, likewise
   */
  static String of(Refusal refusal, String path, String point) {
    if (refusal.isOfLinks()) {
      return "see where its links lead: " + links(path);
    }
    if (refusal.isOfLength()) {
      return "give it a shorter name";
    }
    return refusal.isOfServer() ? "umount -l " + word(point) + ", and mount it again" : "see there";
  }

  /** What shows the links on the way to a path, and the permissions. */
  static String links(String path) {
    return "namei -l " + word(path);
  }

  private static String word(String latin1) {
    return ShellWord.of(RawArguments.bytes(latin1));
  }
}
