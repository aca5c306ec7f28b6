package org.inotify4j.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.INotifyLimits;
import org.inotify4j.INotifyUsage;

/**
 * One limit, and how much of it is used.
 *
 * @param name its name
 * @param value what it is; -1 where that is not known
 * @param most up to where it may be raised by whom it is set for; no more than it is where it may
 *     not
 * @param used how much of it is used; -1 where that cannot be known
 * @param setBy who sets it
 */
record LimitFacts(String name, long value, long most, long used, String setBy) {

  /** From how many percent on it is nearly used up. */
  private static final int NEARLY = 90;

  private static final int ALL = 100;

  /** The limits in force. */
  static List<LimitFacts> of(
      INotifyLimits limits, INotifyUsage usage, SystemFacts system, SettingSources sources) {
    long instances = usage.instancesOfUser();
    long watches = usage.watchesOfUser();
    List<LimitFacts> facts = new ArrayList<>();
    facts.add(
        ofSystem("fs.inotify.max_user_instances", limits.maxUserInstances(), instances, sources));
    facts.add(ofSystem("fs.inotify.max_user_watches", limits.maxUserWatches(), watches, sources));
    facts.add(ofSystem("fs.inotify.max_queued_events", limits.maxQueuedEvents(), -1, sources));
    if (!system.isFirstUserNamespace()) {
      // Outside of a namespace these are the same as those of the system.
      String maker = "who made this user namespace";
      long most = limits.namespaceInstances();
      facts.add(new LimitFacts("user.max_inotify_instances", most, most, instances, maker));
      most = limits.namespaceWatches();
      facts.add(new LimitFacts("user.max_inotify_watches", most, most, watches, maker));
    }
    facts.add(
        new LimitFacts(
            "RLIMIT_NOFILE",
            limits.openFiles(),
            limits.mostOpenFiles(),
            usage.openFiles(),
            "ulimit -n, LimitNOFILE= of systemd, --ulimit of Docker; used: by this command"));
    return facts;
  }

  private static LimitFacts ofSystem(String name, long value, long used, SettingSources sources) {
    String setBy = value < 0 ? "not known" : sources.of(name, value);
    return new LimitFacts(name, value, value, used, setBy);
  }

  /** How much of it is used, in percent; -1 where that is not known. */
  int percent() {
    return value <= 0 || used < 0 ? -1 : (int) (used * (double) ALL / value);
  }

  /** How much of it is left. */
  long free() {
    return value < 0 || used < 0 ? Long.MAX_VALUE : Math.max(0, value - used);
  }

  /** Whether it will be met soon, or is. */
  boolean isNearlyUsedUp() {
    return percent() >= NEARLY || (value == 0 && used >= 0);
  }
}
