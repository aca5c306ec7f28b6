package org.inotify4j.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * <p>{@link NameResolution} finds what decides which file that is. A change of an entry at any of
 * these places but the last, and of a directory above, is a reason to look again, and what is told
 * then follows from which file was there before and is now. The last place is that of the file
 * itself: its events are told as the kernel says them, but that a file which comes where one is has
 * replaced that, which is told as a modification. What is done to the file by whatever name comes
 * by its own watch ({@link InodeWatch}).
 *
 * <p>A look lies ahead of the events that are still queued. Until a mark has come by that was
 * placed behind it, what it has seen already is passed over when it is reported: the creation of a
 * file that is known, the deletion of one that is not, and a replacement by the file that was seen.
 */
public final class FileModel implements Model {

  private static final byte[] SELF = {};

  private static final int CAME = Mask.of(Flag.CREATE, Flag.MOVED_TO);

  /** How long it is waited for what came to a name that something went from, at most. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

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
  private @Nullable InodeWatch file;

  private @Nullable IOException failure;

  /** Why nobody sees when another file gets the name, though the file itself is watched. */
  private @Nullable IOException unseen;

  private final Retry retry = new Retry();
  private boolean isTold;
  private boolean isTelling;

  /** Whether the last change was that a file came by a move: perhaps it was exchanged. */
  private boolean cameLast;

  /** That the file went by a move, and what is there may have come in the same step. */
  private @Nullable Departure departure;

  /** What was told of the name by the record before this one: the file's own comes next to it. */
  private int toldByName;

  /** Counts the looks; those up to the confirmed one are not ahead of the events any more. */
  private volatile int looks;

  private int confirmed;
  private int marked;
  private int silentLook;

  /** The file that was found by the look before which nothing is told. */
  private @Nullable InodeWatch silentFile;

  /** The file whose watch has a mark behind it. */
  private @Nullable InodeWatch markedFile;

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
    IOException refused = failure == null && file == null ? unseen : failure;
    if (refused != null) {
      throw refused;
    }
    return true;
  }

  @Override
  public void look() {
    lookAgain();
    silentLook = looks;
    silentFile = file;
  }

  @Override
  public void take(KernelRecord event) {
    int told = toldByName;
    toldByName = 0;
    if (event.nameLength() == 0) {
      ofWatched(event, told);
      return;
    }
    PathStep place = placeOf(event);
    if (place == null) {
      return; // The path does not lead there any more.
    }
    if (place.role() == PathStep.Role.FILE) {
      ofName(event.mask(), event.cookie());
    } else if ((event.mask() & NameInterests.CHANGES) != 0 || isBlind()) {
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

  /** Whether it is waited for that the path can be followed, or that all of it is seen. */
  private boolean isBlind() {
    return failure != null || unseen != null;
  }

  /** An event of a directory or of the file itself, not of a name. */
  private void ofWatched(KernelRecord event, int told) {
    InodeWatch own = file;
    if (own != null && own.isOf(event.wd())) {
      ofContent(own, event, told);
      return;
    }
    boolean concerns =
        Stream.of(places, placesBefore)
            .flatMap(List::stream)
            .anyMatch(place -> place.wd() == event.wd());
    if (concerns && ((event.mask() & InodeWatch.CONTENT) == 0 || isBlind())) {
      lookAgain();
    }
  }

  /** An event of the file, by whatever name. */
  private void ofContent(InodeWatch own, KernelRecord event, int told) {
    int mask = event.mask();
    if ((mask & InodeWatch.CONTENT) == 0) {
      if (departure == null) {
        lookAgain();
      }
    } else if ((mask & InodeWatch.CONTENT & ~told) == 0) {
      return; // What was told of its name just now.
    } else if (!own.isAttribOfOtherName(mask) || isAttribToTell(own)) {
      tell(interests.kinds(mask, true), mask, event.cookie());
    }
  }

  /** Whether more is changed than how many names it has; that it loses this one is said of that. */
  private boolean isAttribToTell(InodeWatch own) {
    if (unseen == null && interests.kinds(Flag.ATTRIB.bit(), true) == 0) {
      return false;
    }
    InodeWatch now = lookup.glance().target();
    if (now != null && now.isSameAs(own)) {
      return !own.changesInLinksOnly(now);
    }
    if (isBlind()) {
      lookAgain();
    }
    return false;
  }

  /** An event of the name itself. */
  private void ofName(int mask, int cookie) {
    boolean isExchanged = (mask & NameInterests.EXCHANGED) != 0 && departure != null;
    if (isExchanged) {
      departure = null;
    }
    depart();
    if ((mask & CAME) != 0) {
      came(mask & ~NameInterests.EXCHANGED, cookie);
      cameLast = Flag.MOVED_TO.isIn(mask) && !isExchanged;
    } else if ((mask & NameInterests.CHANGES) != 0) {
      went(mask, cookie);
      cameLast = false;
    } else if (file != null && file.isToldByName(mask)) {
      tell(interests.kinds(mask, true), mask, cookie);
      toldByName = mask & InodeWatch.CONTENT;
    }
  }

  private void went(int mask, int cookie) {
    InodeWatch known = file;
    if (known == null) {
      return;
    }
    if (Flag.MOVED_FROM.isIn(mask)) {
      NameResolution.Found now = lookup.glance();
      if (cameLast && now.failure() != null) {
        // It is taken to be there.
        lookAgain();
        return;
      } else if (cameLast && known.isSameAs(now.target())) {
        return; // It was exchanged: what goes is what was here before.
      } else if (now.target() != null && now.isSameWay(places)) {
        departure = new Departure(mask, cookie, System.nanoTime());
        return;
      }
    }
    leave(mask, cookie);
  }

  /** It went, and what is there came later. */
  private void depart() {
    Departure held = departure;
    if (held != null) {
      departure = null;
      leave(held.mask(), held.cookie());
    }
  }

  private void leave(int mask, int cookie) {
    file = null;
    List<PathStep> before = places;
    places = before.stream().filter(place -> place.role() != PathStep.Role.CONTENT).toList();
    lookup.release(before.stream().filter(place -> place.role() == PathStep.Role.CONTENT).toList());
    tell(interests.kinds(mask, true), mask, cookie);
  }

  private void came(int mask, int cookie) {
    NameResolution.Found found = lookup.find();
    if (found.failure() != null || !found.isSameWay(places)) {
      // It is a link.
      lookup.release(found.places());
      lookAgain();
      return;
    }
    InodeWatch known = file;
    boolean isOther = known == null || !known.isSameAs(found.target());
    adopt(found);
    if (file == null) {
      // It is gone already; the event that says so is queued.
      file = InodeWatch.unknown();
    }
    if (known == null) {
      tell(interests.kinds(mask, true), mask, cookie);
    } else if (confirmed == looks || isOther) {
      tell(interests.kindsOfReplacement(mask), mask, cookie);
    }
  }

  /** Takes over what was found, and gives back what was known before. */
  private void adopt(NameResolution.Found found) {
    List<PathStep> before = places;
    places = found.places();
    lookup.release(before);
    InodeWatch known = file;
    if (known == null || !known.isSameAs(found.target())) {
      file = found.target();
    }
  }

  /** Follows the path again, and tells what that comes to. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time counts.
  private void lookAgain() {
    depart();
    NameResolution.Found found = lookup.find();
    boolean wasBlind = failure != null || (unseen != null && found.unseen() == null);
    looks++;
    if (found.failure() != null) {
      if (failure != null) {
        lookup.release(places);
      } else {
        placesBefore = places;
      }
      places = found.places();
      failure = found.failure();
      owe();
      say(found.failure());
      return;
    }
    InodeWatch known = file;
    adopt(found);
    lookup.release(placesBefore);
    placesBefore = List.of();
    failure = null;
    unseen = found.unseen();
    if (unseen != null || found.isBlindAbove()) {
      owe();
    } else {
      retry.succeeded();
    }
    tellDifference(known, wasBlind);
    if (unseen == null) {
      isTold = false;
    } else {
      say(unseen);
    }
  }

  private void tellDifference(@Nullable InodeWatch known, boolean wasBlind) {
    InodeWatch now = file;
    if (known == null && now != null) {
      tellFound(interests.kinds(Flag.CREATE.bit(), true), Flag.CREATE);
    } else if (known != null && now == null) {
      tellFound(interests.kinds(Flag.DELETE.bit(), true), Flag.DELETE);
    } else if (known != null && !known.equals(now)) {
      tellFound(interests.kindsOfReplacement(0), Flag.MOVED_TO);
    } else if (wasBlind && now != null) {
      // Nobody knows what happened to it meanwhile.
      tellFound(interests.kinds(Flag.MODIFY.bit(), true), Flag.MODIFY);
    }
  }

  /** It is looked at again now and then; other reasons to look, however many, do not delay that. */
  private void owe() {
    if (!retry.isOwed() || retry.isDue()) {
      retry.failed();
    }
  }

  /** Says once that the path cannot be followed, or not all of it be watched. */
  private void say(IOException reason) {
    if (isTold || silentLook == 0 || isClosed || !audience.isOpen()) {
      return;
    }
    isTold = true;
    if (interests.unwatched()) {
      audience.unwatched(0, SELF);
    } else if (failure != null) {
      Log.warn("cannot be watched: " + reason);
    } else {
      Log.warn("is watched, but not whether another file gets its name: " + reason);
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
    Departure held = departure;
    if (held != null && held.time() + PATIENCE - System.nanoTime() <= 0) {
      lookAgain();
    }
    if (retry.isDue()) {
      lookAgain();
    }
    IOException reason = unseen;
    if (reason != null) {
      say(reason);
    }
    InodeWatch own = file;
    boolean isNew = own != null && !own.isConfirmed() && !own.equals(markedFile);
    if (marked != looks || isNew) {
      int look = looks;
      if (inbox.markIn(hub, () -> confirm(look, own))) {
        marked = look;
        markedFile = own;
      }
    }
  }

  /** What was reported before a look has come. */
  private void confirm(int look, @Nullable InodeWatch own) {
    confirmed = Math.max(confirmed, look);
    if (own != null) {
      own.confirm();
    }
  }

  @Override
  public void settle() {
    depart();
  }

  @Override
  public boolean holdsSince(long time) {
    Departure held = departure;
    return held != null && held.time() - time <= 0;
  }

  @Override
  public long untilNext() {
    Departure held = departure;
    return held == null
        ? retry.untilDue()
        : Math.min(retry.untilDue(), Math.max(1, held.time() + PATIENCE - System.nanoTime()));
  }

  @Override
  public void quiet(boolean isQuiet) {
    isTelling = !isQuiet;
    if (isTelling) {
      // The mark that ends the silence was placed behind its look.
      confirm(silentLook, silentFile);
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

  /** That the file went by a move, and when that came. */
  private record Departure(int mask, int cookie, long time) {}
}
