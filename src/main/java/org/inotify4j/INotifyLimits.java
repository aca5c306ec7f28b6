package org.inotify4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The limits that this process meets: how many inotify instances and watches its user may have, how
 * many events an instance keeps, how many descriptors the process may have. See the section
 * "/proc/interfaces" of inotify(7).
 *
 * <p>Instances and watches are counted for each user, and twice: against the {@code fs.inotify}
 * setting of the whole system and, in a user namespace (that of a container without privileges),
 * against the {@code user} setting of that namespace; the smaller one is met first. Outside of such
 * a namespace the two are one and the same. Where namespaces are within each other, those in
 * between have settings as well, which nobody can read from inside.
 *
 * <p>A number that cannot be read is -1. Immutable, and safe for use by several threads.
 *
 * @param maxUserInstances {@code fs.inotify.max_user_instances}: how many instances a user may have
 * @param maxUserWatches {@code fs.inotify.max_user_watches}: how many watches a user may have, in
 *     all instances together
 * @param maxQueuedEvents {@code fs.inotify.max_queued_events}: how many events an instance keeps
 *     that were not read yet; one more, and it says {@link Flag#Q_OVERFLOW}
 * @param namespaceInstances {@code user.max_inotify_instances}: how many instances a user may have
 *     in this user namespace
 * @param namespaceWatches {@code user.max_inotify_watches}: how many watches a user may have in
 *     this user namespace
 * @param openFiles {@code RLIMIT_NOFILE}, the soft limit: how many descriptors this process may
 *     have; {@link Long#MAX_VALUE} where there is no limit
 * @param mostOpenFiles {@code RLIMIT_NOFILE}, the hard limit: up to where a process may raise the
 *     soft one by itself; {@link Long#MAX_VALUE} where there is no limit
 */
public record INotifyLimits(
    long maxUserInstances,
    long maxUserWatches,
    long maxQueuedEvents,
    long namespaceInstances,
    long namespaceWatches,
    long openFiles,
    long mostOpenFiles) {

  private static final long UNKNOWN = -1;
  private static final String OPEN_FILES = "Max open files";

  /**
   * The limits as they are now. It takes no native code, so it works also where {@link
   * INotify#open} does not.
   *
   * @return what could be read
   */
  public static INotifyLimits current() {
    return of(Path.of("/proc"));
  }

  /** The limits as a directory like {@code /proc} has them. */
  static INotifyLimits of(Path proc) {
    String[] openFiles = openFiles(proc.resolve("self/limits"));
    return new INotifyLimits(
        KernelLimits.value(proc, "fs.inotify.max_user_instances"),
        KernelLimits.value(proc, "fs.inotify.max_user_watches"),
        KernelLimits.value(proc, "fs.inotify.max_queued_events"),
        KernelLimits.value(proc, "user.max_inotify_instances"),
        KernelLimits.value(proc, "user.max_inotify_watches"),
        number(openFiles, 0),
        number(openFiles, 1));
  }

  /**
   * How many instances the user may have.
   *
   * @return the smaller one of the two limits, or -1
   */
  public long instances() {
    return smaller(maxUserInstances, namespaceInstances);
  }

  /**
   * How many watches the user may have.
   *
   * @return the smaller one of the two limits, or -1
   */
  public long watches() {
    return smaller(maxUserWatches, namespaceWatches);
  }

  /**
   * Which setting limits the instances.
   *
   * @return {@code fs.inotify.max_user_instances}, or {@code user.max_inotify_instances} where that
   *     is smaller
   */
  public String instancesSetting() {
    return instances() == maxUserInstances
        ? "fs.inotify.max_user_instances"
        : "user.max_inotify_instances";
  }

  /**
   * Which setting limits the watches.
   *
   * @return {@code fs.inotify.max_user_watches}, or {@code user.max_inotify_watches} where that is
   *     smaller
   */
  public String watchesSetting() {
    return watches() == maxUserWatches ? "fs.inotify.max_user_watches" : "user.max_inotify_watches";
  }

  private static long smaller(long ofTheSystem, long ofTheNamespace) {
    return ofTheSystem < 0 || ofTheNamespace < 0
        ? Math.max(ofTheSystem, ofTheNamespace)
        : Math.min(ofTheSystem, ofTheNamespace);
  }

  /** The soft and the hard limit, where the file has them. */
  private static String[] openFiles(Path limits) {
    try {
      for (String line : Files.readAllLines(limits)) {
        if (line.startsWith(OPEN_FILES)) {
          return line.substring(OPEN_FILES.length()).trim().split(" +");
        }
      }
    } catch (IOException e) {
      // Then they are not known.
    }
    return new String[0];
  }

  private static long number(String[] words, int index) {
    if (index >= words.length) {
      return UNKNOWN;
    }
    if (words[index].equals("unlimited")) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(words[index]);
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }
}
