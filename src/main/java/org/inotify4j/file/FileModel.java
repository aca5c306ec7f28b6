package org.inotify4j.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.Log;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Model;
import org.inotify4j.follow.Origin;
import org.inotify4j.follow.Retry;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * The model of one name, whatever file it stands for.
 *
 * <p>{@link NameResolution} finds the places that decide which file that is. A change of an entry
 * at any of them but the last is a reason to look again, and what is told then follows from which
 * file was there before and is now. The last place is that of the file itself: its events are told
 * as the kernel says them, but that a file which comes where one is has replaced that, which is
 * told as a modification.
 *
 * <p>A look lies ahead of the events that are still queued. Until a mark has come by that was
 * placed behind it, what it has seen already is passed over when it is reported: the creation of a
 * file that is known, the deletion of one that is not, and a replacement by the file that was seen.
 */
public final class FileModel implements Model {

  private static final byte[] SELF = {};

  /** Which file it is was not seen. */
  private static final Object UNKNOWN = new Object();

  private static final int CAME = Mask.of(Flag.CREATE, Flag.MOVED_TO);

  private final Hub hub;
  private final NameInterests names;
  private final Inbox inbox;
  private final Audience audience;
  private final Interests interests;
  private final NameResolution lookup;

  private List<PathStep> places = List.of();

  /** The places of the last time that the path could be followed: kept while it cannot be. */
  private List<PathStep> placesBefore = List.of();

  /** The file that the program knows of, or null where it knows of none. */
  private @Nullable Object identity;

  private @Nullable IOException failure;
  private final Retry retry = new Retry();
  private boolean isTold;
  private boolean isTelling;

  /** Whether the last change was that a file came by a move: perhaps it was exchanged. */
  private boolean cameLast;

  /** Counts the looks; those up to the confirmed one are not ahead of the events any more. */
  private volatile int looks;

  private int confirmed;
  private int marked;
  private int silentLook;

  private volatile boolean isClosed;

  /**
   * A name that nobody has looked at yet.
   *
   * @param inbox where the records of the places come that decide which file it is
   * @param path the name
   * @param followsLink whether the file is meant that a link of the name leads to
   */
  public FileModel(
      Hub hub,
      NameInterests names,
      Inbox inbox,
      Audience audience,
      Path path,
      boolean followsLink) {
    this.hub = hub;
    this.names = names;
    this.inbox = inbox;
    this.audience = audience;
    this.interests = audience.interests();
    int events = interests.mask() & Mask.ALL_EVENTS;
    this.lookup = new NameResolution(hub, names, this, path, events, followsLink);
  }

  /** Where its records come. */
  Inbox inbox() {
    return inbox;
  }

  /** Whether it gets no watch any more. Any thread may ask. */
  boolean isClosed() {
    return isClosed;
  }

  @Override
  public boolean build() throws IOException {
    look();
    IOException refused = failure;
    if (refused != null) {
      throw refused;
    }
    return true;
  }

  @Override
  public void look() {
    lookAgain();
    silentLook = looks;
  }

  @Override
  public void take(KernelRecord event) {
    int mask = event.mask();
    if (event.nameLength() == 0) {
      boolean concerns =
          Stream.of(places, placesBefore)
              .flatMap(List::stream)
              .anyMatch(place -> place.wd() == event.wd());
      if (concerns && (!Flag.ATTRIB.isIn(mask) || failure != null)) {
        lookAgain();
      }
      return;
    }
    PathStep place = placeOf(event);
    if (place == null) {
      return; // The path does not lead there any more.
    }
    if (place.role() == PathStep.Role.FILE) {
      ofFile(mask, event.cookie());
    } else if ((mask & NameInterests.CHANGES) != 0 || failure != null) {
      lookAgain();
    }
  }

  private @Nullable PathStep placeOf(KernelRecord event) {
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

  /** An event of the name itself. */
  private void ofFile(int mask, int cookie) {
    if ((mask & CAME) != 0) {
      came(mask, cookie);
      cameLast = Flag.MOVED_TO.isIn(mask);
    } else if ((mask & NameInterests.CHANGES) != 0) {
      // Where it is there still it was exchanged: what goes is what was here before.
      boolean isExchanged = Flag.MOVED_FROM.isIn(mask) && cameLast && isThere();
      if (identity != null && !isExchanged) {
        identity = null;
        tell(interests.kinds(mask, true), mask, cookie);
      }
      cameLast = false;
    } else if (identity != null) {
      tell(interests.kinds(mask, true), mask, cookie);
    }
  }

  /** Whether the file that the program knows of is there; where that cannot be seen it is. */
  private boolean isThere() {
    NameResolution.Found found = lookup.find();
    lookup.release(found.places());
    if (found.failure() != null) {
      lookAgain();
      return true;
    }
    return identity != null && identity.equals(found.identity());
  }

  private void came(int mask, int cookie) {
    NameResolution.Found found = lookup.find();
    lookup.release(found.places());
    if (found.failure() != null || !found.places().equals(places)) {
      // It is a link.
      lookAgain();
      return;
    }
    // Where it is gone already the event that says so is queued.
    Object come = found.identity() == null ? UNKNOWN : found.identity();
    if (identity == null) {
      identity = come;
      tell(interests.kinds(mask, true), mask, cookie);
    } else if (confirmed == looks || !identity.equals(come)) {
      identity = come;
      tell(interests.kindsOfReplacement(mask), mask, cookie);
    }
  }

  /** Follows the path again, and tells what that comes to. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time counts.
  private void lookAgain() {
    NameResolution.Found found = lookup.find();
    List<PathStep> before = places;
    boolean wasBlind = failure != null;
    looks++;
    if (found.failure() != null) {
      if (wasBlind) {
        lookup.release(before);
      } else {
        placesBefore = before;
      }
      places = found.places();
      refused(found.failure());
      return;
    }
    places = found.places();
    lookup.release(before);
    lookup.release(placesBefore);
    placesBefore = List.of();
    failure = null;
    retry.succeeded();
    isTold = false;
    Object known = identity;
    identity = found.identity();
    if (known == null && identity != null) {
      tellFound(interests.kinds(Flag.CREATE.bit(), true), Flag.CREATE);
    } else if (known != null && identity == null) {
      tellFound(interests.kinds(Flag.DELETE.bit(), true), Flag.DELETE);
    } else if (!Objects.equals(known, identity)) {
      tellFound(interests.kindsOfReplacement(0), Flag.MOVED_TO);
    } else if (wasBlind && identity != null) {
      // Nobody knows what happened to it meanwhile.
      tellFound(interests.kinds(Flag.MODIFY.bit(), true), Flag.MODIFY);
    }
  }

  /** The path cannot be followed, or not be watched: said once, and tried again now and then. */
  private void refused(IOException reason) {
    failure = reason;
    if (!retry.isOwed() || retry.isDue()) {
      // Other reasons to look, however many, do not put it off.
      retry.failed();
    }
    if (isTold || silentLook == 0 || isClosed || !audience.isOpen()) {
      return;
    }
    isTold = true;
    if (interests.unwatched()) {
      audience.unwatched(0, SELF);
    } else {
      Log.warn("cannot be watched: " + reason);
    }
  }

  private void tell(int kinds, int mask, int cookie) {
    tell(kinds, Origin.KERNEL, mask, cookie);
  }

  private void tellFound(int kinds, Flag flag) {
    tell(kinds, Origin.LISTING, flag.bit(), 0);
  }

  private void tell(int kinds, Origin origin, int mask, int cookie) {
    if (kinds != 0 && isTelling) {
      audience.tell(kinds, origin, mask, cookie, SELF);
    }
  }

  @Override
  public boolean isEnd(KernelRecord event) {
    return false;
  }

  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public int looks() {
    return looks;
  }

  @Override
  public void endRound() {
    if (retry.isDue()) {
      lookAgain();
    }
    if (marked != looks) {
      int look = looks;
      if (inbox.markIn(hub, () -> confirmed = Math.max(confirmed, look))) {
        marked = look;
      }
    }
  }

  @Override
  public void settle() {}

  @Override
  public boolean holdsSince(long time) {
    return false;
  }

  @Override
  public long untilNext() {
    return retry.untilDue();
  }

  @Override
  public void quiet(boolean isQuiet) {
    isTelling = !isQuiet;
    if (isTelling) {
      // The mark that ends the silence was placed behind its look.
      confirmed = Math.max(confirmed, silentLook);
    }
  }

  @Override
  public void abandon() {}

  @Override
  public void close() {
    isClosed = true;
    names.removeAll(this);
  }

  @Override
  public int watchCount() {
    return 0;
  }
}
