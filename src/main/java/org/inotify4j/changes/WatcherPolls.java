package org.inotify4j.changes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.inotify4j.libc.LibC;
import org.inotify4j.poll.PollMode;
import org.inotify4j.poll.PollPace;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.poll.SilentPlaces;
import org.jspecify.annotations.Nullable;

/** Says whether a root is polled besides being listened to, and how often. */
final class WatcherPolls {

  private final LibC libC;
  private final PollMode mode;
  private final Duration interval;
  private final boolean isAsked;

  /**
   * Those of one watcher.
   *
   * @param asked how often the program wants it; null where the properties decide
   */
  WatcherPolls(LibC libC, @Nullable Duration asked) {
    PollSettings settings = PollSettings.fromProperties();
    this.libC = libC;
    this.isAsked = asked != null;
    this.mode = isAsked ? PollMode.ALWAYS : settings.modeOr(PollMode.AUTO);
    this.interval = asked == null ? settings.interval() : asked;
  }

  /** The pace of a root that is polled; null where it is not. */
  @Nullable PollPace pace(WatchRoot root) {
    Path absolute = root.path().toAbsolutePath();
    Path parent = absolute.getParent();
    boolean isFile = root.reach() == WatchRoot.Reach.FILE;
    Path directory = isFile && parent != null ? parent : absolute;
    Set<String> places = SilentPlaces.at(libC, directory, true, mode);
    boolean isPolled =
        root.reach() == WatchRoot.Reach.TREE
            ? !places.isEmpty()
            : places.contains(SilentPlaces.ROOT);
    return isPolled ? new PollPace(libC, interval) : null;
  }

  /** Whether a program that did not ask for it is to be told that a root is polled. */
  boolean isNews() {
    return !isAsked && mode == PollMode.AUTO;
  }

  /** Why, for people. */
  String reason() {
    return "the kernel does not report all that is done there: it is looked at as well, every "
        + interval;
  }
}
