package org.inotify4j.file;

import java.io.IOException;
import java.nio.file.Path;
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
 * itself: its records are told as the kernel says them, but that a file which comes where one is
 * has replaced that, which is told as a modification ({@link NameRecords}). What is done to the
 * file by whatever name comes by its own watch ({@link InodeWatch}).
 *
 * <p>A look lies ahead of the records that are still queued. Until a mark has come by that was
 * placed behind it, what it has seen already is passed over when it is reported: the creation of a
 * file that is known, the deletion of one that is not, and a replacement by the file that was seen.
 */
public final class FileModel implements Model {

  private static final int WRITTEN = Mask.of(Flag.MODIFY, Flag.CLOSE_WRITE);

  private final NameInterests names;
  private final Dependent dependent;
  private final NameReport report;
  private final NameResolution lookup;
  private final KnownWay way;
  private final Whereabouts whereabouts;
  private final LookMarks marks;
  private final NameRecords nameRecords;
  private final BlindSpots blind = new BlindSpots();

  /**
   * What was told of the name by the record before this one: the file's own comes next to it, if
   * its watch was there by then. Behind the mark that says so none comes.
   */
  private int toldByName;

  /** Whether it cannot do with a name of which nothing is heard. */
  private boolean isNeeded = true;

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
    this.way = new KnownWay(lookup, blind);
    this.whereabouts = new Whereabouts(lookup, way);
    this.marks = new LookMarks(hub, inbox, () -> toldByName = 0);
    this.nameRecords = new NameRecords(lookup, whereabouts, way, marks, report, this::lookAgain);
    dependent.whenMounted(new MountLooks(lookup, way, marks, this::lookAgain)::look);
    dependent.whenMaskIsOther(lookup::watchAnew);
  }

  /** It need not be heard at first: it is tried again. Before anything is looked at. */
  public void mayBeUnheard() {
    isNeeded = false;
  }

  /** Has one hear whether all is heard of the name, before anything is looked at. */
  public void whenElsewhere(SilenceListener listener) {
    whereabouts.bind(listener);
  }

  /**
   * Whether the name leads to where not all is heard; false as long as nobody is to hear of that.
   * Any thread may ask.
   */
  public boolean isSilent() {
    return whereabouts.isSilent();
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
    IOException refused = blind.refusal(way.file());
    if (refused != null && isNeeded) {
      throw refused;
    }
    return true;
  }

  @Override
  public void look() {
    lookAgain();
    marks.beginSilence(way.file());
  }

  @Override
  public void take(KernelRecord record) {
    int told = toldByName;
    toldByName = 0;
    if (record.nameLength() == 0) {
      ofWatched(record, told);
      return;
    }
    PathStep place = way.find(record);
    if (place == null || dependent.late().areOf(place)) {
      return; // The path does not lead there any more, or did not in between.
    }
    if (place.role() == PathStep.Role.FILE) {
      noteWritten(record.mask());
      toldByName = nameRecords.take(record.mask(), record.cookie());
    } else if ((record.mask() & NameInterests.CHANGES) != 0 || blind.isAny()) {
      lookAgain();
    }
  }

  private void noteWritten(int mask) {
    InodeWatch own = way.file();
    if (own != null && (mask & WRITTEN) != 0) {
      own.isWrittenByName();
    }
  }

  /** A record of a directory or of the file itself, not of a name. */
  private void ofWatched(KernelRecord record, int told) {
    if (record.is(Flag.UNMOUNT)) {
      blind.unmounted();
      return; // That its watches end is reported as well.
    }
    InodeWatch own = way.file();
    if (own != null && own.isOf(record.wd())) {
      ofContent(own, record, told);
      return;
    }
    if (way.isBy(record.wd()) && ((record.mask() & InodeWatch.CONTENT) == 0 || blind.isAny())) {
      lookAgain();
    }
  }

  /** A record of the file, by whatever name. */
  private void ofContent(InodeWatch own, KernelRecord record, int told) {
    int mask = record.mask();
    if (Flag.IGNORED.isIn(mask)) {
      ended(own);
    } else if ((mask & InodeWatch.CONTENT) == 0) {
      if (!nameRecords.isHeld()) {
        lookAgain();
      }
    } else if (own.hears(mask)) {
      // What was told of its name just now is told.
      boolean isNew = (mask & InodeWatch.CONTENT & ~told) != 0;
      boolean isOfOtherName = own.isAttribOfOtherName(mask) && isNew;
      boolean isOfLinks = Flag.ATTRIB.isIn(mask) && isOfLinks(own, isOfOtherName);
      if (isNew && !(isOfOtherName && isOfLinks)) {
        report.tell(mask, record.cookie());
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
          if (own.equals(way.file())) {
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
    } else if (isNarrow && isOfOtherName) {
      // It had another name, which is gone again.
      tellIfWritten(own, now);
    }
    return own.changesInLinksOnly(now);
  }

  /** Hears of a file by all of its names from here on. */
  private void widen(InodeWatch own) {
    lookAgain();
    // What was written before it is heard shows in what the file is by now.
    tellIfWritten(own, lookup.glance().target());
  }

  private void tellIfWritten(InodeWatch own, @Nullable InodeWatch now) {
    if (now != null && now.isSameAs(own) && now.mayBeWritten(own)) {
      report.tellFoundWritten(now);
    }
  }

  /** Follows the path again, and tells what that comes to. */
  private void lookAgain() {
    nameRecords.depart();
    NameResolution.Found found = whereabouts.find();
    boolean wasBlind = blind.isEndedBy(found);
    InodeWatch known = way.file();
    marks.look();
    way.adopt(found);
    if (found.failure() == null) {
      report.tellDifference(known, way.file(), wasBlind);
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
  public boolean isEnd(KernelRecord record) {
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
    if (nameRecords.isDue()) {
      lookAgain();
    }
    if (blind.isDue() || whereabouts.isDue()) {
      lookAgain();
    }
    tellUnwatched();
    marks.mark(way.file());
  }

  @Override
  public void settle() {
    nameRecords.depart();
  }

  @Override
  public boolean holdsSince(long time) {
    return nameRecords.isHeldSince(time);
  }

  @Override
  public long untilNext() {
    long untilLook = Math.min(blind.untilDue(), whereabouts.untilDue());
    return Math.min(untilLook, nameRecords.untilDue());
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
}
