package org.inotify4j;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * A limit of the kernel on inotify, or on descriptors, was met. The message says which, its value
 * now, and the command that raises it.
 */
public final class INotifyLimitException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /** The limit's name. */
  private final String limit;

  /** The limit's value, or -1. */
  private final long value;

  /** What to do. */
  private final String remedy;

  INotifyLimitException(
      @Nullable String file, String summary, String limit, long value, String remedy) {
    super(
        file,
        null,
        summary
            + ": "
            + limit
            + (value < 0 ? "" : " is " + value)
            + (file == null ? "" : "; not watched: " + file)
            + "; to raise it: "
            + remedy);
    this.limit = limit;
    this.value = value;
    this.remedy = remedy;
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
   * @return a command that raises the limit
   */
  public String remedy() {
    return remedy;
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
