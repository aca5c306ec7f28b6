package org.inotify4j.watch;

import java.nio.file.WatchEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The modifier that polls what is watched, besides listening.
 *
 * @param interval how long it is at least from one round to the next
 */
record Polling(Duration interval) implements WatchEvent.Modifier {

  Polling {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(
          "the interval of polling must be more than 0: " + interval);
    }
  }

  @Override
  public String name() {
    return "POLL";
  }

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Polling polling && interval.equals(polling.interval);
  }

  @Override
  public int hashCode() {
    return interval.hashCode();
  }
}
