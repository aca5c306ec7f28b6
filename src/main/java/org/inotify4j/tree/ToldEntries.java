package org.inotify4j.tree;

import static org.inotify4j.tree.NameStates.ABSENT;
import static org.inotify4j.tree.NameStates.NONE;
import static org.inotify4j.tree.NameStates.PRESENT;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes exactly one event of what is both seen on the disk and reported by the kernel.
 *
 * <p>Who looks at the disk sees a state that lies ahead of the events which are still queued. There
 * is no telling which of these the look has seen already, and it need not be told: what counts is
 * what the program believes. So that is noted of every entry that was looked for. Until a mark in
 * the kernel's queue that was placed after the look has come by, the creation of an entry that the
 * program knows of is passed over, and so is the deletion of one that it does not know of; every
 * other one is told, and noted. When the mark comes, the events are where the look was, what the
 * program believes is what there is, and the notes are forgotten.
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

  /** A directory is read from now on, whatever was noted of it. */
  void reading(TreeNode directory) {
    recent.put(directory, new NameStates(ABSENT));
  }

  /**
   * Whether the creation of an entry is to be told; then it is noted.
   *
   * @param hasNode whether the tree has a directory there
   */
  boolean appears(TreeNode directory, byte[] name, boolean hasNode) {
    NameStates notes = notes(directory, name);
    return notes == null
        ? !(hasNode && (recentIsAll || markedIsAll))
        : change(notes, name, ABSENT, PRESENT);
  }

  /** Whether the deletion of an entry is to be told; then it is noted. */
  boolean vanishes(TreeNode directory, byte[] name) {
    NameStates notes = notes(directory, name);
    return notes == null || change(notes, name, PRESENT, ABSENT);
  }

  /** Whether the program may know of an entry. */
  boolean mayBeThere(TreeNode directory, byte[] name) {
    NameStates notes = notes(directory, name);
    return notes == null || notes.state(name) == PRESENT;
  }

  /** Whether the program is noted to know of an entry. */
  boolean isThere(TreeNode directory, byte[] name) {
    NameStates notes = notes(directory, name);
    return notes != null && notes.state(name) == PRESENT;
  }

  /** Notes what the program believes from now on of an entry that was looked for. */
  void note(TreeNode directory, byte[] name, boolean isThere) {
    recent
        .computeIfAbsent(directory, any -> new NameStates(NONE))
        .put(name, isThere ? PRESENT : ABSENT);
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

  private static boolean change(NameStates notes, byte[] name, int from, int to) {
    if (notes.state(name) != from) {
      return false;
    }
    notes.put(name, to);
    return true;
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
