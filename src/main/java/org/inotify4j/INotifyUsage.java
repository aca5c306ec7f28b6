package org.inotify4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Who has which inotify instances and watches: each process that can be read, and what they come to
 * for the user that this process runs as.
 *
 * <p>It is what {@code /proc} shows, see proc_pid_fdinfo(5): in a container the processes of the
 * container. The kernel counts for a user also what is not shown, such as processes of the same
 * user on the host or in another container. On the other hand an instance that several processes
 * have, as after a fork, or one process twice, is counted here each time.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * @param uid the user that this process runs as: whom the kernel charges what it opens now
 * @param processes those that have an inotify instance, the one with most watches first;
 *     unmodifiable
 * @param hidden how many processes could not be read: those of other users, unless this one is root
 * @param openFiles how many descriptors this process has, which the limit {@code RLIMIT_NOFILE} is
 *     on
 */
public record INotifyUsage(long uid, List<OfProcess> processes, int hidden, long openFiles) {

  /**
   * What one process has.
   *
   * @param pid its number, in the process namespace of who asks
   * @param uid the user that it runs as
   * @param user that user's name, or the number where it has no name
   * @param command what it was started with, with blanks between the words, 4096 bytes at most; its
   *     name in brackets where that is not known. It is whatever the process says: who prints it
   *     escapes it.
   * @param instances how many descriptors of inotify instances it has
   * @param watches how many watches these have together
   */
  public record OfProcess(
      long pid, long uid, String user, String command, long instances, long watches) {}

  /**
   * A value.
   *
   * @param uid the user
   * @param processes the processes; copied
   * @param hidden how many processes could not be read
   * @param openFiles how many descriptors this process has
   */
  public INotifyUsage {
    processes = List.copyOf(processes);
  }

  /**
   * Reads what is in use now. It takes no native code. A process that ends meanwhile is passed
   * over.
   *
   * @return what could be read
   * @throws IOException if {@code /proc} is not there
   */
  public static INotifyUsage read() throws IOException {
    return new UsageReader(Path.of("/proc")).read();
  }

  /**
   * How many instances all have.
   *
   * @return those of {@link #processes} together
   */
  public long instances() {
    return processes.stream().mapToLong(OfProcess::instances).sum();
  }

  /**
   * How many watches all have.
   *
   * @return those of {@link #processes} together
   */
  public long watches() {
    return processes.stream().mapToLong(OfProcess::watches).sum();
  }

  /**
   * How many instances the user of this process has: to be compared with {@link
   * INotifyLimits#instances}.
   *
   * @return those of the user's {@link #processes} together
   */
  public long instancesOfUser() {
    return processes.stream().filter(this::isOfUser).mapToLong(OfProcess::instances).sum();
  }

  /**
   * How many watches the user of this process has: to be compared with {@link
   * INotifyLimits#watches}.
   *
   * @return those of the user's {@link #processes} together
   */
  public long watchesOfUser() {
    return processes.stream().filter(this::isOfUser).mapToLong(OfProcess::watches).sum();
  }

  private boolean isOfUser(OfProcess process) {
    return process.uid == uid;
  }
}
