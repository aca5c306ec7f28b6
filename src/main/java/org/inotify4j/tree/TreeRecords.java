package org.inotify4j.tree;

import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.follow.LateRecords;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tree in step with the kernel's events, and tells them.
 *
 * <p>The rule is simple, and never wrong: a name that goes takes everything below with it, watches
 * and all; a directory that comes is opened, watched, read and told. The events lie behind the
 * disk, so what is opened may be another directory than the one that came; then its own events will
 * say so, and {@link ToldEntries} sees to it that the program hears of each entry once.
 *
 * <p><b>Renames.</b> A directory need not be read again only because its name is another one. It
 * keeps its watches and all that is below where it is certain that it is the one that moved: a
 * rename is reported as MOVED_FROM, MOVED_TO and the MOVE_SELF of the directory itself, while the
 * kernel has both parents locked, so no other change of an entry of these comes between. If one
 * does, or nothing comes for some milliseconds, then somebody else was moved, before the watch was
 * placed, and the rule applies. It applies also where the program wants to hear of what comes and
 * does not know of renames: what is below has to be read and told in any case. MOVE_SELF without
 * MOVED_TO says that the directory has left the tree.
 *
 * <p><b>Exchanges.</b> RENAME_EXCHANGE is reported as two moves, there and back: at one of the two
 * places something comes, and at once something goes, which is not what came. So where a name goes
 * that was the last to come in its directory, one looks what is there. A directory may be watched
 * amid an exchange, and then has the second move only. It is read when both are over, so what came
 * is found; that the second move takes it away again is made good by a look as well.
 */
final class TreeRecords {

  private static final int CHANGES = Mask.of(Flag.CREATE, Flag.DELETE) | Mask.MOVE;

  private final LateRecords<Integer> late;
  private final ToldEntries told;
  private final TreeRenames moves;
  private final TreeReporter reporter;
  private final TreePlaces places;
  private final Crawl crawl;
  private final Reattempts reattempts;
  private final Findings findings;
  private final UnwatchedDirectories unwatched;
  private final FoundFiles files;

  /** Done before a directory is entered that comes with what may be mounted in it. */
  private final Runnable comesWithMounts;

  /** Whether a directory that is renamed can keep what is below. */
  private final boolean directoriesMove;

  /** The names that came by a move, where that was the last change in their directories. */
  private final RecentArrivals lastArrivals = new RecentArrivals();

  private final LooksBehind looksBehind = new LooksBehind();

  /** The directory that was unmounted, whose IGNORED comes next. */
  private @Nullable TreeNode unmounted;

  TreeRecords(
      LateRecords<Integer> late,
      ToldEntries told,
      TreeRenames moves,
      TreeReporter reporter,
      TreePlaces places,
      Crawl crawl,
      Reattempts reattempts,
      Findings findings,
      UnwatchedDirectories unwatched,
      FoundFiles files,
      Runnable comesWithMounts) {
    this.late = late;
    this.told = told;
    this.moves = moves;
    this.reporter = reporter;
    this.places = places;
    this.crawl = crawl;
    this.reattempts = reattempts;
    this.findings = findings;
    this.unwatched = unwatched;
    this.files = files;
    this.comesWithMounts = comesWithMounts;
    this.directoriesMove = reporter.letsDirectoriesMove();
  }

  /** Takes an event of a directory of the tree, but for the end of the root. */
  void event(KernelRecord event) {
    TreeNode directory = places.get(event.wd());
    if (directory == null || late.areOf(event.wd())) {
      return; // It was dropped.
    }
    int mask = event.mask();
    if (Flag.IGNORED.isIn(mask)) {
      ended(directory);
    } else if (event.nameLength() == 0) {
      ofItself(directory, mask);
    } else {
      byte[] name = event.nameBytes();
      if (!reporter.isExcluded(directory, name, Flag.ISDIR.isIn(event.mask()))) {
        ofEntry(directory, name, mask, event.cookie());
      }
    }
  }

  private void ofItself(TreeNode directory, int mask) {
    if (directory == places.root()) {
      reporter.rootEvent(mask);
      if (Flag.MOVE_SELF.isIn(mask)) {
        reattempts.rootMoved();
      } else if (Flag.ATTRIB.isIn(mask)) {
        reattempts.permissionsChanged(directory);
      }
    } else if (Flag.MOVE_SELF.isIn(mask)) {
      movedItself(directory);
    } else if (Flag.UNMOUNT.isIn(mask)) {
      unmounted = directory;
    }
  }

  /** The watch of a directory is gone: it was deleted, which its parent will say, or unmounted. */
  private void ended(TreeNode directory) {
    places.watchEnded(directory);
    if (directory == unmounted) {
      unmounted = null;
      crawl.lookBelowMount(directory);
    } else {
      reattempts.watchEnded(directory);
    }
  }

  private void ofEntry(TreeNode directory, byte[] name, int mask, int cookie) {
    if ((mask & CHANGES) != 0) {
      moves.endedBy(directory, name, cookie).forEach(this::settle);
      changed(directory, name, mask, cookie);
    } else {
      if (told.mayBeThere(directory, name)) {
        reporter.event(directory, name, mask, cookie);
      }
      if (Mask.of(Flag.ATTRIB, Flag.ISDIR) == mask) {
        TreeNode node = places.at(directory, name);
        if (node != null) {
          reattempts.permissionsChanged(node);
        }
      }
    }
  }

  private void changed(TreeNode directory, byte[] name, int mask, int cookie) {
    if (Flag.MOVED_FROM.isIn(mask)) {
      movedFrom(directory, name, mask, cookie);
      lastArrivals.forget(directory);
    } else if (Flag.MOVED_TO.isIn(mask)) {
      lastArrivals.note(directory, name);
      looksBehind.came(directory, name);
      movedTo(directory, name, mask, cookie);
    } else if (Flag.CREATE.isIn(mask)) {
      lastArrivals.forget(directory);
      looksBehind.came(directory, name);
      came(directory, name, mask, cookie);
    } else {
      lastArrivals.forget(directory);
      went(directory, name, mask, cookie);
    }
  }

  private void came(TreeNode directory, byte[] name, int mask, int cookie) {
    came(directory, name, mask, () -> reporter.event(directory, name, mask, cookie));
  }

  private void came(TreeNode directory, byte[] name, int mask, Runnable tell) {
    TreeNode there = places.at(directory, name);
    boolean isDirectory = Flag.ISDIR.isIn(mask);
    boolean isNews =
        told.appears(directory, name, isDirectory, there != null)
            || (Flag.MOVED_TO.isIn(mask) && replaces(directory, name, isDirectory));
    if (isDirectory && !places.isFlat()) {
      // A move may have put another directory in the place of one that was empty.
      if (isNews) {
        crawl.enter(directory, name, tell);
      } else if (there == null || Flag.MOVED_TO.isIn(mask)) {
        crawl.verify(directory, name);
      }
    } else if (isNews) {
      if (there != null) {
        replace(there);
      }
      tell.run();
    }
  }

  private boolean replaces(TreeNode directory, byte[] name, boolean isDirectory) {
    return told.replaces(
        directory, name, isDirectory, inode -> files.isStillAt(directory, name, inode));
  }

  /** Drops a directory whose place was taken by something else, which is told. */
  private void replace(TreeNode node) {
    TreeNode parent = node.parent;
    if (parent != null) {
      reporter.gone(parent, node.name);
    }
    places.drop(node);
  }

  private void went(TreeNode directory, byte[] name, int mask, int cookie) {
    if (told.vanishes(directory, name)) {
      reporter.event(directory, name, mask, cookie);
    }
    TreeNode node = places.at(directory, name);
    if (node != null) {
      places.drop(node);
    }
  }

  // Moves.

  private void movedFrom(TreeNode directory, byte[] name, int mask, int cookie) {
    TreeNode node = places.at(directory, name);
    boolean isWatched = node != null && node.wd > 0;
    // A rename would take along what is known of it, and it may be gone.
    boolean isUnheard = node != null && unwatched.wasKnown(node);
    boolean mayBeExchanged = lastArrivals.has(directory, name);
    boolean mayBeHalf = isBehindReading(directory) && isStillThere(directory, name, node);
    boolean isToMove = directoriesMove && Flag.ISDIR.isIn(mask) && isWatched;
    boolean owesDeletion = false;
    if (isToMove) {
      owesDeletion = told.vanishes(directory, name);
    } else if (isWatched || isUnheard || !reporter.tellsRenames()) {
      went(directory, name, mask, cookie);
    } else {
      owesDeletion = told.vanishes(directory, name);
      if (node != null) {
        places.drop(node);
      }
    }
    OpenRename move =
        moves.begin(directory, name, mask, cookie, isToMove ? node : null, owesDeletion);
    move.mayBeExchanged = mayBeExchanged;
    move.mayBeHalf = mayBeHalf;
    if (!move.isOpen()) {
      lookBehind(move);
    }
  }

  private boolean isBehindReading(TreeNode directory) {
    return findings.isSilent() || told.isBehindReading(directory);
  }

  /** Whether what was found at a place is there by now, though a record says that it went. */
  private boolean isStillThere(TreeNode directory, byte[] name, @Nullable TreeNode node) {
    return node == null
        ? told.isFound(directory, name, inode -> files.isThere(directory, name, inode))
        : node.wd > 0 && files.isThere(node);
  }

  private void movedTo(TreeNode directory, byte[] name, int mask, int cookie) {
    OpenRename move = moves.takeHalf(cookie);
    // Where the wait was over before this came, it is something new.
    if (move == null) {
      if (Flag.ISDIR.isIn(mask) && !places.isFlat()) {
        comesWithMounts.run();
      }
      came(directory, name, mask, cookie);
      return;
    }
    move.to(directory, name, mask);
    if (move.node == null) {
      moves.end(move);
      came(directory, name, mask, () -> tellMove(move, directory));
      tellDeletion(move);
      lookBehind(move);
    }
  }

  /** A directory says that it moved. */
  private void movedItself(TreeNode node) {
    OpenRename move = moves.of(node);
    if (move == null) {
      return; // It was not where it is now.
    }
    TreeNode to = move.toDirectory;
    TreeNode there = to == null ? null : places.at(to, move.toName);
    if (to == null
        || !to.isAlive()
        || to.isAtOrBelow(node)
        || !told.appears(to, move.toName, true, there != null)) {
      settle(move);
      return;
    }
    moves.end(move);
    if (there != null) {
      replace(there);
    }
    // Before the node has another path.
    tellMove(move, to);
    places.move(node, to, move.toName);
    lookBehind(move);
    reattempts.tryUnreached();
  }

  /** Tells both ends of a move: as one event, if the first is yet to be told. */
  private void tellMove(OpenRename move, TreeNode to) {
    if (move.owesDeletion && reporter.tellsRenames() && move.directory.isAlive()) {
      move.owesDeletion = false;
      byte[] from = TreeNodes.path(move.directory, move.name);
      reporter.renamed(from, to, move.toName, move.mask | move.toMask, move.cookie);
    } else {
      tellDeletion(move);
      reporter.event(to, move.toName, move.toMask, move.cookie);
    }
  }

  private void tellDeletion(OpenRename move) {
    if (move.owesDeletion && move.directory.isAlive()) {
      reporter.event(move.directory, move.name, move.mask, move.cookie);
    }
    move.owesDeletion = false;
  }

  /** Does what has waited long enough. */
  void settleExpired() {
    for (OpenRename move = moves.firstExpired(); move != null; move = moves.firstExpired()) {
      settle(move);
    }
  }

  /** Tells what is owed: nothing comes any more. */
  void settleAll() {
    moves.all().forEach(this::settle);
  }

  /** Events are lost: what is half known will not be known better. */
  void forgetMoves() {
    moves.clear();
    lastArrivals.clear();
    looksBehind.clear();
    unmounted = null;
  }

  /** A move will not be known better: what went has gone, and what came is something new. */
  private void settle(OpenRename move) {
    moves.end(move);
    tellDeletion(move);
    TreeNode node = move.node;
    if (node != null && node.isAlive()) {
      places.drop(node);
    }
    TreeNode to = move.toDirectory;
    if (to != null && to.isAlive()) {
      came(to, move.toName, move.toMask, move.cookie);
    }
    lookBehind(move);
  }

  /** A mark is placed, behind all records that were queued so far. */
  void markPlaced() {
    looksBehind.markPlaced();
  }

  /** The mark has come by. */
  void markReached() {
    looksBehind.take().forEach(look -> crawl.look(look.directory(), look.name().toByteArray()));
  }

  /** After what may have been half of an exchange: is there something where it came from? */
  private void lookBehind(OpenRename move) {
    if (move.mayBeExchanged || (move.mayBeHalf && findings.isSilent())) {
      crawl.look(move.directory, move.name);
    } else if (move.mayBeHalf) {
      // It may also have gone, and come back, as records say that are queued.
      looksBehind.add(move.directory, move.name);
      unwatched.wantMark(move.began);
    }
    move.mayBeExchanged = false;
    move.mayBeHalf = false;
  }
}
