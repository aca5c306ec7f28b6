package org.inotify4j.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inotify4j.EntryName;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Goes through directories of the disk and watches them.
 *
 * <p>A directory is watched before it is read, so that nothing can come in between; what is then
 * both found and reported by the kernel is the business of {@link ToldEntries}. A directory is
 * opened by its name in its parent, without following a link, and the watch is placed on what was
 * opened.
 *
 * <p>A parent that is not open is reached by its path ({@link NodePath}). Where it cannot be, for a
 * rename whose event is still queued, it is tried again when that comes: unless this part of the
 * tree is dropped then, and found anew.
 *
 * <p>What is opened may be watched already as the directory of another place: it was moved from
 * there, and the event that says so is still queued. It is taken from there at once, which is told
 * and noted, and found here as something new.
 */
final class TreeWalk {

  /** What {@link #build} returns where the path leads elsewhere by now. */
  static final int ELSEWHERE = Integer.MIN_VALUE;

  /** So many descriptors at most are open at a time; a deeper walk opens some anew. */
  private static final int MOST_OPEN = 64;

  private final TreeNodes nodes;
  private final Findings findings;
  private final TreeReporter reporter;
  private final TreeWatches watches;
  private final DirectoryReader reader;
  private final NodePath reach;
  private final EntryFilter filter;

  /** Whether there is anything to ask for: where not, no path is made. */
  private final boolean hasFilter;

  private final UnwatchedDirectories unwatched;
  private final Deque<Frame> stack = new ArrayDeque<>();

  /** What was opened last, and is not yet in the stack, or -1. */
  private int opened = -1;

  /** Where to look as soon as the directory can be reached. */
  private final Set<Look> looks = new LinkedHashSet<>();

  /** Counts the passes over the whole tree. */
  private int pass;

  /** Whether there is a pass now, which reads again what is known. */
  private boolean isPass;

  private boolean rootIsMissed;

  /** Why the root could not be read in the last pass, as {@code -errno}, or 0. */
  private int rootError;

  /** Counts the directories that were read. */
  private volatile int reads;

  /** Of the first pass: how many directories there was no room to watch. */
  private int overLimit;

  /** Of the first pass: why a directory was not opened for want of a descriptor, or 0. */
  private int descriptorError;

  TreeWalk(
      TreeNodes nodes,
      Findings findings,
      TreeReporter reporter,
      TreeWatches watches,
      DirectoryReader reader,
      UnwatchedDirectories unwatched,
      EntryFilter filter) {
    this.nodes = nodes;
    this.findings = findings;
    this.reporter = reporter;
    this.watches = watches;
    this.reader = reader;
    this.reach = new NodePath(nodes, watches, reader);
    this.unwatched = unwatched;
    this.filter = filter;
    this.hasFilter = !filter.equals(EntryFilter.NOTHING);
  }

  /** Whether the directory that an entry is in can matter for whether it is excluded. */
  boolean excludesByPlace() {
    return filter.isPositional();
  }

  boolean isExcluded(TreeNode directory, byte[] name) {
    return hasFilter && filter.excludes(TreeNodes.path(directory, name));
  }

  // Passes over the whole tree.

  /**
   * The first pass. It goes on where there is no room for a watch, to count how many are needed.
   *
   * @param wd the watch that the root has
   * @return 0, or {@code -errno}, or {@link #ELSEWHERE}
   */
  int build(int wd) {
    int fd = reader.openRoot();
    if (fd < 0) {
      return NodePath.isElsewhere(fd) ? ELSEWHERE : fd;
    }
    opened = fd;
    int placed = watches.add(fd);
    if (placed != wd) {
      closeOpened();
      return placed < 0 ? placed : ELSEWHERE;
    }
    nodes.watched(nodes.root(), wd);
    int result = pass(fd);
    if (result < 0) {
      return NodePath.isElsewhere(result) ? ELSEWHERE : result;
    }
    return descriptorError;
  }

  /** Counts the directories that were read. Any thread may ask. */
  int reads() {
    return reads;
  }

  /** How many watches the first pass found no room for. */
  int overLimit() {
    return overLimit;
  }

  /** Goes through the whole tree again, and trusts nothing but the disk. False if it cannot. */
  boolean repair() {
    looks.clear();
    int fd = reach.open(nodes.root());
    if (fd < 0 || pass(fd) < 0) {
      return false;
    }
    List<TreeNode> lost = unwatched.all();
    nodes.forEachWatched(lost::add);
    for (TreeNode node : lost) {
      if (node.isAlive() && node.pass != pass) {
        drop(node);
      }
    }
    return true;
  }

  /** Reads the root, which is open but not for reading, and everything below. */
  private int pass(int rootFd) {
    opened = rootFd;
    int fd = reader.openToRead(rootFd);
    closeOpened();
    if (fd < 0) {
      return fd;
    }
    pass++;
    isPass = true;
    rootError = 0;
    try {
      read(nodes.root(), fd);
      walk();
    } finally {
      isPass = false;
    }
    return rootError;
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

  /** A directory came that the program knows of; if it is not that one, it is told. */
  void verify(TreeNode directory, byte[] name) {
    enter(directory, name, findings.arrival(directory, name, Arrival.Evidence.REPORTED));
  }

  private void enter(TreeNode directory, byte[] name, Arrival arrival) {
    int fd = reach.open(directory);
    if (fd < 0) {
      forgetOther(directory, name);
      arrival.asDirectory().run();
      putOff(directory, name, fd);
    } else {
      enterAndClose(directory, name, fd, arrival);
    }
  }

  private void enterAndClose(TreeNode directory, byte[] name, int directoryFd, Arrival arrival) {
    try {
      enter(directory, name, directoryFd, arrival);
    } finally {
      reader.close(directoryFd);
    }
    walk();
  }

  /** Looks whether there is an entry at a place where the program knows of none. */
  void look(TreeNode directory, byte[] name) {
    if (!directory.isAlive()
        || nodes.at(directory, name) != null
        || findings.isKnown(directory, name)
        || isExcluded(directory, name)) {
      return;
    }
    int fd = reach.open(directory);
    if (fd >= 0) {
      findings.lookingFor(directory, name);
      Arrival arrival = findings.arrival(directory, name, Arrival.Evidence.NONE);
      enterAndClose(directory, name, fd, arrival);
    } else if (!NodePath.isElsewhere(fd) || reach.isThere(nodes.root())) {
      lookLater(directory, name);
    }
  }

  private void lookLater(TreeNode directory, byte[] name) {
    looks.add(new Look(directory, EntryName.of(name)));
    unwatched.tryInTime();
  }

  /** The watch of a directory is gone with its file system; what is at its place now? */
  void lookBelowMount(TreeNode node) {
    TreeNode parent = node.parent;
    int fd = parent == null ? -Errno.ENOENT.number() : reach.open(parent);
    if (parent != null && fd >= 0) {
      reader.close(fd);
      forget(node);
      enter(parent, node.name, findings.arrival(parent, node.name, Arrival.Evidence.LISTED));
    } else if (!NodePath.isElsewhere(fd)) {
      unwatched.putOff(node);
    }
  }

  /** Tries what could not be reached: a directory has moved. */
  void tryUnreached() {
    tryAgain(unwatched.takeUnreached());
    List<Look> again = List.copyOf(looks);
    looks.clear();
    again.forEach(look -> look(look.directory(), look.name().toByteArray()));
  }

  /** Tries what was refused for want of room, as long as there is some. */
  void tryForRoom() {
    for (TreeNode node : unwatched.toTryAgain()) {
      tryAgain(List.of(node));
      if (unwatched.isForWantOfRoom(node)) {
        return;
      }
    }
  }

  /**
   * Tries everything that is not as it should be, if it is time to.
   *
   * @return whether a mark is to be placed, for {@link #giveUpLate}
   */
  boolean tryInTime() {
    if (!unwatched.isDue()) {
      return false;
    }
    tryUnreached();
    boolean isFull = false;
    for (TreeNode node : unwatched.takeTurn()) {
      if (!isFull || !unwatched.isForWantOfAWatch(node)) {
        tryAgain(List.of(node));
        isFull |= unwatched.isForWantOfAWatch(node);
      }
    }
    for (TreeNode node : unwatched.incomplete()) {
      unwatched.forget(node);
      complete(node, reach.open(node));
    }
    unwatched.wasTried(!looks.isEmpty());
    return unwatched.markLate();
  }

  /** Every rename was reported that was the reason why directories could not be reached. */
  void giveUpLate() {
    List<TreeNode> all = unwatched.takeLate();
    tryAgain(all);
    for (TreeNode node : all) {
      TreeNode parent = node.parent;
      // One that is not there, in a directory that can be reached, was removed meanwhile.
      if (unwatched.has(node) && parent != null && !reach.isThere(parent)) {
        refuse(node, -Errno.ENOENT.number());
      }
    }
  }

  /** Tries to watch directories that are known but not watched. */
  void tryAgain(List<TreeNode> again) {
    for (TreeNode node : again) {
      TreeNode parent = node.parent;
      if (parent != null && node.isAlive() && node.wd == 0 && nodes.hasPath(node)) {
        unwatched.keep(node);
        enter(parent, node.name, Arrival.TOLD_BEFORE);
      }
    }
  }

  /** Replaces the kernel's masks of directories by what their subscribers want together. */
  void replaceMasks(int[] wds) {
    for (int wd : wds) {
      TreeNode node = nodes.get(wd);
      int fd = node == null ? -Errno.ENOENT.number() : reach.open(node);
      if (fd >= 0) {
        watches.replaceMask(wd, fd);
        reader.close(fd);
      }
    }
  }

  /** Drops a directory whose place was taken by something else, which is told. */
  void replace(TreeNode node) {
    TreeNode parent = node.parent;
    if (parent != null) {
      reporter.gone(parent, node.name);
    }
    drop(node);
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
    }
  }

  /** Closes what a walk that failed has left open. */
  void abandon() {
    stack.forEach(this::close);
    stack.clear();
    closeOpened();
  }

  private void closeOpened() {
    if (opened >= 0) {
      reader.close(opened);
      opened = -1;
    }
  }

  // The walk.

  private void walk() {
    while (!stack.isEmpty()) {
      Frame frame = stack.element();
      byte[] name = frame.next();
      if (name == null || watches.isOver() || !frame.node.isAlive()) {
        finish(frame);
        stack.remove();
        continue;
      }
      if (frame.fd < 0) {
        frame.fd = reach.open(frame.node);
      }
      if (frame.fd >= 0) {
        enter(
            frame.node,
            name,
            frame.fd,
            findings.arrival(frame.node, name, Arrival.Evidence.LISTED));
      } else {
        findings.tell(frame.node, name, true);
        putOff(frame.node, name, frame.fd);
      }
    }
  }

  /** Watches a directory that is opened by its name in its parent, and reads it. */
  private void enter(TreeNode directory, byte[] name, int directoryFd, Arrival arrival) {
    int fd = reader.openChild(directoryFd, name);
    if (fd < 0) {
      notEntered(directory, name, fd, arrival);
      return;
    }
    opened = fd;
    int wd = watches.add(fd);
    TreeNode known = nodes.get(wd);
    if (known != null && known != nodes.at(directory, name)) {
      if (known == nodes.root() || reach.isThere(known)) {
        // It is at two places: a mount of what is in the tree already.
        closeOpened();
        forgetOther(directory, name);
        arrival.asDirectory().run();
        return;
      }
      findings.left(known);
      drop(known);
      wd = watches.add(fd);
      known = null;
    }
    if (wd < 0) {
      notWatched(directory, name, fd, wd, arrival);
    } else if (known != null) {
      known(known, fd);
    } else if (directory.isAlive()) {
      forgetOther(directory, name);
      TreeNode node = nodeAt(directory, name);
      unwatched.forget(node);
      nodes.watched(node, wd);
      unwatched.thereMayBeRoom();
      arrival.asDirectory().run();
      read(node, fd);
    } else {
      // It left with what was moved from where it was, and is found with that.
      closeOpened();
      watches.remove(new int[] {wd});
    }
  }

  /** A directory is where the tree has it, so that the program knows of it with all in it. */
  private void known(TreeNode node, int fd) {
    if (isPass && node.pass != pass) {
      read(node, fd);
    } else {
      closeOpened();
    }
  }

  /** An entry is no directory, or none that can be opened. */
  private void notEntered(TreeNode directory, byte[] name, int errno, Arrival arrival) {
    boolean isOther = Errno.ENOTDIR.is(errno) || Errno.ELOOP.is(errno);
    boolean isReported = arrival.evidence() == Arrival.Evidence.REPORTED;
    if (isOther || (Errno.ENOENT.is(errno) && isReported)) {
      forgetOther(directory, name);
      TreeNode there = nodes.at(directory, name);
      if (isOther && there != null) {
        // It could not be opened so far, and is no directory.
        drop(there);
      }
      arrival.asOther().run();
    } else if (!Errno.ENOENT.is(errno)) {
      if (arrival.evidence() == Arrival.Evidence.NONE) {
        lookLater(directory, name);
      } else {
        refuse(directory, name, errno, arrival);
      }
    }
  }

  private void notWatched(TreeNode directory, byte[] name, int fd, int errno, Arrival arrival) {
    if (Errno.ENOSPC.is(errno) && isFirstPass()) {
      // It fails; but how many there are is to be told.
      overLimit++;
      read(nodeAt(directory, name), fd);
      return;
    }
    closeOpened();
    if (!watches.isOver()) {
      refuse(directory, name, errno, arrival);
    }
  }

  /** A directory cannot be watched. */
  private void refuse(TreeNode directory, byte[] name, int errno, Arrival arrival) {
    TreeNode there = nodes.at(directory, name);
    if (there != null && there.wd > 0) {
      // Its watch was placed when that was possible, and so were those below.
      TreeNodes.below(there).forEach(below -> below.pass = pass);
      if (isPass) {
        unread(there, errno);
      }
      return;
    }
    arrival.asDirectory().run();
    refuse(nodeAt(directory, name), errno);
  }

  private boolean isFirstPass() {
    return pass == 1 && isPass;
  }

  private void refuse(TreeNode node, int errno) {
    if (isFirstPass() && (Errno.EMFILE.is(errno) || Errno.ENFILE.is(errno))) {
      descriptorError = errno;
    }
    TreeNode parent = node.parent;
    if (unwatched.refuse(node, errno) && parent != null) {
      reporter.unwatched(parent, node.name);
    }
  }

  /** The directory of an entry could not be reached, for now or for good. */
  private void putOff(TreeNode directory, byte[] name, int errno) {
    TreeNode node = nodeAt(directory, name);
    if (node.wd > 0 && isPass && !NodePath.isElsewhere(errno)) {
      unread(node, errno);
    } else if (node.wd == 0) {
      if (NodePath.isElsewhere(errno)) {
        unwatched.putOff(node);
        rootIsMissed |= !reach.isThere(nodes.root());
      } else {
        refuse(node, errno);
      }
    }
  }

  /**
   * Whether the root could not be found since this was asked last. Either it is gone, and the event
   * that says so is still queued, or it was moved away.
   */
  boolean takeRootIsMissed() {
    boolean isMissed = rootIsMissed;
    rootIsMissed = false;
    return isMissed;
  }

  /** The root is not gone: what cannot be reached without it is refused. */
  void giveUpWithoutRoot() {
    if (!reach.isThere(nodes.root())) {
      unwatched.takeUnreached().forEach(node -> refuse(node, -Errno.ENOENT.number()));
    }
  }

  /** Reads a directory that is watched; what in it may be a directory is yet to be entered. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time counts.
  private void read(TreeNode node, int fd) {
    node.pass = pass;
    reads++;
    findings.reading(node);
    Frame frame = new Frame(node, fd);
    // First, so that it is closed whatever happens.
    stack.push(frame);
    opened = -1;
    int result =
        reader.read(
            fd,
            findings.isSilent(),
            (name, mayBeDirectory) -> {
              if (!isExcluded(node, name)) {
                if (mayBeDirectory) {
                  frame.names.add(name);
                } else {
                  frame.hasTold = true;
                  findings.tell(node, name, false);
                }
              }
            });
    if (result < 0 && !(Errno.ENOENT.is(result) && isRemoved(node))) {
      if (frame.hasTold && !findings.isSilent()) {
        // Nobody hears any more of what was told of it: it begins anew when it can be read.
        frame.names.clear();
        findings.begunAnew(node);
      }
      notRead(node, result);
    }
    if (frame.names.isEmpty()) {
      finish(frame);
      stack.remove();
    } else if (stack.size() > MOST_OPEN) {
      closeOne();
    }
  }

  /** Whether a directory was removed, as far as its path tells: it has no entries then. */
  private boolean isRemoved(TreeNode node) {
    int fd = reach.open(node);
    if (fd >= 0) {
      reader.close(fd);
    }
    return NodePath.isElsewhere(fd);
  }

  /** A directory may yet have what was not read. */
  private void notRead(TreeNode node, int errno) {
    if (node.parent == null) {
      rootError = errno;
    } else {
      unread(node, errno);
    }
  }

  /** Nobody knows what is in a directory: it is as if it were not watched, until it is read. */
  private void unread(TreeNode node, int errno) {
    if (node.wd > 0) {
      watches.remove(new int[] {node.wd});
      nodes.unwatched(node);
    }
    refuse(node, errno);
  }

  /** Closes the descriptor that is needed last. */
  private void closeOne() {
    for (Iterator<Frame> all = stack.descendingIterator(); all.hasNext(); ) {
      Frame frame = all.next();
      if (frame.fd >= 0) {
        close(frame);
        return;
      }
    }
  }

  /** A directory is done, with all below it. */
  private void finish(Frame frame) {
    if (!watches.isToComplete() || frame.node.wd <= 0) {
      close(frame);
      return;
    }
    // One that closing makes no event for.
    int path = frame.fd >= 0 ? reader.openAgain(frame.fd) : reach.open(frame.node);
    close(frame);
    complete(frame.node, path);
  }

  /**
   * Watches a directory for all that is asked for.
   *
   * @param path it, as it was opened, or {@code -errno}
   */
  private void complete(TreeNode node, int path) {
    int result = path;
    if (path >= 0) {
      try {
        result = watches.complete(path);
      } finally {
        reader.close(path);
      }
    }
    if (node.wd > 0 && (result < 0 || watches.isMaskOther(node.wd))) {
      unwatched.isIncomplete(node);
    }
  }

  private void close(Frame frame) {
    if (frame.fd >= 0) {
      reader.close(frame.fd);
      frame.fd = -1;
    }
  }

  /** Drops what was at a place before, unless it is what could not be watched there so far. */
  private void forgetOther(TreeNode directory, byte[] name) {
    TreeNode there = nodes.at(directory, name);
    if (there != null && !unwatched.has(there)) {
      forget(there);
    }
  }

  /** Drops a directory whose place was taken, which is told and noted. */
  private void forget(TreeNode node) {
    findings.replaced(node);
    drop(node);
  }

  /** The node at a place: the one that is there, or a new one without a watch. */
  private TreeNode nodeAt(TreeNode directory, byte[] name) {
    TreeNode node = nodes.at(directory, name);
    if (node == null) {
      node = new TreeNode(name);
      nodes.attach(node, directory, name);
    }
    node.pass = pass;
    return node;
  }

  /** An entry that there may be. */
  private record Look(TreeNode directory, EntryName name) {}

  /** A directory that is being gone through. */
  private static final class Frame {
    final TreeNode node;

    /** What in it may be a directory, and how many of these are done. */
    final List<byte[]> names = new ArrayList<>(0);

    int done;
    int fd;

    /** Whether something in it was told while it was read. */
    boolean hasTold;

    Frame(TreeNode node, int fd) {
      this.node = node;
      this.fd = fd;
    }

    byte @Nullable [] next() {
      return done == names.size() ? null : names.get(done++);
    }
  }
}
