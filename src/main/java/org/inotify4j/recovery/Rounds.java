package org.inotify4j.recovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.Set;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.poll.PollPace;
import org.inotify4j.poll.SilentPlaces;
import org.jspecify.annotations.Nullable;

/**
 * When something is polled, and which places of it.
 *
 * <p>A place that is heard of by now has one more round: what was done there after the last one,
 * and before it was heard, is told by nobody else.
 */
final class Rounds {

  private @Nullable PollPace pace;
  private PolledPlaces places = PolledPlaces.ALL;

  /** Those of the last round. */
  private Set<String> last = Set.of();

  private Set<String> now = Set.of();

  /** Where the last one looked. */
  private Places looked = Places.NOWHERE;

  /** When the next one is, in {@link System#nanoTime}. */
  private long next;

  /**
   * Everything is polled.
   *
   * @param pace how often; null for never
   */
  Rounds(@Nullable PollPace pace) {
    this.pace = pace;
  }

  /** Has some places be polled, as long as there are such. */
  void set(PollPace often, PolledPlaces where) {
    pace = often;
    places = where;
  }

  /** Whether something is polled now: what is not heard of may come, and go. */
  boolean arePending() {
    return pace != null && (!last.isEmpty() || places.areSome());
  }

  /** Whether an entry is where the last round looked, or where the next one will in silence. */
  boolean cover(byte[] entry) {
    return looked.covers(entry) || isInSilence(entry);
  }

  private boolean isInSilence(byte[] entry) {
    Set<String> silent = pace == null ? Set.of() : places.silent();
    return !silent.isEmpty() && Places.of(silent, EntryFilter.NOTHING).covers(entry);
  }

  /** How long until the next one, in nanoseconds; negative when it is late. */
  long untilNext() {
    return next - System.nanoTime();
  }

  /** Begins to count until the first one. */
  void start() {
    if (pace != null) {
      next = System.nanoTime() + pace.interval();
    }
  }

  /** The next one is at once. */
  void hasten() {
    next = System.nanoTime();
  }

  /** A look begins, of a round or another one. */
  void begin() {
    if (pace != null) {
      pace.begin();
    }
  }

  /** It is over. */
  void end() {
    if (pace != null) {
      next = System.nanoTime() + pace.end();
    }
  }

  /** Those of the places of this round that are not heard of by now. */
  Set<String> now() {
    return now;
  }

  /** The places that have another round. */
  Set<String> last() {
    return last;
  }

  /** The next round is at these places as well. */
  void again(Set<String> these) {
    last = these;
  }

  /** The places that are silent now. */
  Set<String> silent() {
    return places.silent();
  }

  /** A directory is not there any more: the silent places in it may be elsewhere. */
  void leaves(byte[] directory) {
    if (!silent().isEmpty()) {
      places.moved(new String(directory, ISO_8859_1), null);
    }
  }

  /** A directory is elsewhere, with the silent places in it. */
  void moves(byte[] from, byte[] to) {
    if (!silent().isEmpty()) {
      places.moved(new String(from, ISO_8859_1), new String(to, ISO_8859_1));
    }
  }

  /** Has all places that are polled now have another round, by which they are known already. */
  void goOn() {
    last = Set.copyOf(unheard());
  }

  /** The places that are polled now, whether they had a round yet or not. */
  Set<String> unheard() {
    return places.now();
  }

  /** The places of the round that begins now. */
  Set<String> places() {
    now = unheard();
    Set<String> all = new HashSet<>(now);
    all.addAll(last);
    last = now.contains(SilentPlaces.ROOT) ? Set.of() : Set.copyOf(now);
    looked = Places.of(all, EntryFilter.NOTHING);
    return all;
  }
}
