package org.inotify4j.recovery;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.inotify4j.poll.SilentPlaces;

/**
 * A single name, which is polled or not.
 *
 * @param isSilent whether it is to be
 */
record NamePlace(BooleanSupplier isSilent) implements PolledPlaces {

  @Override
  public boolean areSome() {
    return isSilent.getAsBoolean();
  }

  @Override
  public Set<String> silent() {
    return now();
  }

  @Override
  public Set<String> now() {
    return areSome() ? Set.of(SilentPlaces.ROOT) : Set.of();
  }
}
