package org.inotify4j.tree;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inotify4j.EntryName;
import org.inotify4j.disk.Refusal;
import org.inotify4j.libc.Errno;

/**
 * What becomes of a directory that could not be visited: it is refused, which is told; or put off,
 * for a rename whose record is still queued; or looked for later.
 */
final class FailedVisits {

  private final TreePlaces places;
  private final NodePath paths;
  private final TreeWatches watches;
  private final UnwatchedDirectories unwatched;
  private final TreeReporter reporter;
  private final Pass pass;

  /** Where to look as soon as the directory can be reached. */
  private final Set<TreeEntry> looks = new LinkedHashSet<>();

  /** Where something was mounted, and whether it counts as another directory in any case. */
  private Map<TreeEntry, Boolean> mounts = new LinkedHashMap<>();

  /** Those that were there, and said to be gone when they were read. */
  private final Set<TreeNode> vanishing = new HashSet<>();

  private boolean rootIsMissed;

  FailedVisits(
      TreePlaces places,
      NodePath paths,
      TreeWatches watches,
      UnwatchedDirectories unwatched,
      TreeReporter reporter,
      Pass pass) {
    this.places = places;
    this.paths = paths;
    this.watches = watches;
    this.unwatched = unwatched;
    this.reporter = reporter;
    this.pass = pass;
  }

  /** A directory that came cannot be watched. */
  void refuse(TreeNode directory, byte[] name, int errno, Arrival arrival) {
    TreeNode there = places.at(directory, name);
    if (there != null && there.wd > 0) {
      // Its watch was placed when that was possible, and so were those below.
      TreeNodes.below(there).forEach(pass::sees);
      if (pass.isUnderWay()) {
        unread(there, errno);
      } else if (new Refusal(errno).isOfThisProcess()) {
        // It may be another directory by now: that was not to be seen.
        lookLaterAtMount(new TreeEntry(directory, EntryName.of(name)), false);
      }
      return;
    }
    arrival.asDirectory().run();
    // It is not read: what is known of it is all that anybody knows.
    reporter.remains(directory, name);
    refuse(places.nodeAt(directory, name), errno);
  }

  void refuse(TreeNode node, int errno) {
    if (watches.isOver()) {
      // What fails now fails for that, and nobody wants to know.
      return;
    }
    pass.refused(errno);
    TreeNode parent = node.parent;
    if (unwatched.refuse(node, errno) && parent != null) {
      reporter.unwatched(parent, node.name, errno);
    }
  }

  /** The directory of an entry could not be reached, for now or for good. */
  void putOff(TreeNode directory, byte[] name, int errno) {
    TreeNode node = places.nodeAt(directory, name);
    if (pass.isUnderWay()) {
      // As what is unread.
      places.unwatch(node);
    }
    if (node.wd == 0) {
      if (NodePath.isElsewhere(errno)) {
        unwatched.putOff(node);
        rootIsMissed |= !paths.isThere(places.root());
      } else {
        refuse(node, errno);
      }
    }
  }

  /** A directory that is known could not be reached, for a rename that is still queued. */
  void putOff(TreeNode node) {
    unwatched.putOff(node);
  }

  /** Nobody knows what is in a directory: it is as if it were not watched, until it is read. */
  void unread(TreeNode node, int errno) {
    places.unwatch(node);
    if (Errno.ENOENT.is(errno) && mayBeVanishing(node)) {
      unwatched.putOff(node);
    } else {
      refuse(node, errno);
    }
  }

  /**
   * Whether a directory may be in the middle of its removal: the kernel lets nobody read it a
   * moment before it takes it from its place. That takes it for one only once.
   */
  private boolean mayBeVanishing(TreeNode node) {
    vanishing.removeIf(other -> !other.isAlive());
    return vanishing.add(node);
  }

  /** A directory is watched, but not for all that is asked for. */
  void isIncomplete(TreeNode node) {
    unwatched.isIncomplete(node);
  }

  /** It could not be seen whether there is an entry. */
  void lookLater(TreeNode directory, byte[] name) {
    looks.add(new TreeEntry(directory, EntryName.of(name)));
    unwatched.tryInTime();
  }

  /** It could not be seen what is at a second place. */
  void lookLater(TreeEntry secondPlace) {
    places.isUnreached(secondPlace);
    unwatched.tryInTime();
  }

  /** It could not be seen what was mounted at a place. */
  void lookLaterAtMount(TreeEntry place, boolean isOther) {
    mounts.merge(place, isOther, Boolean::logicalOr);
    unwatched.tryInTime();
  }

  boolean owesLooks() {
    return !looks.isEmpty() || !mounts.isEmpty() || places.owesLookAtSecondPlaces();
  }

  /** Takes the places that are to be looked at since something was mounted there. */
  Map<TreeEntry, Boolean> takeMounts() {
    Map<TreeEntry, Boolean> all = mounts;
    mounts = new LinkedHashMap<>();
    return all;
  }

  /** Takes the entries that are to be looked for. */
  List<TreeEntry> takeLooks() {
    List<TreeEntry> all = List.copyOf(looks);
    looks.clear();
    return all;
  }

  /**
   * Whether the root could not be found since this was asked last. Either it is gone, and the
   * record that says so is still queued, or it was moved away.
   */
  boolean takeRootIsMissed() {
    boolean isMissed = rootIsMissed;
    rootIsMissed = false;
    return isMissed;
  }
}
