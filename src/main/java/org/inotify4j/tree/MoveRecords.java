package org.inotify4j.tree;

import org.inotify4j.Flag;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the records of a move: MOVED_FROM, MOVED_TO, and the MOVE_SELF of a directory.
 *
 * <p>A directory need not be read again only because its name is another one. It keeps its watches
 * and all that is below where it is certain that it is the one that moved: a rename is reported as
 * those three while the kernel has both parents locked, so no other change of an entry of these
 * comes between. If one does, or nothing comes for some milliseconds, then somebody else was moved,
 * before the watch was placed: a name has gone, and another has come. That holds also where the
 * program wants to hear of what comes and does not know of renames: what is below has to be read
 * and told in any case, as it does where the audience cannot take what is below along ({@link
 * org.inotify4j.follow.Audience#movesWhole}). MOVE_SELF without MOVED_TO says that the directory
 * has left the tree.
 */
final class MoveRecords {

  private final TreeRenames moves;
  private final TreeReporter reporter;
  private final TreePlaces places;
  private final EntryChanges changes;
  private final Exchanges exchanges;
  private final Reattempts reattempts;

  /** Whether a directory that is renamed can keep what is below. */
  private final boolean directoriesMove;

  MoveRecords(
      TreeRenames moves,
      TreeReporter reporter,
      TreePlaces places,
      EntryChanges changes,
      Exchanges exchanges,
      Reattempts reattempts) {
    this.moves = moves;
    this.reporter = reporter;
    this.places = places;
    this.changes = changes;
    this.exchanges = exchanges;
    this.reattempts = reattempts;
    this.directoriesMove = reporter.letsDirectoriesMove();
  }

  /**
   * An entry of a directory changes, which ends the wait of moves.
   *
   * @param cookie that of the change
   */
  void changes(TreeNode directory, byte[] name, int cookie) {
    moves.endedBy(directory, name, cookie).forEach(this::settle);
  }

  void from(TreeNode directory, byte[] name, int mask, int cookie) {
    TreeNode node = places.at(directory, name);
    boolean isWatched = node != null && node.wd > 0;
    boolean mayBeExchanged = exchanges.mayBeExchanged(directory, name);
    boolean mayBeHalf = exchanges.mayBeHalf(directory, name, node);
    boolean isToMove = directoriesMove && Flag.ISDIR.isIn(mask) && isWatched;
    boolean owesDeletion = false;
    if (isToMove) {
      owesDeletion = changes.vanishes(directory, name);
    } else if (isWatched || isUnheard(node) || !reporter.tellsRenames()) {
      changes.goes(directory, name, mask, cookie);
    } else {
      owesDeletion = changes.vanishes(directory, name);
      changes.drop(directory, name);
    }
    OpenRename move =
        moves.begin(directory, name, mask, cookie, isToMove ? node : null, owesDeletion);
    move.mayBeExchanged = mayBeExchanged;
    move.mayBeHalf = mayBeHalf;
    if (!move.isOpen()) {
      exchanges.lookBehind(move);
    }
  }

  /** Whether a rename would take along what is known of a directory, and may be gone. */
  private boolean isUnheard(@Nullable TreeNode node) {
    return node != null && places.wasKnown(node);
  }

  void to(TreeNode directory, byte[] name, int mask, int cookie) {
    OpenRename move = moves.takeHalf(cookie);
    // Where the wait was over before this came, it is something new.
    if (move == null) {
      changes.movesIn(directory, name, mask, cookie);
      return;
    }
    move.to(directory, name, mask);
    if (move.node == null) {
      moves.end(move);
      changes.comes(directory, name, mask, () -> tell(move, directory));
      tellDeletion(move);
      exchanges.lookBehind(move);
    }
  }

  /** A directory says that it moved. */
  void ofItself(TreeNode node) {
    OpenRename move = moves.of(node);
    if (move == null) {
      return; // It was not where it is now.
    }
    TreeNode to = move.toDirectory;
    if (to == null
        || !to.isAlive()
        || to.isAtOrBelow(node)
        || !movesWhole(move, to)
        || !changes.comesWhole(to, move.toName)) {
      settle(move);
      return;
    }
    moves.end(move);
    // Before the node has another path.
    tell(move, to);
    places.move(node, to, move.toName);
    exchanges.lookBehind(move);
    reattempts.tryUnreached();
  }

  private boolean movesWhole(OpenRename move, TreeNode to) {
    return !isTold(move)
        || reporter.movesWhole(TreeNodes.path(move.directory, move.name), to, move.toName);
  }

  /** Whether both ends of a move are told as one event. */
  private boolean isTold(OpenRename move) {
    return move.owesDeletion && reporter.tellsRenames() && move.directory.isAlive();
  }

  /** Tells both ends of a move: as one event, if the first is yet to be told. */
  private void tell(OpenRename move, TreeNode to) {
    if (isTold(move)) {
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

  // The end of the wait.

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

  /** Records are lost: what is half known will not be known better. */
  void forget() {
    moves.clear();
    exchanges.forget();
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
      changes.comes(to, move.toName, move.toMask, move.cookie);
    }
    exchanges.lookBehind(move);
  }
}
