package org.inotify4j.tree;

import org.inotify4j.Flag;

/**
 * What comes to a name of a tree, and goes from it, as records say.
 *
 * <p>A name that goes takes everything below with it, watches and all. A directory that comes is
 * opened, watched, read and told. Of what the program knows already, since it was found before its
 * record came, it is not told again ({@link ToldEntries}).
 */
final class EntryChanges {

  private final ToldEntries told;
  private final TreeReporter reporter;
  private final TreePlaces places;
  private final Crawl crawl;
  private final FoundFiles files;

  /** Done before a directory is entered that comes with what may be mounted in it. */
  private final Runnable comesWithMounts;

  EntryChanges(
      ToldEntries told,
      TreeReporter reporter,
      TreePlaces places,
      Crawl crawl,
      FoundFiles files,
      Runnable comesWithMounts) {
    this.told = told;
    this.reporter = reporter;
    this.places = places;
    this.crawl = crawl;
    this.files = files;
    this.comesWithMounts = comesWithMounts;
  }

  /** Something else is done to what has a name. */
  void happens(TreeNode directory, byte[] name, int mask, int cookie) {
    if (told.mayBeThere(directory, name)) {
      reporter.event(directory, name, mask, cookie);
    }
  }

  // What comes.

  /** Something came by a move from where nobody knows of it. */
  void movesIn(TreeNode directory, byte[] name, int mask, int cookie) {
    if (Flag.ISDIR.isIn(mask) && !places.isFlat()) {
      comesWithMounts.run();
    }
    comes(directory, name, mask, cookie);
  }

  /** Something came to a name. */
  void comes(TreeNode directory, byte[] name, int mask, int cookie) {
    comes(directory, name, mask, () -> reporter.event(directory, name, mask, cookie));
  }

  /**
   * Something came to a name.
   *
   * @param tell tells that, where it is news
   */
  void comes(TreeNode directory, byte[] name, int mask, Runnable tell) {
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
        crawl.verify(directory, name, tell);
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

  /**
   * A directory of the tree comes to a name with all that is below it: what was there is dropped.
   *
   * @return false if that may be no news, as what was found there may be this directory
   */
  boolean comesWhole(TreeNode directory, byte[] name) {
    TreeNode there = places.at(directory, name);
    boolean isOther = there != null && there.wd > 0;
    boolean isNews = told.appears(directory, name, true, there != null) || isOther;
    if (isNews && there != null) {
      replace(there);
    }
    return isNews;
  }

  /** Drops a directory whose place was taken by something else, which is told. */
  private void replace(TreeNode node) {
    TreeNode parent = node.parent;
    if (parent != null) {
      reporter.gone(parent, node.name);
    }
    places.drop(node);
  }

  // What goes.

  /** Something went from a name. */
  void goes(TreeNode directory, byte[] name, int mask, int cookie) {
    if (vanishes(directory, name)) {
      reporter.event(directory, name, mask, cookie);
    }
    drop(directory, name);
  }

  /**
   * Notes that something went from a name, and drops nothing.
   *
   * @return whether the program is to be told
   */
  boolean vanishes(TreeNode directory, byte[] name) {
    return told.vanishes(directory, name);
  }

  /** Drops the directory that is at a place, if one is. */
  void drop(TreeNode directory, byte[] name) {
    TreeNode node = places.at(directory, name);
    if (node != null) {
      places.drop(node);
    }
  }
}
