package org.inotify4j.file;

import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a name: the places that decide which file it is, as they are watched now, and
 * that file. Where the path cannot be followed any more, also the places of the last time that it
 * could are known.
 *
 * <p>Confined to the follower's thread.
 */
final class KnownWay {

  private final NameResolution lookup;
  private final BlindSpots blind;
  private List<PathStep> places = List.of();
  private List<PathStep> placesBefore = List.of();

  /** Whether the places are those of a way that could not be gone to its end. */
  private boolean isBroken;

  /** The file that the program knows of, or null where it knows of none. */
  private @Nullable InodeWatch file;

  /**
   * Nothing yet.
   *
   * @param blind hears what is not seen of what is found
   */
  KnownWay(NameResolution lookup, BlindSpots blind) {
    this.lookup = lookup;
    this.blind = blind;
  }

  /** The file that the program knows of, or null where it knows of none. */
  @Nullable InodeWatch file() {
    return file;
  }

  /** The place of the name that a record is about, or null where the path does not lead there. */
  @Nullable PathStep find(KernelRecord record) {
    PathStep place = find(places, record);
    return place == null ? find(placesBefore, record) : place;
  }

  private static @Nullable PathStep find(List<PathStep> some, KernelRecord record) {
    for (PathStep place : some) {
      if (place.wd() == record.wd() && place.name().equals(record.entryName())) {
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

  /**
   * Takes over what was found, and gives back what was known before. Where the path cannot be
   * followed to its end the file stays the one that is known.
   */
  void adopt(NameResolution.Found found) {
    if (found.failure() != null) {
      replaceByPart(found);
      blind.failed(found.failure());
      return;
    }
    replace(found);
    InodeWatch known = file;
    if (known == null || !known.isAsGoodAs(found.target())) {
      file = found.target();
    }
    blind.found(found);
  }

  /** Takes over where a path was followed to its end. */
  private void replace(NameResolution.Found found) {
    List<PathStep> known = places;
    places = found.places();
    lookup.release(known);
    lookup.release(placesBefore);
    placesBefore = List.of();
    isBroken = false;
  }

  /** Takes over how far a path could be followed. */
  private void replaceByPart(NameResolution.Found found) {
    if (isBroken) {
      lookup.release(places);
    } else {
      placesBefore = places;
    }
    places = found.places();
    isBroken = true;
  }

  /** There was a file, whatever it was. */
  void assumeFile() {
    if (file == null) {
      file = InodeWatch.unknown();
    }
  }

  /** The file is not there any more. */
  void loseFile() {
    file = null;
    List<PathStep> before = places;
    places = before.stream().filter(place -> place.role() != PathStep.Role.CONTENT).toList();
    lookup.release(before.stream().filter(place -> place.role() == PathStep.Role.CONTENT).toList());
  }
}
