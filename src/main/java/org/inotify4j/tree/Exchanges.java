package org.inotify4j.tree;

import org.jspecify.annotations.Nullable;

/**
 * Looks what is at a name that went, where that may have been one half of an exchange of two names.
 *
 * <p>RENAME_EXCHANGE is reported as two moves, there and back: at one of the two places something
 * comes, and at once something goes, which is not what came. So where a name goes that was the last
 * to come in its directory, something else may be there. A directory may be watched amid an
 * exchange, and then has the second move only. It is read when both are over, so what came is
 * found; that the second move takes it away again is made good by a look as well.
 */
final class Exchanges {

  private final ToldEntries told;
  private final Findings findings;
  private final FoundFiles files;
  private final Crawl crawl;
  private final UnwatchedDirectories unwatched;

  /** The names that came by a move, where that was the last change in their directories. */
  private final RecentArrivals recentArrivals = new RecentArrivals();

  private final LooksBehind looksBehind = new LooksBehind();

  Exchanges(
      ToldEntries told,
      Findings findings,
      FoundFiles files,
      Crawl crawl,
      UnwatchedDirectories unwatched) {
    this.told = told;
    this.findings = findings;
    this.files = files;
    this.crawl = crawl;
    this.unwatched = unwatched;
  }

  // What changes.

  /** A name came by a move. */
  void moved(TreeNode directory, byte[] name) {
    recentArrivals.note(directory, name);
    looksBehind.came(directory, name);
  }

  /** A name was made. */
  void made(TreeNode directory, byte[] name) {
    recentArrivals.forget(directory);
    looksBehind.came(directory, name);
  }

  /** A name went, by a move or not. */
  void went(TreeNode directory) {
    recentArrivals.forget(directory);
  }

  // What may be exchanged.

  /** Whether a name that goes by a move may be the first of two that were exchanged. */
  boolean mayBeExchanged(TreeNode directory, byte[] name) {
    return recentArrivals.has(directory, name);
  }

  /**
   * Whether the directory may have been watched amid an exchange, of which this is the second half.
   *
   * @param node the directory that goes; null if it is none
   */
  boolean mayBeHalf(TreeNode directory, byte[] name, @Nullable TreeNode node) {
    return isBehindReading(directory) && isStillThere(directory, name, node);
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

  // Looking.

  /** After what may have been half of an exchange: is there something where it came from? */
  void lookBehind(OpenRename move) {
    if (move.mayBeExchanged || (move.mayBeHalf && findings.isSilent())) {
      crawl.look(move.directory, move.name);
    } else if (move.mayBeHalf) {
      // It may also have gone, and come back, as records say that are queued.
      looksBehind.add(move.directory, move.name);
      unwatched.wish().want(move.began);
    }
    move.mayBeExchanged = false;
    move.mayBeHalf = false;
  }

  /** A mark is placed, behind all records that were queued so far. */
  void markPlaced() {
    looksBehind.markPlaced();
  }

  /** The mark has come by. */
  void markReached() {
    looksBehind.take().forEach(look -> crawl.look(look.directory(), look.name().toByteArray()));
  }

  /** Records are lost, and everything is looked at. */
  void forget() {
    recentArrivals.clear();
    looksBehind.clear();
  }
}
