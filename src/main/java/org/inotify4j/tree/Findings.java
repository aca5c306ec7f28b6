package org.inotify4j.tree;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * Tells what is found on the disk, and notes what the program believes then. In silence it does
 * neither.
 */
final class Findings {

  /** The inode of what was found, where nobody has said which it is. */
  static final int UNKNOWN = 0;

  private final ToldEntries told;
  private final TreeRenames moves;
  private final TreeReporter reporter;
  private boolean isSilent = true;

  /** Whether directories were found in others, and not in silence. */
  private boolean foundDirectories;

  Findings(ToldEntries told, TreeRenames moves, TreeReporter reporter) {
    this.told = told;
    this.moves = moves;
    this.reporter = reporter;
  }

  /**
   * Whether what is found from here on is nothing to tell: the program knows, or will look for
   * itself.
   */
  void beSilent(boolean silent) {
    isSilent = silent;
    if (!silent) {
      told.lookedAtAll();
    }
  }

  boolean isSilent() {
    return isSilent;
  }

  /** Whether an entry is left out, with all below it. */
  boolean isExcluded(TreeNode directory, byte[] name, boolean isDirectory) {
    return reporter.isExcluded(directory, name, isDirectory);
  }

  /** Whether an entry is left out whatever it is. */
  boolean isExcluded(TreeNode directory, byte[] name) {
    return isExcluded(directory, name, false) && isExcluded(directory, name, true);
  }

  /** Whether the program is noted to know of an entry. */
  boolean isKnown(TreeNode directory, byte[] name) {
    return told.isThere(directory, name);
  }

  /** A directory is read from now on. */
  void reading(TreeNode directory) {
    if (!isSilent) {
      told.reading(directory);
    }
  }

  /**
   * How an entry is told that is looked for by its name, if the program does not know of it: as no
   * directory, unless that is left out.
   */
  Arrival arrival(TreeNode directory, byte[] name, Arrival.Evidence evidence) {
    return isSilent
        ? Arrival.untold(evidence)
        : new Arrival(
            () -> tell(directory, name, true, UNKNOWN),
            () -> {
              if (!isExcluded(directory, name, false)) {
                tell(directory, name, false, UNKNOWN);
              }
            },
            evidence);
  }

  /** A directory was found in another one. */
  void directory() {
    foundDirectories |= !isSilent;
  }

  /** Whether there was one since this was asked last. */
  boolean takeDirectories() {
    boolean wereFound = foundDirectories;
    foundDirectories = false;
    return wereFound;
  }

  /** How a directory is told that may be another than before; of no other entry is that known. */
  Arrival arrivalOfMount(TreeNode directory, byte[] name) {
    Arrival arrival = arrival(directory, name, Arrival.Evidence.LISTED);
    return new Arrival(arrival.asDirectory(), () -> {}, arrival.evidence());
  }

  /** How an entry is told of which the kernel said that it came. */
  Arrival certainArrival(TreeNode directory, byte[] name, Runnable tell) {
    Runnable tellAndNote =
        () -> {
          tell.run();
          if (!isSilent) {
            told.noteFound(directory, name, true, UNKNOWN);
          }
        };
    return new Arrival(tellAndNote, tellAndNote, Arrival.Evidence.REPORTED);
  }

  /** The same, where the program may know of that very entry: then it is not told. */
  Arrival arrivalOfOther(TreeNode directory, byte[] name, Runnable tell) {
    Runnable tellUnlessKnown =
        () -> {
          if (!isSilent && !isKnown(directory, name)) {
            told.noteFound(directory, name, true, UNKNOWN);
            tell.run();
          }
        };
    return new Arrival(tellUnlessKnown, tellUnlessKnown, Arrival.Evidence.REPORTED);
  }

  /**
   * Tells an entry that was found, if the program does not know of it.
   *
   * @param inode the lower half of its number
   * @return whether it did not
   */
  @CanIgnoreReturnValue
  boolean tell(TreeNode directory, byte[] name, boolean isDirectory, int inode) {
    boolean isNews = !isSilent && !isKnown(directory, name);
    if (isNews) {
      told.noteFound(directory, name, isDirectory, inode);
      reporter.found(directory, name, isDirectory);
    }
    return isNews;
  }

  /** Whether who is told wants to hear that files are finished. */
  boolean tellsFinished() {
    return reporter.tellsFinished();
  }

  /** A file was found that nobody is known to write. */
  void finished(TreeNode directory, byte[] name) {
    reporter.finished(directory, name);
  }

  /** A directory was found that the program knows of, with all in it. */
  void remains(TreeNode directory, byte[] name) {
    if (!isSilent) {
      reporter.remains(directory, name);
    }
  }

  /** The place of a directory was taken by something else. */
  void replaced(TreeNode node) {
    TreeNode parent = node.parent;
    if (parent != null) {
      noteAbsent(parent, node.name);
      reporter.gone(parent, node.name);
    }
  }

  /** A directory is not what it was taken for: what is in it will be told once more. */
  void begunAnew(TreeNode node) {
    TreeNode parent = node.parent;
    if (parent != null) {
      reporter.gone(parent, node.name);
      reporter.found(parent, node.name, true);
    }
  }

  /** A directory was found elsewhere. */
  void left(TreeNode node) {
    TreeNode parent = node.parent;
    if (parent != null) {
      if (told.vanishes(parent, node.name) && !moves.isLeaving(node)) {
        reporter.gone(parent, node.name);
      }
      noteAbsent(parent, node.name);
    }
  }

  /** An entry that the program does not know of is looked for. */
  void lookingFor(TreeNode directory, byte[] name) {
    noteAbsent(directory, name);
  }

  private void noteAbsent(TreeNode directory, byte[] name) {
    if (!isSilent) {
      told.noteAbsent(directory, name);
    }
  }
}
