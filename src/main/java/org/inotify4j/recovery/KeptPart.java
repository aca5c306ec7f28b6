package org.inotify4j.recovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.KnownEntries;
import org.jspecify.annotations.Nullable;

/**
 * Which of what was told is kept: everything, or just what nobody hears of, which are the places
 * that are polled and the directories on the way to them. All else is told as it comes then.
 *
 * <p>A place that is left over is kept from its first round on. What is in it then was never told,
 * since it could not be watched. One where something silent is mounted is kept from when it is told
 * that it came: what is told after that is in it. Each is kept until the records have come by that
 * were queued when its last round looked at it: what that look has told they do not tell again.
 */
final class KeptPart {

  private static final int CHANGES_PLACE =
      Mask.of(Flag.CREATE, Flag.DELETE, Flag.MOVED_TO, Flag.MOVED_FROM);

  private static final int CAME = Mask.of(Flag.CREATE, Flag.MOVED_TO);

  private final Disk disk;
  private final Rounds rounds;
  private Places kept;

  /**
   * That of one who was told nothing.
   *
   * @param isWhole whether everything is kept, for now at least
   */
  KeptPart(Disk disk, Rounds rounds, boolean isWhole) {
    this.disk = disk;
    this.rounds = rounds;
    this.kept = isWhole ? Places.EVERYWHERE : Places.NOWHERE;
  }

  /** Whether everything is kept. */
  boolean isWhole() {
    return kept.areEverywhere();
  }

  /** Whether what is told of an entry is noted. */
  boolean covers(byte[] entry) {
    return isWhole() || (!kept.places().isEmpty() && kept.covers(entry));
  }

  /**
   * From here on only what is polled now is kept.
   *
   * @return what of it is known
   */
  KnownEntries narrow(KnownEntries known) {
    rounds.goOn();
    return keepLess(known);
  }

  /** Looks for the first time at places that are silent: which these are. */
  Set<String> beginAnew() {
    rounds.again(rounds.silent());
    kept = Places.of(rounds.silent(), EntryFilter.NOTHING);
    return kept.places();
  }

  /**
   * Keeps as well what another one has kept.
   *
   * @return what of it is known
   */
  KnownEntries takeOver(KeptPart before, KnownEntries known) {
    if (isWhole()) {
      return disk.selected(known);
    } else if (before.isWhole()) {
      return narrow(known);
    }
    Set<String> unheard = before.rounds.unheard();
    Set<String> places = new HashSet<>(rounds.silent());
    places.addAll(before.rounds.last());
    places.addAll(unheard);
    rounds.again(places);
    kept = before.kept;
    KnownEntries selected = disk.selected(known, kept.places());
    // Some of them may have had no round yet.
    unheard.forEach(place -> addWay(selected, place));
    return selected;
  }

  /**
   * A round looks at places from here on.
   *
   * @param unheard those of them that are there, as far as is known
   */
  void begin(KnownEntries known, Set<String> places, Set<String> unheard) {
    unheard.forEach(place -> addWay(known, place));
    Set<String> all = new HashSet<>(kept.places());
    all.addAll(places);
    kept = Places.of(all, EntryFilter.NOTHING);
  }

  /** Adds the directories on the way to a place that nobody has told of here, and that itself. */
  private void addWay(KnownEntries known, String place) {
    for (int end = place.indexOf('/'); end >= 0; end = place.indexOf('/', end + 1)) {
      addDirectory(known, place.substring(0, end));
    }
    addDirectory(known, place);
  }

  private void addDirectory(KnownEntries known, String path) {
    byte[] entry = path.getBytes(ISO_8859_1);
    // Of what is in a place that is kept, what was told is known.
    if (!known.isDirectory(entry) && !kept.covers(entry)) {
      known.remove(entry);
      known.add(entry, true);
    }
  }

  /** Something that is kept may be other than is known: the next round is at all of it. */
  void lookAtAll() {
    Set<String> all = new HashSet<>(rounds.last());
    all.addAll(kept.places());
    rounds.again(all);
  }

  /** Whether places are kept that had their last round. */
  boolean isTooMuch() {
    return !isWhole() && !kept.places().equals(rounds.last());
  }

  /**
   * Keeps only those that have another round.
   *
   * @return what of them is known
   */
  KnownEntries keepLess(KnownEntries known) {
    kept = Places.of(rounds.last(), EntryFilter.NOTHING);
    return disk.selected(known, kept.places());
  }

  /** Events are lost, and not told later. */
  void overflow() {
    if (!isWhole()) {
      // Who looks for itself does so about now: what was done until then is told by then.
      rounds.hasten();
    }
  }

  /** The places of a round that have to be there: others are gone, as was told. */
  Set<String> expected(KnownEntries known, Set<String> places) {
    return places.stream()
        .filter(place -> known.isDirectory(place.getBytes(ISO_8859_1)))
        .collect(Collectors.toSet());
  }

  /** Something was told that is not kept: it may be a directory on the way. */
  void passes(KnownEntries known, int mask, byte[] entry) {
    String path = new String(entry, ISO_8859_1);
    if ((mask & CHANGES_PLACE) != 0 && !kept.places().isEmpty()) {
      known.remove(entry);
      renamePlaces(place -> isAtOrBelow(place, path) ? null : place);
    }
    if ((mask & CAME) != 0 && Flag.ISDIR.isIn(mask)) {
      comes(known, path);
    } else if ((mask & CHANGES_PLACE) != 0 && Flag.ISDIR.isIn(mask)) {
      rounds.leaves(entry);
    }
  }

  /** A directory came, and what is found in it is told next. */
  private void comes(KnownEntries known, String directory) {
    if (rounds.silent().contains(directory)) {
      addWay(known, directory);
      kept = Places.of(with(kept.places(), directory), EntryFilter.NOTHING);
      rounds.again(with(rounds.last(), directory));
    }
  }

  private static Set<String> with(Set<String> places, String place) {
    Set<String> all = new HashSet<>(places);
    all.add(place);
    return all;
  }

  /** The silent places that are not kept. */
  Set<String> unkept() {
    return rounds.silent().stream()
        .filter(place -> !kept.places().contains(place) && !covers(place.getBytes(ISO_8859_1)))
        .collect(Collectors.toSet());
  }

  private static boolean isAtOrBelow(String place, String top) {
    return place.equals(top) || place.startsWith(top + '/');
  }

  /** Has places be elsewhere, or not be there any more, which is null. */
  private void renamePlaces(Function<String, @Nullable String> places) {
    kept = Places.of(renamed(kept.places(), places), EntryFilter.NOTHING);
    rounds.again(renamed(rounds.last(), places));
  }

  private static Set<String> renamed(Set<String> all, Function<String, @Nullable String> places) {
    Set<String> renamed = new HashSet<>();
    for (String one : all) {
      String place = places.apply(one);
      if (place != null) {
        renamed.add(place);
      }
    }
    return renamed;
  }

  /** The same of a rename. */
  void passes(KnownEntries known, byte[] from, byte[] to) {
    rounds.moves(from, to);
    if (!kept.places().isEmpty() && known.isDirectory(from)) {
      String path = new String(to, ISO_8859_1);
      int end = path.lastIndexOf('/');
      if (end > 0) {
        addWay(known, path.substring(0, end));
      }
      if (!known.move(from, to)) {
        known.remove(from);
      }
      String old = new String(from, ISO_8859_1);
      renamePlaces(
          place -> {
            String below = isAtOrBelow(place, path) ? null : place;
            return isAtOrBelow(place, old) ? path + place.substring(old.length()) : below;
          });
    }
  }
}
