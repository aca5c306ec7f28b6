package org.inotify4j.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.LibC;
import org.inotify4j.poll.PollMode;
import org.inotify4j.poll.PollPace;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.poll.SilentPlaces;
import org.jspecify.annotations.Nullable;

/**
 * Says what of a registration is polled, and how often: by its modifiers, and by the properties.
 */
final class Polls {

  private final LibC libC;

  /** Read when they are asked for first. */
  private volatile @Nullable PollSettings settings;

  /** By the properties as they are when a registration first asks for them. */
  Polls(LibC libC) {
    this.libC = libC;
  }

  /** What is asked of a directory that needs no follower otherwise: polled where that is to be. */
  Registration plain(Path directory, Registration requested) {
    // Most programs set nothing: that is to cost them nothing.
    if (System.getProperty(PollSettings.MODE_PROPERTY) == null
        || places(directory, requested, EntryFilter.NOTHING, SilentPlaces.AT_FIRST)
            .places()
            .isEmpty()) {
      return requested;
    }
    return requested.polled(new Polling(settings().interval()));
  }

  private PollSettings settings() {
    PollSettings read = settings;
    if (read == null) {
      read = PollSettings.fromProperties();
      settings = read;
    }
    return read;
  }

  /**
   * The places of a directory that are polled; none where nothing is.
   *
   * @param filter what is left out is none
   * @param before those that were known before
   */
  SilentPlaces.Found places(
      Path directory, Registration requested, EntryFilter filter, Set<String> before) {
    boolean isTree = requested.recursive();
    boolean follows = !requested.noFollow();
    return SilentPlaces.of(
        mode(requested), () -> SilentPlaces.at(libC, directory, isTree, filter, follows, before));
  }

  /** Whether it is polled whatever it is. */
  boolean isAlways(Registration requested) {
    return mode(requested) == PollMode.ALWAYS;
  }

  /** Whether it is polled just where nothing is heard. */
  boolean isAuto(Registration requested) {
    return mode(requested) == PollMode.AUTO;
  }

  private PollMode mode(Registration requested) {
    if (requested.polling() != null) {
      return PollMode.ALWAYS;
    }
    boolean isByDefault = requested.recursive() || requested.file();
    return settings().modeOr(isByDefault ? PollMode.AUTO : PollMode.NEVER);
  }

  /** How often it is polled. */
  PollPace pace(Registration requested) {
    Polling polling = requested.polling();
    Duration interval = polling == null ? settings().interval() : polling.interval();
    return new PollPace(libC, interval);
  }
}
