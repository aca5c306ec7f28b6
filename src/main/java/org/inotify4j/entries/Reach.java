package org.inotify4j.entries;

import java.util.Objects;
import org.inotify4j.disk.EntryFilter;
import org.jspecify.annotations.Nullable;

/**
 * What of a tree is read.
 *
 * @param followsLink whether a link at the end of the root's path is followed
 * @param filter what is left out
 * @param hasMode whether permissions are kept
 * @param isFlat whether only the root's own entries are read
 */
public record Reach(boolean followsLink, EntryFilter filter, boolean hasMode, boolean isFlat) {

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reach reach
        && followsLink == reach.followsLink
        && hasMode == reach.hasMode
        && isFlat == reach.isFlat
        && filter.equals(reach.filter);
  }

  @Override
  public int hashCode() {
    return Objects.hash(followsLink, filter, hasMode, isFlat);
  }
}
