package org.inotify4j.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.Model;
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

  private static final int CAME = Mask.of(Flag.CREATE, Flag.MOVED_TO);

  /** How long it is waited for what came to a name that something went from, at most. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

  private final NameInterests names;
  private final Dependent dependent;
  private final NameReport report;
  private final NameResolution lookup;
  private final KnownWay way;
  private final Whereabouts whereabouts;
  private final LookMarks marks;

  /** The file that the program knows of, or null where it knows of none. */
  private @Nullable InodeWatch file;

  private final BlindSpots blind = new BlindSpots();

  /** Whether the last change was that a file came by a move: perhaps it was exchanged. */
  private boolean cameLast;

  /** That the file went by a move, and what is there may have come in the same step. */
  private @Nullable Departure departure;

  /** What was told of the name by the record before this one: the file's own comes next to it. */
  private int toldByName;

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
    this.names = names;
    this.dependent = new Dependent(inbox, this::lookAgain);
    this.report = new NameReport(audience);
    this.lookup = new NameResolution(hub, names, dependent, path, report.wanted(), followsLink);
    this.way = new KnownWay(lookup);
    this.whereabouts = new Whereabouts(lookup, way);
    this.marks = new LookMarks(hub, inbox);
    dependent.whenMounted(new MountLooks(lookup, way, marks, () -> file, this::lookAgain)::look);
  }

  /** Has one hear whether all is heard of the name, before anything is looked at. */
  public void whenElsewhere(SilenceListener listener) {
    whereabouts.bind(listener);
  }

  /** Tells another audience from here on. In the follower's thread. */
  public void tell(Audience next) {
    report.tell(next);
    lookup.hear(report.wanted());
  }

  /** Has it look anew, when all that came by now has been told. Any thread may ask. */
  public void lookAtNextTurn() {
    dependent.lookAgain();
  }

  @Override
  public boolean build() throws IOException {
    names.hearMounts();
    look();
    IOException refused = blind.refusal(file);
    if (refused != null) {
      throw refused;
    }
    return true;
  }

  @Override
  public void look() {
    lookAgain();
    marks.beginSilence(file);
  }

  @Override
  public void take(KernelRecord event) {
    int told = toldByName;
    toldByName = 0;
    if (event.nameLength() == 0) {
      ofWatched(event, told);
      return;
    }
    PathStep place = way.find(event);
    if (place == null || dependent.late().areOf(place)) {
      return; // The path does not lead there any more, or did not in between.
    }
    if (place.role() == PathStep.Role.FILE) {
      ofName(event.mask(), event.cookie());
    } else if ((event.mask() & NameInterests.CHANGES) != 0 || blind.isAny()) {
      lookAgain();
    }
  }

  /** An event of a directory or of the file itself, not of a name. */
  private void ofWatched(KernelRecord event, int told) {
    if (event.is(Flag.UNMOUNT)) {
      blind.unmounted();
      return; // That its watches end is reported as well.
    }
    InodeWatch own = file;
    if (own != null && own.isOf(event.wd())) {
      ofContent(own, event, told);
      return;
    }
    if (way.isBy(event.wd()) && ((event.mask() & InodeWatch.CONTENT) == 0 || blind.isAny())) {
      lookAgain();
    }
  }

  /** An event of the file, by whatever name. */
  private void ofContent(InodeWatch own, KernelRecord event, int told) {
    int mask = event.mask();
    if (Flag.IGNORED.isIn(mask)) {
      ended(own);
    } else if ((mask & InodeWatch.CONTENT) == 0) {
      if (departure == null) {
        lookAgain();
      }
    } else if (own.hears(mask)) {
      // What was told of its name just now is told.
      boolean isNew = (mask & InodeWatch.CONTENT & ~told) != 0;
      boolean isOfOtherName = own.isAttribOfOtherName(mask) && isNew;
      boolean isOfLinks = Flag.ATTRIB.isIn(mask) && isOfLinks(own, isOfOtherName);
      if (isNew && !(isOfOtherName && isOfLinks)) {
        report.tell(mask, event.cookie());
      }
    }
  }

  /**
   * The file is gone. Where its name is watched, that is reported of the name, right behind this.
   */
  private void ended(InodeWatch own) {
    own.end();
    Runnable look =
        () -> {
          if (own.equals(file)) {
            lookAgain();
          }
        };
    if (blind.isOfName() || !marks.atThisPlace(look)) {
      look.run();
    }
  }

  /**
   * Whether no more is changed than how many names a file has; that it loses this one is said of
   * that. Where it has others by now all of them are heard.
   */
  private boolean isOfLinks(InodeWatch own, boolean isOfOtherName) {
    boolean isNarrow = own.hearsLessThan(report.wanted());
    if (!isNarrow && !blind.isAny() && !(isOfOtherName && report.isWanted(Flag.ATTRIB.bit()))) {
      return true;
    }
    InodeWatch now = lookup.glance().target();
    if (now == null || !now.isSameAs(own)) {
      if (blind.isAny()) {
        lookAgain();
      }
      return true;
    }
    if (isNarrow && !own.isAsGoodAs(now)) {
      widen(own);
    }
    return own.changesInLinksOnly(now);
  }

  /** Hears of a file by all of its names from here on. */
  private void widen(InodeWatch own) {
    lookAgain();
    InodeWatch wider = file;
    if (wider != null && wider.isSameAs(own) && wider.mayBeWritten(own)) {
      report.tellFoundWritten();
    }
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
      report.tell(mask, cookie);
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
      } else if (now.target() != null && way.isThatOf(now)) {
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
    way.releaseContent();
    report.tell(mask, cookie);
  }

  private void came(int mask, int cookie) {
    NameResolution.Found found = whereabouts.find();
    if (found.failure() != null || !way.isThatOf(found)) {
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
      report.tell(mask, cookie);
    } else if (marks.isConfirmed() || isOther) {
      report.tellReplacement(mask, cookie);
    }
  }

  /** Takes over what was found, and gives back what was known before. */
  private void adopt(NameResolution.Found found) {
    way.replace(found);
    InodeWatch known = file;
    if (known == null || !known.isAsGoodAs(found.target())) {
      file = found.target();
    }
    blind.found(found);
  }

  /** Follows the path again, and tells what that comes to. */
  private void lookAgain() {
    depart();
    NameResolution.Found found = whereabouts.find();
    boolean wasBlind = blind.isEndedBy(found);
    marks.look();
    if (found.failure() != null) {
      way.replaceByPart(found);
      blind.failed(found.failure());
    } else {
      InodeWatch known = file;
      adopt(found);
      report.tellDifference(known, file, wasBlind);
    }
    tellUnwatched();
  }

  /** Says once that the path cannot be followed, or not all of it be watched. */
  private void tellUnwatched() {
    if (marks.hasBegun() && !dependent.isClosed()) {
      blind.tell(report);
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
    return marks.count();
  }

  @Override
  public void endRound() {
    Departure held = departure;
    if (held != null && held.time() + PATIENCE - System.nanoTime() <= 0) {
      lookAgain();
    }
    if (blind.isDue()) {
      lookAgain();
    }
    tellUnwatched();
    marks.mark(file);
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
        ? blind.untilDue()
        : Math.min(blind.untilDue(), Math.max(1, held.time() + PATIENCE - System.nanoTime()));
  }

  @Override
  public void quiet(boolean isQuiet) {
    report.quiet(isQuiet);
    if (!isQuiet) {
      // The mark that ends the silence was placed behind its look.
      marks.endSilence();
    }
  }

  @Override
  public void abandon() {}

  @Override
  public void close() {
    dependent.close();
    names.removeAll(dependent);
  }

  @Override
  public int watchCount() {
    return 0;
  }

  /** That the file went by a move, and when that came. */
  private record Departure(int mask, int cookie, long time) {}
}
