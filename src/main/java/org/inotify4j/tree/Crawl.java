package org.inotify4j.tree;

import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Goes through directories of the disk: knows what is still to visit, and what a {@link Visit}
 * means for the model.
 *
 * <p>A directory is watched before it is read, so that nothing can come in between; what is then
 * both found and reported by the kernel is the business of {@link ToldEntries}. A directory is
 * opened by its name in its parent, without following a link, and the watch is placed on what was
 * opened.
 *
 * <p>A parent that is not open is reached by its path ({@link NodePath}). Where it cannot be, for a
 * rename whose event is still queued, it is tried again when that comes: unless this part of the
 * tree is dropped then, and found anew.
 *
 * <p>What is opened may be watched already as the directory of another place: it was moved from
 * there, and the event that says so is still queued. It is taken from there at once, which is told
 * and noted, and found here as something new.
 */
final class Crawl {

  /** What {@link #build} returns where the path leads elsewhere by now. */
  static final int ELSEWHERE = Integer.MIN_VALUE;

  private final TreePlaces places;
  private final NodePath paths;
  private final Visit visit;
  private final Findings findings;
  private final FailedVisits failed;
  private final Pass pass;
  private final CrawlStack stack;

  /** Counts the directories that were read. */
  private volatile int reads;

  Crawl(
      TreePlaces places,
      NodePath paths,
      Visit visit,
      Findings findings,
      FailedVisits failed,
      Pass pass) {
    this.places = places;
    this.paths = paths;
    this.visit = visit;
    this.findings = findings;
    this.failed = failed;
    this.pass = pass;
    this.stack = new CrawlStack(paths);
  }

  // Passes over the whole tree.

  /**
   * The first pass. It goes on where there is no room for a watch, to count how many are needed.
   *
   * @param wd the watch that the root has
   * @return 0, or {@code -errno}, or {@link #ELSEWHERE}
   */
  int build(int wd) {
    int fd = visit.openRoot();
    if (fd < 0) {
      return NodePath.isElsewhere(fd) ? ELSEWHERE : fd;
    }
    int placed = visit.watch();
    if (placed != wd) {
      visit.close();
      return placed < 0 ? placed : ELSEWHERE;
    }
    places.watched(places.root(), wd);
    int result = readAll();
    if (result < 0) {
      return NodePath.isElsewhere(result) ? ELSEWHERE : result;
    }
    return pass.descriptorError();
  }

  /** Counts the directories that were read. Any thread may ask. */
  int reads() {
    return reads;
  }

  /** Goes through the whole tree again, and trusts nothing but the disk. False if it cannot. */
  boolean repair() {
    failed.takeLooks();
    int fd = paths.open(places.root());
    if (fd < 0) {
      return false;
    }
    visit.begin(fd);
    if (readAll() < 0) {
      return false;
    }
    places.dropUnseen();
    return true;
  }

  /** Reads the root, which is open but not for reading, and everything below. */
  private int readAll() {
    int fd = visit.openToRead();
    if (fd < 0) {
      return fd;
    }
    pass.begin();
    try {
      read(places.root());
      walk();
    } finally {
      pass.end();
    }
    return pass.rootError();
  }

  // Single entries.

  /**
   * A directory came, as the kernel says. It is watched, and what is in it is told.
   *
   * @param tell tells that it came; run before what is in it is told, unless the tree has it there
   */
  void enter(TreeNode directory, byte[] name, Runnable tell) {
    enter(directory, name, findings.certainArrival(directory, name, tell));
  }

  /** A directory came that the program knows of; if it is not that one, it is told. */
  void verify(TreeNode directory, byte[] name) {
    enter(directory, name, findings.arrival(directory, name, Arrival.Evidence.REPORTED));
  }

  /** A directory is to be watched, and what is in it told. */
  void enter(TreeNode directory, byte[] name, Arrival arrival) {
    int fd = paths.open(directory);
    if (fd < 0) {
      places.forgetOther(directory, name);
      arrival.asDirectory().run();
      failed.putOff(directory, name, fd);
    } else {
      enterAndClose(directory, name, fd, arrival);
    }
  }

  private void enterAndClose(TreeNode directory, byte[] name, int directoryFd, Arrival arrival) {
    try {
      enter(directory, name, directoryFd, arrival);
    } finally {
      paths.close(directoryFd);
    }
    walk();
  }

  /** Looks whether there is an entry at a place where the program knows of none. */
  void look(TreeNode directory, byte[] name) {
    if (!directory.isAlive()
        || places.at(directory, name) != null
        || findings.isKnown(directory, name)
        || findings.isExcluded(directory, name, false)) {
      return;
    }
    int fd = paths.open(directory);
    if (fd >= 0) {
      findings.lookingFor(directory, name);
      Arrival arrival = findings.arrival(directory, name, Arrival.Evidence.NONE);
      enterAndClose(directory, name, fd, arrival);
    } else if (!NodePath.isElsewhere(fd) || paths.isThere(places.root())) {
      failed.lookLater(directory, name);
    }
  }

  /** The watch of a directory is gone with its file system; what is at its place now? */
  void lookBelowMount(TreeNode node) {
    TreeNode parent = node.parent;
    int fd = parent == null ? -Errno.ENOENT.number() : paths.open(parent);
    if (parent != null && fd >= 0) {
      paths.close(fd);
      places.forget(node);
      enter(parent, node.name, findings.arrival(parent, node.name, Arrival.Evidence.LISTED));
    } else if (!NodePath.isElsewhere(fd)) {
      failed.putOff(node);
    }
  }

  /** Something was mounted at a place, or unmounted: what is there may be another directory. */
  void lookAtMount(TreeNode directory, byte[] name) {
    int fd = paths.open(directory);
    if (fd >= 0) {
      enterAndClose(directory, name, fd, findings.arrivalOfMount(directory, name));
    }
  }

  /** Closes what a crawl that failed has left open. */
  void abandon() {
    stack.clear();
    visit.close();
    visit.listing().release();
  }

  private void walk() {
    for (CrawlStack.Frame frame = stack.top(); frame != null; frame = stack.top()) {
      TreeNode directory = frame.node;
      byte[] name = frame.next();
      if (name == null || visit.isOver() || !directory.isAlive()) {
        leave(frame);
        continue;
      }
      int fd = stack.open(frame);
      if (fd >= 0) {
        enter(directory, name, fd, listed(frame, name));
      } else {
        findings.tell(directory, name, true);
        failed.putOff(directory, name, fd);
      }
    }
    visit.listing().release();
  }

  /** A directory is done, with all below it. */
  private void leave(CrawlStack.Frame frame) {
    TreeNode node = frame.node;
    if (visit.isToComplete() && node.wd > 0) {
      // By way of a path: closing that makes no event.
      complete(node, stack.reopenAsPath(frame));
    }
    stack.pop();
  }

  /**
   * Watches a directory for all that is asked for.
   *
   * @param path it, as it was opened, or {@code -errno}
   */
  void complete(TreeNode node, int path) {
    int result = path < 0 ? path : visit.complete(path);
    if (node.wd > 0 && (result < 0 || visit.isMaskOther(node.wd))) {
      failed.isIncomplete(node);
    }
  }

  // What a visit means for the model.

  /** Visits a directory by its name in its parent, which is open. */
  private void enter(TreeNode directory, byte[] name, int directoryFd, Arrival arrival) {
    int fd = visit.open(directoryFd, name);
    if (fd < 0) {
      notOpened(directory, name, fd, arrival);
      return;
    }
    if (arrival.evidence() != Arrival.Evidence.REPORTED
        && findings.isExcluded(directory, name, true)) {
      // Nobody knew that it is a directory: not every file system lists that.
      visit.close();
      return;
    }
    int wd = visit.watch();
    TreeNode known = places.get(wd);
    if (known != null && known != places.at(directory, name)) {
      if (known == places.root() || paths.isThere(known)) {
        // It is at two places: a mount of what is in the tree already.
        visit.close();
        places.forgetOther(directory, name);
        arrival.asDirectory().run();
        return;
      }
      places.left(known);
      wd = visit.watch();
      known = null;
    }
    if (wd < 0) {
      notWatched(directory, name, wd, arrival);
    } else {
      watched(directory, name, wd, known, arrival);
    }
  }

  /**
   * A directory is open and watched.
   *
   * @param known the directory of the tree that has the watch already, at this place
   */
  private void watched(
      TreeNode directory, byte[] name, int wd, @Nullable TreeNode known, Arrival arrival) {
    if (known != null) {
      // The program knows of it with all in it.
      if (pass.isUnderWay() && !pass.hasSeen(known)) {
        read(known);
      } else {
        visit.close();
      }
    } else if (directory.isAlive()) {
      places.forgetOther(directory, name);
      TreeNode node = places.nodeAt(directory, name);
      places.watched(node, wd);
      arrival.asDirectory().run();
      read(node);
    } else {
      // It left with what was moved from where it was, and is found with that.
      visit.close();
      visit.unwatch(wd);
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
    } else if (!Errno.ENOENT.is(errno)) {
      if (arrival.evidence() == Arrival.Evidence.NONE) {
        failed.lookLater(directory, name);
      } else {
        failed.refuse(directory, name, errno, arrival);
      }
    }
  }

  private void notWatched(TreeNode directory, byte[] name, int errno, Arrival arrival) {
    if (Errno.ENOSPC.is(errno) && pass.isFirst()) {
      // It fails; but how many there are is to be told.
      pass.isOverLimit();
      read(places.nodeAt(directory, name));
      return;
    }
    visit.close();
    failed.refuse(directory, name, errno, arrival);
  }

  /** Reads a directory that is open; what in it may be a directory is yet to be visited. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time counts.
  private void read(TreeNode node) {
    pass.sees(node);
    reads++;
    findings.reading(node);
    int result = visit.read(findings.isSilent());
    CrawlStack.Frame frame = stack.push(node, visit.handOver());
    boolean hasFiles = takeListing(frame);
    if (result < 0 && !(Errno.ENOENT.is(result) && paths.isElsewhere(node))) {
      if (hasFiles && !findings.isSilent()) {
        // Nobody hears any more of what was told of it: it begins anew when it can be read.
        frame.clear();
        findings.begunAnew(node);
      }
      notRead(node, result);
    }
    if (frame.isEmpty()) {
      leave(frame);
    } else {
      stack.closeWhatIsTooMuch();
    }
  }

  /**
   * Tells what was found in a directory, and notes what in it is to be visited.
   *
   * @return whether there was anything that is no directory
   */
  private boolean takeListing(CrawlStack.Frame frame) {
    TreeNode node = frame.node;
    Listing listing = visit.listing();
    boolean hasFiles = false;
    for (byte[] name = listing.next(); name != null; name = listing.next()) {
      if (!findings.isExcluded(node, name, listing.isDirectory())) {
        if (listing.mayBeDirectory()) {
          frame.add(name);
        } else {
          hasFiles = true;
          foundFile(frame, name, listing.isPlainFile());
        }
      }
    }
    return hasFiles;
  }

  /**
   * Tells an entry that is no directory; also that it is finished, which nobody else will say of
   * one that was closed before its directory was watched.
   */
  private void foundFile(CrawlStack.Frame frame, byte[] name, boolean isPlainFile) {
    boolean mayBeFinished = findings.tell(frame.node, name, false) && isPlainFile;
    if (mayBeFinished && findings.tellsFinished()) {
      if (!visit.isBeingWritten(stack.open(frame), name)) {
        findings.finished(frame.node, name);
      }
    }
  }

  /** How an entry is told that was listed, and may be a directory. */
  private Arrival listed(CrawlStack.Frame frame, byte[] name) {
    Arrival arrival = findings.arrival(frame.node, name, Arrival.Evidence.LISTED);
    return findings.isSilent() || !findings.tellsFinished()
        ? arrival
        : new Arrival(
            arrival.asDirectory(), () -> foundOther(frame, name), Arrival.Evidence.LISTED);
  }

  /** Tells an entry that is no directory, which its directory did not say. */
  private void foundOther(CrawlStack.Frame frame, byte[] name) {
    foundFile(frame, name, visit.isPlainFile(stack.open(frame), name));
  }

  /** A directory may yet have what was not read. */
  private void notRead(TreeNode node, int errno) {
    if (node.parent == null) {
      pass.rootFailed(errno);
    } else {
      failed.unread(node, errno);
    }
  }
}
