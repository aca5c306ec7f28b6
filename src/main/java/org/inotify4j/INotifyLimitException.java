package org.inotify4j;

import java.nio.file.FileSystemException;
import java.util.Objects;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * A limit of the kernel on inotify, or on descriptors, was met. The message says which, its value
 * now, and the command that raises it. See "/proc/interfaces" in inotify(7), RLIMIT_NOFILE in
 * getrlimit(2), and {@code file-max} in proc_sys_fs(5).
 */
public final class INotifyLimitException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** The limit's name. */
  private final String limit;

  /** The limit's value, or -1. */
  private final long value;

  /** What to do. */
  private final String remedy;

  /** What {@link #needed} says where it is not known. */
  static final long UNKNOWN = -1;

  /** How many are needed, or {@link #UNKNOWN}. */
  private final long needed;

  INotifyLimitException(
      @Nullable String file, String summary, String limit, long value, String remedy, long needed) {
    super(
        file,
        null,
        summary
            + ": "
            + limit
            + (value < 0 ? "" : " is " + value)
            + (needed < 0 ? "" : "; " + needed + " are needed")
            + (file == null ? "" : "; not watched: " + file)
            + "; to raise it"
            // Elsewhere the setting of that name is another one.
            + (limit.startsWith("user.") ? " in this user namespace, as its root: " : ": ")
            + remedy);
    this.limit = limit;
    this.value = value;
    this.remedy = remedy;
    this.needed = needed;
  }

  /**
   * For code that places watches for a whole tree: the limit on watches was met. See ENOSPC in
   * inotify_add_watch(2).
   *
   * @param file the path that cannot be watched
   * @param needed how many watches it needs, or -1 where that is not known
   * @return an exception for the caller to throw
   */
  public static INotifyLimitException ofWatches(String file, long needed) {
    return KernelLimits.watches(Objects.requireNonNull(file, "file"), needed);
  }

  /**
   * For code that opens directories on the way to a watch: the process has as many descriptors as
   * it may have. See EMFILE in open(2).
   *
   * @param file the path that cannot be watched
   * @return an exception for the caller to throw
   */
  public static INotifyLimitException ofDescriptors(String file) {
    return KernelLimits.descriptors(SystemLibC.get(), Objects.requireNonNull(file, "file"));
  }

  /**
   * For code that opens directories on the way to a watch: the system has as many open files as it
   * may have. See ENFILE in open(2).
   *
   * @param file the path that cannot be watched
   * @return an exception for the caller to throw
   */
  public static INotifyLimitException ofOpenFiles(String file) {
    return KernelLimits.openFilesOfTheSystem(Objects.requireNonNull(file, "file"));
  }

  /**
   * Which limit it was.
   *
   * @return such as {@code fs.inotify.max_user_watches}, {@code fs.inotify.max_user_instances},
   *     {@code RLIMIT_NOFILE} for the process's descriptors, {@code fs.file-max} for the system's,
   *     or {@code user.max_inotify_watches} and {@code user.max_inotify_instances} for the user
   *     namespace's
   */
  public String limit() {
    return limit;
  }

  /**
   * What the limit is now.
   *
   * @return its value, or -1 where it could not be read
   */
  public long value() {
    return value;
  }

  /**
   * The way out.
   *
   * @return a command that raises the limit, for root: where {@link #limit} is one of the user
   *     namespace, for the root of that and in it, as the setting of that name on the host is
   *     another one. For {@code RLIMIT_NOFILE} where it is set, if the process cannot raise it any
   *     further
   */
  public String remedy() {
    return remedy;
  }

  /**
   * How many are needed.
   *
   * @return how many watches the tree needs that was to be watched, at least; -1 where that is not
   *     known
   */
  public long needed() {
    return needed;
  }

  /**
   * The whole story in one line.
   *
   * @return what was met, the limit with its value, the path, and the remedy
   */
  @Override
  public String getMessage() {
    return getReason();
  }
}
