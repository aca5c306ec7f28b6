package org.inotify4j.recovery;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The places of a tree where the kernel tells nothing, or not all: silent file systems, and what a
 * limit on watches leaves over. They change as it goes on.
 */
public final class UnheardPlaces implements PolledPlaces {

  private final Supplier<Set<String>> finder;
  private final BooleanSupplier isLeftOver;
  private final Supplier<Set<String>> leftOver;
  private volatile Set<String> silent;

  /**
   * Those of one tree.
   *
   * @param silent where silent file systems are
   * @param finder looks where they are by now
   * @param isLeftOver whether directories are left over, which is asked often
   * @param leftOver which
   */
  public UnheardPlaces(
      Set<String> silent,
      Supplier<Set<String>> finder,
      BooleanSupplier isLeftOver,
      Supplier<Set<String>> leftOver) {
    this.finder = finder;
    this.isLeftOver = isLeftOver;
    this.leftOver = leftOver;
    this.silent = silent;
  }

  /** Something was mounted, or unmounted, or moved with what is mounted in it. */
  @Override
  public void look() {
    silent = finder.get();
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
