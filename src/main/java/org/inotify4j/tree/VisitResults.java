package org.inotify4j.tree;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.inotify4j.EntryName;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Visit} means for the model. Only the thread that crawls asks.
 *
 * <p>What is opened may be watched already as the directory of another place: it was moved from
 * there, and the record that says so is still queued. It is taken from there at once, which is told
 * and noted, and found here as something new.
 */
final class VisitResults {

  private final TreePlaces places;
  private final NodePath paths;
  private final TreeWatches watches;
  private final Findings findings;
  private final FailedVisits failed;
  private final Pass pass;
  private final CrawlStack stack;

  /** Counts the directories that were read. */
  private volatile int reads;

  VisitResults(
      TreePlaces places,
      NodePath paths,
      TreeWatches watches,
      Findings findings,
      FailedVisits failed,
      Pass pass) {
    this.places = places;
    this.paths = paths;
    this.watches = watches;
    this.findings = findings;
    this.failed = failed;
    this.pass = pass;
    this.stack = new CrawlStack(paths);
  }

  /** Where that is noted which is to be visited next. */
  CrawlStack stack() {
    return stack;
  }

  /** Counts the directories that were read. Any thread may ask. */
  int reads() {
    return reads;
  }

  /** Whether the tree gets no watches any more. */
  boolean isOver() {
    return watches.isOver();
  }

  /** Takes a visit of an entry, of which the first step is made, or all. */
  void enter(TreeNode directory, Visit visit, Arrival arrival) {
    byte[] name = visit.plan().name();
    if (visit.fd() < 0) {
      notOpened(directory, name, visit.fd(), arrival);
      return;
    }
    if (isLeftOut(directory, name, arrival)) {
      drop(visit);
      return;
    }
    if (visit.wd() == 0 || watches.wasRemoved(visit.wd())) {
      int unused = visit.watch();
    }
    TreeNode known = places.get(visit.wd());
    if (known != null && known != places.at(directory, name)) {
      if (!isHereAlone(directory, visit, known, arrival)) {
        visit.close();
        return;
      }
      places.left(known);
      int unused = visit.watch();
      known = null;
    }
    if (visit.wd() < 0) {
      notWatched(directory, visit, arrival);
    } else {
      watched(directory, visit, known, arrival);
    }
  }

  /** Whether a directory that the tree has elsewhere has left that place, as far as can be seen. */
  private boolean isHereAlone(TreeNode directory, Visit visit, TreeNode known, Arrival arrival) {
    byte[] name = visit.plan().name();
    if (known == places.root() || paths.isThere(known)) {
      // It is at two places: a mount of what is in the tree already.
      boolean isNews = places.isAlsoAt(directory, name);
      if (isNews || arrival.evidence() == Arrival.Evidence.REPORTED) {
        arrival.asDirectory().run();
      }
      findings.remains(directory, name);
      return false;
    }
    TreeEntry place = new TreeEntry(directory, EntryName.of(name));
    boolean mayBeThere = places.isLookedAt(place);
    if (mayBeThere) {
      // What is above its first place may be renamed, and the record of that is queued.
      failed.lookLater(place);
    }
    return !mayBeThere;
  }

  /** Of a directory that nobody knew to be one: not every file system lists that. */
  private boolean isLeftOut(TreeNode directory, byte[] name, Arrival arrival) {
    return arrival.evidence() != Arrival.Evidence.REPORTED
        && findings.isExcluded(directory, name, true);
  }

  /**
   * A directory is open and watched.
   *
   * @param known the directory of the tree that has the watch already, at this place
   */
  private void watched(TreeNode directory, Visit visit, @Nullable TreeNode known, Arrival arrival) {
    if (known != null) {
      // The program knows of it with all in it.
      if (pass.isUnderWay() && !pass.hasSeen(known)) {
        read(known, visit);
      } else {
        visit.close();
        findings.remains(directory, visit.plan().name());
      }
    } else if (directory.isAlive()) {
      byte[] name = visit.plan().name();
      places.forgetOther(directory, name);
      boolean beginsAnew = places.forgetUnheard(directory, name);
      TreeNode node = places.nodeAt(directory, name);
      places.watched(node, visit.wd());
      arrival.asDirectory().run();
      if (beginsAnew) {
        // For some it has come before.
        findings.tell(directory, name, true, Findings.UNKNOWN);
      }
      read(node, visit);
    } else {
      // It left with what was moved from where it was, and is found with that.
      drop(visit);
    }
  }

  /** Takes nothing of a visit; its watch is removed, unless the model has it. */
  void drop(Visit visit) {
    visit.close();
    if (visit.wd() > 0 && places.get(visit.wd()) == null) {
      watches.remove(new int[] {visit.wd()});
    }
  }

  /** An entry is no directory, or none that can be opened. */
  private void notOpened(TreeNode directory, byte[] name, int errno, Arrival arrival) {
    boolean isOther = Errno.ENOTDIR.is(errno) || Errno.ELOOP.is(errno);
    boolean isReported = arrival.evidence() == Arrival.Evidence.REPORTED;
    if (isOther || (Errno.ENOENT.is(errno) && isReported)) {
      places.forgetOther(directory, name);
      TreeNode there = places.at(directory, name);
      if (isOther && there != null) {
        // It could not be opened so far, and is no directory.
        places.drop(there);
      }
      arrival.asOther().run();
    } else if (!Errno.ENOENT.is(errno) && !isLeftOut(directory, name, arrival)) {
      if (arrival.evidence() == Arrival.Evidence.NONE) {
        failed.lookLater(directory, name);
      } else {
        failed.refuse(directory, name, errno, arrival);
      }
    }
  }

  private void notWatched(TreeNode directory, Visit visit, Arrival arrival) {
    if (Errno.ENOSPC.is(visit.wd()) && pass.isFirst()) {
      // It fails; but how many there are is to be told.
      pass.isOverLimit();
      read(places.nodeAt(directory, visit.plan().name()), visit);
      return;
    }
    visit.close();
    failed.refuse(directory, visit.plan().name(), visit.wd(), arrival);
  }

  /** Reads a directory that is open; what in it may be a directory is yet to be visited. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time counts.
  void read(TreeNode node, Visit visit) {
    pass.sees(node);
    reads++;
    findings.reading(node);
    int result = visit.read(findings.isSilent());
    CrawlStack.Frame frame = stack.push(node, visit.plan().above(), visit.handOver());
    boolean hasFiles = takeListing(frame, visit);
    if (result < 0 && !(Errno.ENOENT.is(result) && paths.isElsewhere(node))) {
      if (hasFiles && !findings.isSilent()) {
        // Nobody hears any more of what was told of it: it begins anew when it can be read.
        frame.clear();
        findings.begunAnew(node);
      }
      notRead(node, result);
    }
    stack.goOnWith(frame);
    leaveIfDone(frame);
  }

  /**
   * Tells what was found in a directory, and notes what in it is to be visited.
   *
   * @return whether there was anything that is no directory
   */
  private boolean takeListing(CrawlStack.Frame frame, Visit visit) {
    TreeNode node = frame.node;
    DirectoryListing listing = visit.listing();
    boolean hasFiles = false;
    for (byte[] name = listing.next(); name != null; name = listing.next()) {
      if (places.isFlat()) {
        foundEntry(frame, name, visit);
      } else if (!listing.mayBeDirectory()) {
        hasFiles |= foundFile(frame, name, listing.inode(), listing.isPlainFile(), visit);
      } else if (listing.isDirectory()
          ? !findings.isExcluded(node, name, true)
          : !findings.isExcluded(node, name)) {
        // Where it is not listed what it is, that shows when it is opened.
        frame.add(name);
        findings.directory();
      }
    }
    return hasFiles;
  }

  /** Tells an entry of a directory of which nothing is entered. */
  private void foundEntry(CrawlStack.Frame frame, byte[] name, Visit visit) {
    DirectoryListing listing = visit.listing();
    boolean isDirectory =
        listing.isDirectory()
            || (listing.mayBeDirectory() && visit.isDirectory(stack.open(frame), name));
    if (!findings.isExcluded(frame.node, name, isDirectory)) {
      findings.tell(frame.node, name, isDirectory, listing.inode());
    }
  }

  /**
   * Tells an entry that is no directory; also that it is finished, which nobody else will say of
   * one that was closed before its directory was watched.
   *
   * @return whether it counts
   */
  @CanIgnoreReturnValue
  private boolean foundFile(
      CrawlStack.Frame frame, byte[] name, int inode, boolean isPlainFile, Visit visit) {
    if (findings.isExcluded(frame.node, name, false)) {
      return false;
    }
    boolean mayBeFinished = findings.tell(frame.node, name, false, inode) && isPlainFile;
    if (mayBeFinished && findings.tellsFinished()) {
      if (!visit.isBeingWritten(stack.open(frame), name)) {
        findings.finished(frame.node, name);
      }
    }
    return true;
  }

  /** How an entry is told that was listed, and may be a directory. */
  Arrival listed(CrawlStack.Frame above, Visit visit) {
    byte[] name = visit.plan().name();
    Arrival arrival = findings.arrival(above.node, name, Arrival.Evidence.LISTED);
    return findings.isSilent() || !findings.tellsFinished()
        ? arrival
        : new Arrival(
            arrival.asDirectory(),
            () -> {
              boolean isPlain = visit.isPlainFile(stack.open(above), name);
              foundFile(above, name, Findings.UNKNOWN, isPlain, visit);
            },
            Arrival.Evidence.LISTED);
  }

  /** A directory may yet have what was not read. */
  private void notRead(TreeNode node, int errno) {
    if (node.parent == null) {
      pass.rootFailed(errno);
    } else {
      failed.unread(node, errno);
    }
  }

  // When all below was visited.

  /** Leaves a directory if it is done with all below it, and those above for which that holds. */
  void leaveIfDone(CrawlStack.Frame from) {
    CrawlStack.Frame frame = from;
    while (frame != null && frame.isDone()) {
      TreeNode node = frame.node;
      if (watches.isToComplete() && node.wd > 0) {
        // By way of a path: closing that makes no event.
        complete(node, stack.reopenAsPath(frame));
      }
      frame = stack.leave(frame);
    }
  }

  /**
   * Watches a directory for all that is asked for.
   *
   * @param path it, as it was opened, or {@code -errno}; it is closed
   */
  void complete(TreeNode node, int path) {
    int result = path;
    if (path >= 0) {
      try {
        result = watches.complete(path);
      } finally {
        paths.close(path);
      }
    }
    if (node.wd > 0 && (result < 0 || watches.isMaskOther(node.wd))) {
      failed.isIncomplete(node);
    }
  }
}
