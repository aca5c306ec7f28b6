package org.inotify4j.recovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.poll.SilentPlaces;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what is not in some places of a tree, but for the directories on the way to them.
 *
 * @param places paths relative to the root, one char for each byte; the empty one is everything
 * @param ways these, and the directories on the way to them
 * @param filter what is left out there
 */
record Places(Set<String> places, Set<String> ways, EntryFilter filter) implements EntryFilter {

  /** Leaves out nothing. */
  static final Places EVERYWHERE = of(Set.of(SilentPlaces.ROOT), EntryFilter.NOTHING);

  /** Leaves out everything. */
  static final Places NOWHERE = of(Set.of(), EntryFilter.NOTHING);

  static Places of(Set<String> places, EntryFilter filter) {
    Set<String> ways = new HashSet<>();
    for (String place : places) {
      for (int end = place.length(); end > 0; end = place.lastIndexOf('/', end - 1)) {
        ways.add(place.substring(0, end));
      }
    }
    return new Places(Set.copyOf(places), ways, filter);
  }

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Places those
        && places.equals(those.places)
        && filter.equals(those.filter);
  }

  @Override
  public int hashCode() {
    return Objects.hash(places, filter);
  }

  @Override
  public boolean excludes(byte[] path, boolean isDirectory) {
    String text = new String(path, ISO_8859_1);
    return covers(text) ? filter.excludes(path, isDirectory) : !ways.contains(text);
  }

  boolean areEverywhere() {
    return places.contains(SilentPlaces.ROOT);
  }

  /** Whether a path is below one of the places. */
  boolean covers(byte[] path) {
    return covers(new String(path, ISO_8859_1));
  }

  private boolean covers(String path) {
    int end = path.lastIndexOf('/');
    while (end > 0 && !places.contains(path.substring(0, end))) {
      end = path.lastIndexOf('/', end - 1);
    }
    return end > 0 || areEverywhere();
  }

  @Override
  public boolean isPositional() {
    return true;
  }
}
