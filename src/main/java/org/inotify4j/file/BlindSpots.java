package org.inotify4j.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.inotify4j.follow.Retry;
import org.jspecify.annotations.Nullable;

/**
 * What is not seen of a name: why, and when it is looked at again.
 *
 * <p>Confined to the follower's thread.
 */
final class BlindSpots {

  private final Retry retry = new Retry();

  /** Why the path cannot be followed. */
  private @Nullable IOException failure;

  /** Why not all is seen that happens to the file, though the path could be followed. */
  private @Nullable IOException unseen;

  /** Whether a file system was unmounted: perhaps nobody says what is mounted there next. */
  private boolean isUnmounted;

  /** Whether it is waited for that the path can be followed, or that all of it is seen. */
  boolean isAny() {
    return failure != null || unseen != null;
  }

  /** Whether it may be that nothing is reported of the name. */
  boolean isOfName() {
    return unseen != null;
  }

  /** Whether nobody knows what happened until something was found. */
  boolean isEndedBy(NameResolution.Found found) {
    return failure != null || (unseen != null && found.unseen() == null);
  }

  /** Why nothing can be said of the name, or null. */
  @Nullable IOException refusal(@Nullable InodeWatch file) {
    // A file that is watched itself is enough where its directory may not be listed.
    boolean isEnough = unseen instanceof AccessDeniedException && file != null;
    return failure == null && !isEnough ? unseen : failure;
  }

  void unmounted() {
    isUnmounted = true;
  }

  /** The path could not be followed. */
  void failed(IOException reason) {
    failure = reason;
    retry.failedInTime();
  }

  /** The path could be followed. */
  void found(NameResolution.Found found) {
    failure = null;
    unseen = found.unseen();
    isUnmounted &= found.target() == null;
    if (unseen != null || found.isBlindAbove() || isUnmounted) {
      retry.failedInTime();
    } else {
      retry.succeeded();
    }
  }

  boolean isDue() {
    return retry.isDue();
  }

  /** How long until it is due, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  long untilDue() {
    return retry.untilDue();
  }

  /** Says it, once. */
  void tell(NameReport report) {
    if (failure != null) {
      report.tellUnwatched("cannot be watched", failure);
    } else if (unseen != null) {
      report.tellUnwatched("is watched in part only", unseen);
    } else {
      report.watched();
    }
  }
}
