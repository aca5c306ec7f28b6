package org.inotify4j.tree;

import org.inotify4j.EntryName;
import org.inotify4j.disk.FileStatus;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Goes through directories of the disk: knows what is still to visit, and has {@link Visitors}
 * visit it.
 *
 * <p>A directory is watched before it is read, so that nothing can come in between; what is then
 * both found and reported by the kernel is the business of {@link ToldEntries}. A directory is
 * opened by its name in its parent, without following a link, and the watch is placed on what was
 * opened. {@link VisitResults} knows what that means for the model.
 *
 * <p>A parent that is not open is reached by its path ({@link NodePath}). Where it cannot be, for a
 * rename whose record is still queued, it is tried again when that comes: unless this part of the
 * tree is dropped then, and found anew.
 */
final class Crawl {

  private final TreePlaces places;
  private final NodePath paths;
  private final Findings findings;
  private final FailedVisits failed;
  private final Visitors visitors;
  private final VisitResults results;
  private final CrawlStack stack;

  /** The visit whose results are being taken, for who closes what was left open. */
  private @Nullable Visit current;

  Crawl(
      TreePlaces places,
      NodePath paths,
      Findings findings,
      FailedVisits failed,
      Visitors visitors,
      VisitResults results) {
    this.places = places;
    this.paths = paths;
    this.findings = findings;
    this.failed = failed;
    this.visitors = visitors;
    this.results = results;
    this.stack = results.stack();
  }

  // A whole tree.

  /** A visit of the root, in steps. */
  Visit rootVisit() {
    return visitors.spare();
  }

  /**
   * Reads the root, and everything below.
   *
   * @param root the root's visit; it is open
   * @param isFirst whether this is the first pass
   */
  void readAll(Visit root, boolean isFirst) {
    visitors.beginPass(isFirst);
    results.read(places.root(), root);
    walk();
    visitors.goOnAlone();
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

  /**
   * A directory came, as the kernel says, where the program knows of one; if it is not that one, it
   * is told.
   *
   * @param tell tells that it came
   */
  void verify(TreeNode directory, byte[] name, Runnable tell) {
    enter(directory, name, findings.arrivalOfOther(directory, name, tell));
  }

  /** A directory is to be watched, and what is in it told. */
  void enter(TreeNode directory, byte[] name, Arrival arrival) {
    int fd = paths.open(directory);
    if (fd < 0) {
      places.forgetOther(directory, name);
      arrival.asDirectory().run();
      findings.remains(directory, name);
      failed.putOff(directory, name, fd);
    } else {
      enterAndClose(directory, name, fd, arrival);
    }
  }

  private void enterAndClose(TreeNode directory, byte[] name, int directoryFd, Arrival arrival) {
    try {
      visitors.plan(null, directoryFd, name);
      current = visitors.next();
      if (current != null) {
        results.enter(directory, current, arrival);
        done(current);
      }
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
        || findings.isExcluded(directory, name)) {
      return;
    }
    findings.lookingFor(directory, name);
    int fd = paths.open(directory);
    if (fd >= 0 && places.isFlat()) {
      lookAndClose(directory, name, fd);
    } else if (fd >= 0) {
      Arrival arrival = findings.arrival(directory, name, Arrival.Evidence.NONE);
      enterAndClose(directory, name, fd, arrival);
    } else if (!NodePath.isElsewhere(fd) || paths.isThere(places.root())) {
      failed.lookLater(directory, name);
    }
  }

  /** Tells what is there, where no directory is entered. */
  private void lookAndClose(TreeNode directory, byte[] name, int directoryFd) {
    try {
      FileStatus status = paths.status(directoryFd, name);
      if (status.result() < 0) {
        if (!Errno.ENOENT.is(status.result())) {
          failed.lookLater(directory, name);
        }
      } else if (!findings.isExcluded(directory, name, status.isDirectory())) {
        findings.tell(directory, name, status.isDirectory(), (int) status.identity().inode());
      }
    } finally {
      paths.close(directoryFd);
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

  /**
   * Something was mounted at a place, or unmounted: what is there may be another directory.
   *
   * @param isOther whether it counts as another one in any case
   */
  void lookAtMount(TreeNode directory, byte[] name, boolean isOther) {
    if (findings.isExcluded(directory, name, true)) {
      return; // Its server may not answer, and nobody wants to know.
    }
    TreeEntry place = new TreeEntry(directory, EntryName.of(name));
    if (!isOther && places.isSecondPlace(place)) {
      // The first one may be amid a rename.
      places.lookAtSecondPlace(place, this::lookAtSecondPlace);
      return;
    }
    int fd = paths.open(directory);
    if (fd >= 0) {
      if (isOther) {
        places.forgetOther(directory, name);
      }
      enterAndClose(directory, name, fd, findings.arrivalOfMount(directory, name));
    } else {
      // Also where it is not at its path: it may be amid a rename that is still queued.
      failed.lookLaterAtMount(place, isOther);
    }
  }

  /**
   * Looks at the places of directories that were elsewhere as well: they may be there alone now.
   */
  void lookAtSecondPlaces() {
    places.lookAtSecondPlaces(this::lookAtSecondPlace);
  }

  private void lookAtSecondPlace(TreeEntry place) {
    TreeNode directory = place.directory();
    byte[] name = place.name().toByteArray();
    if (!directory.isAlive() || places.at(directory, name) != null) {
      return;
    }
    int fd = paths.open(directory);
    if (fd >= 0) {
      // Another directory may have the place by now, of which no record has come yet.
      enterAndClose(directory, name, fd, findings.arrivalOfMount(directory, name));
    } else {
      failed.lookLater(place);
    }
  }

  /** Watches a directory for all that is asked for. */
  void complete(TreeNode node) {
    results.complete(node, paths.open(node));
  }

  /** Closes what a crawl that failed has left open. No visit is on its way any more. */
  void abandon() {
    visitors.stop();
    Visit left = current == null ? visitors.next() : current;
    while (left != null) {
      left.close();
      done(left);
      left = visitors.next();
    }
    stack.clear();
    visitors.release();
  }

  // What is still to visit.

  private void walk() {
    plan();
    for (current = visitors.next(); current != null; current = visitors.next()) {
      Visit visit = current;
      CrawlStack.Frame above = visit.plan().above();
      if (above != null) {
        take(visit, above);
        above.visitEnds();
        results.leaveIfDone(above);
      }
      done(visit);
      plan();
    }
    stack.clear();
    visitors.release();
  }

  private void done(Visit visit) {
    current = null;
    visitors.done(visit);
  }

  private void plan() {
    while (visitors.hasRoom()) {
      CrawlStack.Frame frame = stack.top();
      if (frame == null) {
        return;
      }
      if (results.isOver() || !frame.node.isAlive()) {
        frame.clear();
      } else {
        plan(frame, frame.next());
      }
      results.leaveIfDone(frame);
    }
  }

  private void plan(CrawlStack.Frame frame, byte[] name) {
    int fd = stack.open(frame);
    if (fd >= 0) {
      visitors.plan(frame, fd, name);
      frame.visitBegins();
    } else if (Errno.isForWantOfDescriptors(fd) && !visitors.isAlone()) {
      tryAlone(frame, name);
    } else {
      findings.tell(frame.node, name, true, Findings.UNKNOWN);
      failed.putOff(frame.node, name, fd);
    }
  }

  private void take(Visit visit, CrawlStack.Frame above) {
    Throwable failure = visit.failure();
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    TreeNode directory = above.node;
    byte[] name = visit.plan().name();
    if (results.isOver() || !directory.isAlive()) {
      // It left with what was moved from where it was, and is found with that.
      results.drop(visit);
    } else if (Errno.isForWantOfDescriptors(visit.fd()) && !visit.plan().isAlone()) {
      tryAlone(above, name);
    } else {
      results.enter(directory, visit, results.listed(above, visit));
    }
  }

  /** It may be the other visits that leave too few descriptors: goes on without, and with few. */
  private void tryAlone(CrawlStack.Frame frame, byte[] name) {
    visitors.goOnAlone();
    stack.keepFew();
    frame.add(name);
    stack.goOnWith(frame);
  }
}
