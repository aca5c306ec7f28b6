package org.inotify4j.changes;

import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.file.FileModel;
import org.inotify4j.libc.LibC;
import org.inotify4j.poll.PollMode;
import org.inotify4j.poll.PollPace;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.poll.SilentPlaces;
import org.inotify4j.recovery.Recovery;
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

  /**
   * The places of a root that is a directory that are polled; none where nothing is.
   *
   * @param filter what is left out is none
   * @param before those that were known before
   */
  SilentPlaces.Found places(WatchRoot root, EntryFilter filter, Set<String> before) {
    boolean isTree = root.reach() == WatchRoot.Reach.TREE;
    return SilentPlaces.of(
        mode, () -> SilentPlaces.at(libC, root.path(), isTree, filter, true, before));
  }

  /**
   * Whether a root is polled for more than that it is not known yet whether it must be, which a
   * tree asks again.
   *
   * @param before those that were known before
   */
  static boolean isNeeded(WatchRoot root, SilentPlaces.Found found, Set<String> before) {
    boolean isKnown =
        found.isCertain()
            || root.reach() != WatchRoot.Reach.TREE
            || !before.containsAll(found.places());
    return isKnown && !found.places().isEmpty();
  }

  /** How often it is polled. */
  PollPace pace() {
    return new PollPace(libC, interval);
  }

  /** Has a file be polled where it is not heard, or always; says when it is not heard. */
  void pollWhereUnheard(FileModel file, Recovery recovery, Runnable whenSilent) {
    if (mode != PollMode.NEVER) {
      recovery.pollWhile(pace(), polling(file, whenSilent));
    }
  }

  /**
   * Whether a name is to be polled: always, or as long as it leads to where the kernel is silent.
   *
   * @param whenSilent is run when it does, in the thread of the model
   */
  BooleanSupplier polling(FileModel name, Runnable whenSilent) {
    if (mode != PollMode.AUTO) {
      return () -> mode == PollMode.ALWAYS;
    }
    name.whenElsewhere(
        toSilence -> {
          if (toSilence) {
            whenSilent.run();
          }
          return false;
        });
    return name::isSilent;
  }

  /** Whether it is polled just where nothing is heard. */
  boolean isAuto() {
    return mode == PollMode.AUTO;
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
