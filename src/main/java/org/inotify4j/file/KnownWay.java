package org.inotify4j.file;

import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * The places that decide which file a name is, as they are watched now; and where the path cannot
 * be followed any more, also those of the last time that it could.
 *
 * <p>Confined to the follower's thread.
 */
final class KnownWay {

  private final NameResolution lookup;
  private List<PathStep> places = List.of();
  private List<PathStep> placesBefore = List.of();

  /** Whether the places are those of a way that could not be gone to its end. */
  private boolean isBroken;

  KnownWay(NameResolution lookup) {
    this.lookup = lookup;
  }

  /** The place of the name that a record is about, or null where the path does not lead there. */
  @Nullable PathStep find(KernelRecord event) {
    PathStep place = find(places, event);
    return place == null ? find(placesBefore, event) : place;
  }

  private static @Nullable PathStep find(List<PathStep> some, KernelRecord event) {
    for (PathStep place : some) {
      if (place.wd() == event.wd() && place.name().equals(event.entryName())) {
        return place;
      }
    }
    return null;
  }

  /** Whether the path leads by what has a watch. */
  boolean isBy(int wd) {
    return Stream.of(places, placesBefore)
        .flatMap(List::stream)
        .anyMatch(place -> place.wd() == wd);
  }

  /** Whether something was found by the same names in the same directories. */
  boolean isThatOf(NameResolution.Found found) {
    return found.isSameWay(places);
  }

  /** Takes over where a path was followed to its end. */
  void replace(NameResolution.Found found) {
    List<PathStep> known = places;
    places = found.places();
    lookup.release(known);
    lookup.release(placesBefore);
    placesBefore = List.of();
    isBroken = false;
  }

  /** Takes over how far a path could be followed. */
  void replaceByPart(NameResolution.Found found) {
    if (isBroken) {
      lookup.release(places);
    } else {
      placesBefore = places;
    }
    places = found.places();
    isBroken = true;
  }

  /** The file is not there any more. */
  void releaseContent() {
    List<PathStep> before = places;
    places = before.stream().filter(place -> place.role() != PathStep.Role.CONTENT).toList();
    lookup.release(before.stream().filter(place -> place.role() == PathStep.Role.CONTENT).toList());
  }
}
