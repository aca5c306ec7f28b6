package org.inotify4j.recovery;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.inotify4j.follow.Retry;
import org.inotify4j.poll.SilentPlaces;
import org.jspecify.annotations.Nullable;

/**
 * The places of a tree where the kernel tells nothing, or not all: silent file systems, and what a
 * limit on watches leaves over. They change as it goes on.
 *
 * <p>Where the silent ones are may not be known for a moment. Then they are where they were, or
 * where these have moved to; it is asked again after a second, and ever more rarely, since it may
 * be for good.
 */
public final class UnheardPlaces implements PolledPlaces {

  private final SilentPlaces.Finder finder;
  private final BooleanSupplier isLeftOver;
  private final Supplier<Set<String>> leftOver;
  private final Retry retry = new Retry();
  private volatile Set<String> silent = Set.of();

  /**
   * Those of one tree.
   *
   * @param finder looks where silent file systems are by now
   * @param isLeftOver whether directories are left over, which is asked often
   * @param leftOver which
   */
  public UnheardPlaces(
      SilentPlaces.Finder finder, BooleanSupplier isLeftOver, Supplier<Set<String>> leftOver) {
    this.finder = finder;
    this.isLeftOver = isLeftOver;
    this.leftOver = leftOver;
  }

  /** Says where the silent ones are. */
  public void set(SilentPlaces.Found found) {
    silent = found(found);
  }

  /** Says where they are, as was found. */
  public void set(Set<String> found) {
    silent = found;
  }

  /** Where it is not known they are as others have them. */
  public void setAs(UnheardPlaces others) {
    if (retry.isOwed()) {
      Set<String> all = new HashSet<>(silent);
      all.addAll(others.silent);
      silent = all;
    }
  }

  /** Something was mounted, or unmounted, or moved with what is mounted in it. */
  public void look() {
    silent = find();
  }

  /** The silent ones by now, before these are those that are polled. */
  public Set<String> find() {
    return found(finder.find(silent));
  }

  private Set<String> found(SilentPlaces.Found found) {
    if (found.isCertain()) {
      retry.succeeded();
    } else {
      askAgain();
    }
    return found.places();
  }

  /** It is to be looked once more. */
  public void askAgain() {
    retry.failedInTime();
  }

  /** How long until it is to be looked again, in nanoseconds; {@link Long#MAX_VALUE} for good. */
  public long untilAsked() {
    return retry.untilDue();
  }

  @Override
  public void moved(String directory, @Nullable String to) {
    Set<String> moved = new HashSet<>();
    for (String place : silent) {
      if (!place.startsWith(directory + '/')) {
        moved.add(place);
      } else if (to != null) {
        moved.add(to + place.substring(directory.length()));
      }
    }
    if (!moved.equals(silent)) {
      silent = moved;
      look();
    }
  }

  @Override
  public boolean areSome() {
    return !silent.isEmpty() || isLeftOver.getAsBoolean();
  }

  @Override
  public Set<String> silent() {
    return silent;
  }

  @Override
  public Set<String> now() {
    Set<String> all = new HashSet<>(silent);
    all.addAll(leftOver.get());
    return all.stream().filter(place -> !isWithin(place, all)).collect(Collectors.toSet());
  }

  /** Whether a directory above is one of them, which has all below. */
  private static boolean isWithin(String place, Set<String> others) {
    boolean isWithin = false;
    for (int end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1)) {
      isWithin |= others.contains(place.substring(0, end));
    }
    return isWithin;
  }
}
