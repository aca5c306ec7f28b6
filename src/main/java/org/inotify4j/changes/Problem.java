package org.inotify4j.changes;

import java.nio.file.Path;
import java.util.Optional;
import org.inotify4j.hub.Refusals;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a {@link PathWatcher} from telling all, or that is over again.
 *
 * <p>Immutable, and safe for use by several threads.
 */
@SuppressWarnings("exports") // JSpecify's annotations: nobody needs them at run time.
public final class Problem {

  /** What is wrong. */
  public enum Kind {

    /** A directory cannot be watched: what happens in it is not heard. It is tried again. */
    UNWATCHED,

    /**
     * The kernel does not report all that is done at a root, as on network file systems: it is
     * looked at as well, now and then.
     */
    POLLED,

    /** There is nothing to watch at a root, or it may not be read. It is waited for. */
    ROOT_GONE,

    /** A root that was gone is there, and watched. */
    ROOT_BACK,

    /** The listener threw something, or the executor did not take it. The watcher goes on. */
    LISTENER_FAILED,

    /** The watcher cannot go on, and is closed. */
    ENDED
  }

  private final Kind kind;
  private final Path path;
  private final String reason;
  private final @Nullable Throwable cause;

  Problem(Kind kind, Path path, String reason, @Nullable Throwable cause) {
    this.kind = kind;
    this.path = path;
    this.reason = reason;
    this.cause = cause;
  }

  /**
   * A directory or a name cannot be watched.
   *
   * @param errno why, a positive number; 0 where that is not known
   */
  static Problem unwatched(Path path, int errno) {
    return errno == 0
        ? new Problem(Kind.UNWATCHED, path, "its path cannot be followed", null)
        : new Problem(
            Kind.UNWATCHED, path, Refusals.reason(-errno), Refusals.exception(path, -errno));
  }

  /**
   * A listener was not called, or failed.
   *
   * @param what begins the reason, which what was thrown ends, if it can say what it is
   */
  static Problem ofListener(Path root, String what, Throwable thrown) {
    String text;
    try {
      text = thrown.toString();
    } catch (RuntimeException e) {
      text = thrown.getClass().getName();
    }
    return new Problem(Kind.LISTENER_FAILED, root, what + text, thrown);
  }

  /**
   * What is wrong.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * What it is about.
   *
   * @return the directory, or a root of the watcher
   */
  public Path path() {
    return path;
  }

  /**
   * Why, for people.
   *
   * @return a text without the path
   */
  public String reason() {
    return reason;
  }

  /**
   * What was thrown.
   *
   * @return empty where nothing was
   */
  public Optional<Throwable> cause() {
    return Optional.ofNullable(cause);
  }

  /** The problem for people. */
  @Override
  public String toString() {
    return kind + " " + PathBytes.text(path) + ": " + reason;
  }
}
