package org.inotify4j.recovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Set;
import org.inotify4j.disk.EntryFilter;

/**
 * Leaves out what is not in some places of a tree, but for the directories on the way to them.
 *
 * @param places paths relative to the root, one char for each byte; the empty one is everything
 * @param filter what is left out there
 */
record Places(Set<String> places, EntryFilter filter) implements EntryFilter {

  @Override
  public boolean excludes(byte[] path, boolean isDirectory) {
    String text = new String(path, ISO_8859_1);
    if (covers(text)) {
      return filter.excludes(path, isDirectory);
    }
    String below = text + '/';
    return places.stream().noneMatch(place -> place.equals(text) || place.startsWith(below));
  }

  /** Whether a path is below one of the places. */
  boolean covers(byte[] path) {
    return covers(new String(path, ISO_8859_1));
  }

  private boolean covers(String path) {
    return places.stream().anyMatch(place -> place.isEmpty() || path.startsWith(place + '/'));
  }

  @Override
  public boolean isPositional() {
    return true;
  }
}
