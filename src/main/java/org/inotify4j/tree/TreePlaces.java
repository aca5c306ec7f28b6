package org.inotify4j.tree;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.inotify4j.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * The places of a tree, and what comes to them and leaves them: each step changes the nodes, their
 * watches and what is noted of them together.
 */
final class TreePlaces {

  private final TreeNodes nodes;
  private final TreeWatches watches;
  private final UnwatchedDirectories unwatched;
  private final Findings findings;
  private final Pass pass;
  private final boolean isFlat;

  /** Where directories are that the tree has elsewhere, by a mount, and watches there. */
  private Set<TreeEntry> secondPlaces = new LinkedHashSet<>();

  /** Those of them that are being looked at. */
  private Set<TreeEntry> looksAt = Set.of();

  /** Whether such a directory may have lost the place where it is watched. */
  private boolean wantsLook;

  /** Whether such a place could not be reached when it was to be looked at. */
  private boolean owesLook;

  TreePlaces(
      TreeNodes nodes,
      TreeWatches watches,
      UnwatchedDirectories unwatched,
      Findings findings,
      Pass pass,
      boolean isFlat) {
    this.nodes = nodes;
    this.watches = watches;
    this.unwatched = unwatched;
    this.findings = findings;
    this.pass = pass;
    this.isFlat = isFlat;
  }

  /** Whether a directory in the root is an entry as any other, and no place. */
  boolean isFlat() {
    return isFlat;
  }

  TreeNode root() {
    return nodes.root();
  }

  /** The directory that has a watch, or null. */
  @Nullable TreeNode get(int wd) {
    return nodes.get(wd);
  }

  /** The directory that a record is of; null where it was dropped meanwhile. */
  @Nullable TreeNode heard(int wd) {
    TreeNode directory = nodes.get(wd);
    return directory == null || watches.isLate(wd) ? null : directory;
  }

  /** The directory that is at a place, or null. */
  @Nullable TreeNode at(TreeNode directory, byte[] name) {
    return nodes.at(directory, name);
  }

  /** The directory that is at a place, or a new one without a watch. */
  TreeNode nodeAt(TreeNode directory, byte[] name) {
    TreeNode node = nodes.at(directory, name);
    if (node == null) {
      node = new TreeNode(name);
      nodes.attach(node, directory, name);
    }
    pass.sees(node);
    return node;
  }

  /** A directory is watched now. */
  void watched(TreeNode node, int wd) {
    unwatched.forget(node);
    nodes.watched(node, wd);
    unwatched.thereMayBeRoom();
  }

  /** The kernel has ended the watch of a directory. */
  void watchEnded(TreeNode node) {
    nodes.unwatched(node);
    unwatched.thereMayBeRoom();
  }

  /** Ends the watch of a directory, if it has one: nobody hears any more of what is in it. */
  void unwatch(TreeNode node) {
    if (node.wd > 0) {
      watches.remove(new int[] {node.wd});
      nodes.unwatched(node);
      if (findings.isSilent() && !pass.isFirst()) {
        // The program looks for itself behind this.
        unwatched.isUnheard(node);
      }
    }
  }

  /**
   * Drops a directory that can be watched again with all that was known below it, which is told:
   * what is gone from there meanwhile nobody has heard. A pass finds that by itself.
   *
   * @return whether it was one
   */
  boolean forgetUnheard(TreeNode directory, byte[] name) {
    TreeNode there = nodes.at(directory, name);
    boolean isUnheard = there != null && unwatched.wasKnown(there) && !pass.isUnderWay();
    if (there != null && isUnheard) {
      forget(there);
    }
    return isUnheard;
  }

  /** Whether the program may know of what is in a directory, of which nobody heard for a while. */
  boolean wasKnown(TreeNode node) {
    return unwatched.wasKnown(node);
  }

  /** Whether a directory has a path: it, and all above, are in the tree. */
  boolean hasPath(TreeNode node) {
    return nodes.hasPath(node);
  }

  /** Takes a directory, with all that is below it, to a place where there is none. */
  void move(TreeNode node, TreeNode to, byte[] name) {
    nodes.detach(node);
    nodes.attach(node, to, name);
  }

  /** Drops what was at a place before, unless it is what could not be watched there so far. */
  void forgetOther(TreeNode directory, byte[] name) {
    TreeNode there = nodes.at(directory, name);
    if (there != null && !unwatched.has(there)) {
      forget(there);
    }
  }

  /**
   * A directory is at a place that the tree has, and watches, elsewhere.
   *
   * @return whether that is news
   */
  boolean isAlsoAt(TreeNode directory, byte[] name) {
    forgetOther(directory, name);
    TreeEntry place = new TreeEntry(directory, EntryName.of(name));
    return secondPlaces.add(place) && !looksAt.contains(place);
  }

  /** Whether it is a second place that is being looked at. */
  boolean isLookedAt(TreeEntry place) {
    return looksAt.contains(place);
  }

  /** A second place cannot be reached now: it is what it was so far. */
  void isUnreached(TreeEntry secondPlace) {
    secondPlaces.add(secondPlace);
    owesLook = true;
  }

  /** Whether directories were dropped that the tree may have at another place. */
  boolean wantsLookAtSecondPlaces() {
    return wantsLook;
  }

  /** Whether a second place is to be looked at as soon as it can be reached. */
  boolean owesLookAtSecondPlaces() {
    return owesLook;
  }

  /** Looks at the places of directories that the tree had elsewhere: they may be alone now. */
  void lookAtSecondPlaces(Consumer<TreeEntry> look) {
    wantsLook = false;
    owesLook = false;
    Set<TreeEntry> all = secondPlaces;
    secondPlaces = new LinkedHashSet<>();
    lookAt(all, look);
  }

  /** Whether a directory is there that the tree has elsewhere as well. */
  boolean isSecondPlace(TreeEntry place) {
    return secondPlaces.contains(place);
  }

  /** Looks at one of them. */
  void lookAtSecondPlace(TreeEntry place, Consumer<TreeEntry> look) {
    secondPlaces.remove(place);
    lookAt(Set.of(place), look);
  }

  private void lookAt(Set<TreeEntry> places, Consumer<TreeEntry> look) {
    looksAt = places;
    try {
      places.forEach(look);
    } finally {
      looksAt = Set.of();
    }
  }

  /** Drops a directory whose place was taken, which is told and noted. */
  void forget(TreeNode node) {
    findings.replaced(node);
    drop(node);
  }

  /** Drops a directory that was found elsewhere, which is told and noted. */
  void left(TreeNode node) {
    findings.left(node);
    drop(node);
  }

  /** Drops what a pass over the whole tree has not seen. */
  void dropUnseen() {
    List<TreeNode> all = unwatched.all();
    nodes.forEachWatched(all::add);
    for (TreeNode node : all) {
      if (node.isAlive() && !pass.hasSeen(node)) {
        drop(node);
      }
    }
  }

  /** Forgets a directory and all that is below it. */
  void drop(TreeNode top) {
    List<TreeNode> dropped = nodes.drop(top);
    int[] wds = new int[dropped.size()];
    int count = 0;
    for (TreeNode node : dropped) {
      if (node.wd > 0) {
        wds[count++] = node.wd;
        nodes.unwatched(node);
      }
      node.wd = TreeNode.DROPPED;
      unwatched.forget(node);
    }
    if (count > 0) {
      watches.remove(Arrays.copyOf(wds, count));
      unwatched.thereMayBeRoom();
      wantsLook |= !secondPlaces.isEmpty();
    }
  }
}
