package org.inotify4j.tree;

import static org.inotify4j.tree.NameStates.ABSENT;
import static org.inotify4j.tree.NameStates.DIRECTORY;
import static org.inotify4j.tree.NameStates.FILE;
import static org.inotify4j.tree.NameStates.FOUND;
import static org.inotify4j.tree.NameStates.NONE;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes exactly one event of what is both seen on the disk and reported by the kernel.
 *
 * <p>Who looks at the disk sees a state that lies ahead of the records which are still queued.
 * There is no telling which of these the look has seen already, and it need not be told: what
 * counts is what the program believes. So that is noted of every entry that was looked for. Until a
 * mark in the kernel's queue that was placed after the look has come by, the creation of an entry
 * that the program knows of is passed over, and so is the deletion of one that it does not know of;
 * every other one is told, and noted. When the mark comes, the records are where the look was, what
 * the program believes is what there is, and the notes are forgotten.
 *
 * <p>What moves to a name takes the place of a file that has it, of which the program has to hear.
 * If the kernel told of that file, what moves comes later, and is told. If the file was found, what
 * was found may be the one that moved: then it is still there, by its inode, and nothing is told.
 *
 * <p>A directory that was read is known in full: a name that was not found in it is absent. Where
 * the whole tree was looked at in silence, as when it is registered, nothing is noted of single
 * entries; but of a directory that was found then no creation is told.
 *
 * <p>Notes are kept for longer than that where no mark can be placed. They stay right: they follow
 * every event.
 */
final class ToldEntries {

  /** Notes since the last mark was placed. */
  private Map<TreeNode, NameStates> recent = new HashMap<>();

  /** Notes from before a mark that is still to come. */
  private Map<TreeNode, NameStates> marked = new HashMap<>();

  private boolean markIsUnderWay;

  /** Whether the whole tree was looked at since the last mark was placed, and before that. */
  private boolean recentIsAll;

  private boolean markedIsAll;

  /** The whole tree was looked at. */
  void lookedAtAll() {
    recentIsAll = true;
  }

  /** Whether the next record of a directory may be from before it was read. */
  boolean isBehindReading(TreeNode directory) {
    return recentIsAll || markedIsAll || wasRead(recent, directory) || wasRead(marked, directory);
  }

  private static boolean wasRead(Map<TreeNode, NameStates> all, TreeNode directory) {
    NameStates notes = all.isEmpty() ? null : all.get(directory);
    return notes != null && notes.isOfAll();
  }

  /** Whether an entry was found there, by its inode, and no record has told of it since. */
  boolean isFound(TreeNode directory, byte[] name, IntPredicate isStill) {
    NameStates notes = notes(directory, name);
    return notes != null && notes.state(name) == FOUND && isStill.test(notes.inode(name));
  }

  /** A directory is read from now on, whatever was noted of it. */
  void reading(TreeNode directory) {
    recent.put(directory, new NameStates(ABSENT));
  }

  /**
   * Whether the creation of an entry is to be told; then it is noted.
   *
   * @param hasNode whether the tree has a directory there
   */
  boolean appears(TreeNode directory, byte[] name, boolean isDirectory, boolean hasNode) {
    NameStates notes = notes(directory, name);
    if (notes == null) {
      return !(hasNode && (recentIsAll || markedIsAll));
    } else if (notes.state(name) != ABSENT) {
      return false;
    }
    notes.put(name, isDirectory ? DIRECTORY : FILE);
    return true;
  }

  /**
   * Whether what moves to a name takes the place of a file that the program knows of; then it is
   * noted.
   *
   * @param isStill whether the file that was found there, with this inode, is there still
   */
  boolean replaces(TreeNode directory, byte[] name, boolean isDirectory, IntPredicate isStill) {
    NameStates notes = notes(directory, name);
    if (notes == null) {
      return false;
    }
    int state = notes.state(name);
    boolean isNews = state == FILE || (state == FOUND && !isStill.test(notes.inode(name)));
    if (isNews) {
      notes.put(name, isDirectory ? DIRECTORY : FILE);
    }
    return isNews;
  }

  /** Whether the deletion of an entry is to be told; then it is noted. */
  boolean vanishes(TreeNode directory, byte[] name) {
    NameStates notes = notes(directory, name);
    if (notes == null) {
      return true;
    } else if (notes.state(name) == ABSENT) {
      return false;
    }
    notes.put(name, ABSENT);
    return true;
  }

  /** Whether the program may know of an entry. */
  boolean mayBeThere(TreeNode directory, byte[] name) {
    NameStates notes = notes(directory, name);
    return notes == null || notes.state(name) != ABSENT;
  }

  /** Whether the program is noted to know of an entry. */
  boolean isThere(TreeNode directory, byte[] name) {
    NameStates notes = notes(directory, name);
    return notes != null && notes.state(name) != ABSENT;
  }

  /** Notes that the program knows of no entry at a place. */
  void noteAbsent(TreeNode directory, byte[] name) {
    newNotes(directory).put(name, ABSENT);
  }

  /**
   * Notes that the program knows of an entry that was found.
   *
   * @param inode the lower half of its number
   */
  void noteFound(TreeNode directory, byte[] name, boolean isDirectory, int inode) {
    newNotes(directory).put(name, isDirectory ? DIRECTORY : FOUND, inode);
  }

  private NameStates newNotes(TreeNode directory) {
    return recent.computeIfAbsent(directory, any -> new NameStates(NONE));
  }

  /** Whether there are notes for which a mark is to be placed. */
  boolean needsMark() {
    return !markIsUnderWay && (recentIsAll || !recent.isEmpty());
  }

  /** A mark was placed. */
  void markPlaced() {
    marked = recent;
    markedIsAll |= recentIsAll;
    recent = new HashMap<>();
    recentIsAll = false;
    markIsUnderWay = true;
  }

  /** The mark has come by. */
  void markReached() {
    marked = new HashMap<>();
    markedIsAll = false;
    markIsUnderWay = false;
  }

  /** Forgets everything: the program is about to look for itself. */
  void clear() {
    recent.clear();
    marked.clear();
  }

  /** The notes that know an entry, or null where none do. */
  private @Nullable NameStates notes(TreeNode directory, byte[] name) {
    NameStates notes = recent.isEmpty() ? null : recent.get(directory);
    if (notes == null || notes.state(name) == NONE) {
      notes = marked.isEmpty() ? null : marked.get(directory);
    }
    return notes == null || notes.state(name) == NONE ? null : notes;
  }
}
