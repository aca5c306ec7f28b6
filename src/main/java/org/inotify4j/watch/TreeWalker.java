package org.inotify4j.watch;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.inotify4j.libc.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Goes through directories of the disk, watches them and tells what is found.
 *
 * <p>A directory is watched before it is read, so that nothing can come in between; what is then
 * both found and reported is the business of {@link Freshness}. A directory is opened by its name
 * in its parent, without following a link, and the watch is placed on what was opened. A parent
 * that is not open is opened by its path, which may lead elsewhere while a rename is still in the
 * queue, or for ever where somebody replaced a directory on the way by a link: so it is the parent
 * only if the kernel says that it has the parent's watch. Otherwise the work is put off until the
 * next mark in the queue.
 *
 * <p>What is opened may be watched already, by a node at another place: it was moved, and the
 * events that say so are still in the queue. It stays where it is until they come. Only where it
 * was moved into a directory that was not watched yet they will not say where to: so the place is
 * noted as a claim.
 */
final class TreeWalker {

  /** So many descriptors at most are open at a time; a deeper walk opens some anew. */
  private static final int MOST_OPEN = 64;

  /** What is done with what is found. */
  private enum Mode {
    /** It was there when the program registered: nothing is told. */
    REGISTERING,
    /** It came: told. */
    ARRIVING,
    /** Events were lost, and the program lists the tree itself: nothing is told. */
    REPAIRING
  }

  private final TreeNodes nodes;
  private final Freshness freshness;
  private final TreeReporter reporter;
  private final TreeWatches watches;
  private final DirectoryReader reader;
  private final Exclusion exclusion;
  private final Path watchable;
  private final TreeDebts debts;

  /** Where a directory is whose node is elsewhere still. */
  private final Map<Integer, Claim> claims = new HashMap<>();

  private final Deque<Frame> stack = new ArrayDeque<>();
  private Mode mode = Mode.ARRIVING;

  TreeWalker(
      TreeNodes nodes,
      Freshness freshness,
      TreeReporter reporter,
      TreeWatches watches,
      DirectoryReader reader,
      Registration asked,
      Path watchable) {
    this.nodes = nodes;
    this.freshness = freshness;
    this.reporter = reporter;
    this.watches = watches;
    this.reader = reader;
    this.exclusion = asked.exclusion();
    this.watchable = watchable;
    this.debts = new TreeDebts(reporter, watchable);
  }

  TreeDebts debts() {
    return debts;
  }

  boolean isExcluded(TreeNode directory, byte[] name) {
    return exclusion.matches(watchable, directory, name);
  }

  /**
   * Watches what there is when the program registers.
   *
   * @param wd the watch that the root has
   * @return 0, or {@code -errno}: ENOENT if the path leads elsewhere by now
   * @throws LimitMetException if there is no room for all watches
   */
  int register(int wd) throws LimitMetException {
    TreeNode root = nodes.root();
    int fd = reader.open(root, true);
    if (fd < 0) {
      return fd;
    }
    int placed = watches.place(fd);
    if (placed != wd) {
      reader.close(fd);
      return placed < 0 ? placed : -Errno.ENOENT.number();
    }
    nodes.watched(root, wd);
    mode = Mode.REGISTERING;
    try {
      read(root, fd);
      walk();
      if (debts.overLimits() > 0) {
        throw new LimitMetException(nodes.watched() + debts.overLimits());
      }
    } finally {
      mode = Mode.ARRIVING;
    }
    return 0;
  }

  /** An entry came that is, or may be, a directory. */
  void arrive(TreeNode directory, byte[] name, boolean isTold) {
    int fd = reach(directory, false);
    if (fd < 0) {
      putOff(directory, name, isTold);
      return;
    }
    enter(directory, name, fd, isTold);
    reader.close(fd);
    walk();
  }

  /** Tells everything below a directory that got another name, which was told. */
  void tellBelow(TreeNode node) {
    freshness.renew();
    int fd = reach(node, true);
    TreeNode parent = node.parent;
    if (fd < 0 && parent != null) {
      drop(node);
      putOff(parent, node.name, true);
      return;
    }
    read(node, fd);
    walk();
    // What was moved away meanwhile is not told here, nor is what happens in it.
    for (TreeNode below : TreeNodes.below(node)) {
      if (below.isAlive() && below.since != freshness.batch()) {
        drop(below);
      }
    }
  }

  /** Looks whether there is an entry that the program does not know of. */
  void look(TreeNode directory, byte[] name) {
    if (!directory.isAlive()
        || nodes.at(directory, name) != null
        || freshness.isKnown(directory, name)
        || isExcluded(directory, name)) {
      return;
    }
    int fd = reach(directory, false);
    if (fd < 0) {
      debts.lookLater(directory, name);
      return;
    }
    freshness.put(directory, name, false);
    enter(directory, name, fd, false);
    reader.close(fd);
    walk();
  }

  /** Does what could not be done before; nobody can say that it can now. */
  void tryAgain(List<TreeNode> again) {
    for (TreeNode node : again) {
      TreeNode parent = node.parent;
      if (!node.isAlive() || !nodes.hasPath(node)) {
        continue;
      }
      if (node.wd == 0 && parent != null) {
        arrive(parent, node.name, true);
        if (node.wd == 0 && !debts.has(node)) {
          // It is gone, and its end is in the queue.
          drop(node);
        }
      }
    }
  }

  /** Goes through the whole tree again, and trusts nothing but the disk. False if it cannot. */
  boolean repair() {
    claims.clear();
    debts.clear();
    freshness.renew();
    int fd = reach(nodes.root(), true);
    if (fd < 0) {
      return false;
    }
    mode = Mode.REPAIRING;
    try {
      read(nodes.root(), fd);
      walk();
    } finally {
      mode = Mode.ARRIVING;
    }
    List<TreeNode> lost = new ArrayList<>(debts.refused());
    nodes.forEachWatched(lost::add);
    for (TreeNode node : lost) {
      if (node.isAlive() && node.since != freshness.batch()) {
        drop(node);
      }
    }
    return true;
  }

  /** Forgets a directory and all that is below it. */
  void drop(TreeNode top) {
    List<TreeNode> dropped = nodes.drop(top);
    int[] wds = new int[dropped.size()];
    int count = 0;
    for (TreeNode node : dropped) {
      int wd = node.wd;
      if (wd > 0) {
        wds[count++] = wd;
        nodes.unwatched(node);
        Claim claim = claims.remove(wd);
        if (claim != null) {
          debts.resolveLater(claim);
        }
      }
      node.wd = TreeNode.DROPPED;
      debts.forget(node);
    }
    if (count > 0) {
      watches.remove(Arrays.copyOf(wds, count));
      debts.watchesAreFree();
    }
  }

  /** Where a directory was seen that was moved to an unknown place, or null. */
  @Nullable Claim takeClaim(int wd) {
    Claim claim = claims.remove(wd);
    return claim != null && claim.directory().isAlive() ? claim : null;
  }

  /** Sees to the claims whose directories' nodes are gone. */
  void resolveClaims() {
    for (Claim claim = debts.pollClaim(); claim != null; claim = debts.pollClaim()) {
      resolve(claim);
    }
  }

  /**
   * The events that a claim could have waited for have come: it is of a directory at two places.
   */
  void reached(int batch) {
    for (Iterator<Claim> all = claims.values().iterator(); all.hasNext(); ) {
      Claim claim = all.next();
      if (claim.batch() <= batch) {
        all.remove();
        if (claim.directory().isAlive() && !claim.isTold()) {
          reporter.found(claim.directory(), claim.name(), true);
        }
      }
    }
  }

  private void resolve(Claim claim) {
    if (!claim.isTold()) {
      look(claim.directory(), claim.name());
    } else if (claim.directory().isAlive()
        && nodes.at(claim.directory(), claim.name()) == null
        && freshness.isThere(claim.directory(), claim.name())) {
      arrive(claim.directory(), claim.name(), true);
    }
  }

  /** Opens the directory of a node, or {@code -errno} if it is not at its path. */
  private int reach(TreeNode node, boolean toRead) {
    if (!nodes.hasPath(node)) {
      return -Errno.ENOENT.number();
    }
    int fd = reader.open(node, toRead);
    if (fd >= 0 && watches.find(fd) != node.wd) {
      reader.close(fd);
      return -Errno.ENOENT.number();
    }
    return fd;
  }

  private void walk() {
    int open = stack.size();
    while (!stack.isEmpty()) {
      Frame frame = stack.element();
      byte[] name = frame.names.poll();
      if (name == null || watches.isOver()) {
        close(frame);
        stack.remove();
        open = Math.min(open, stack.size());
        continue;
      }
      if (frame.fd < 0) {
        frame.fd = reach(frame.node, false);
      }
      if (frame.fd < 0) {
        putOff(frame.node, name, false);
      } else {
        enter(frame.node, name, frame.fd, false);
      }
      if (frame.names.isEmpty()) {
        close(frame);
      }
      if (stack.size() - open > MOST_OPEN) {
        closeLowest();
        open++;
      }
    }
  }

  private void closeLowest() {
    for (Iterator<Frame> all = stack.descendingIterator(); all.hasNext(); ) {
      Frame frame = all.next();
      if (frame.fd >= 0) {
        close(frame);
        return;
      }
    }
  }

  private void close(Frame frame) {
    if (frame.fd >= 0) {
      reader.close(frame.fd);
      frame.fd = -1;
    }
  }

  /** Reads a directory that is watched; what is in it that may be a directory is yet to come. */
  private void read(TreeNode node, int fd) {
    freshness.reading(node);
    Frame frame = new Frame(node, fd);
    stack.push(frame);
    int result =
        reader.read(
            fd,
            (name, mayBeDirectory) -> {
              if (isExcluded(node, name)) {
                return;
              }
              if (mayBeDirectory) {
                frame.names.add(name);
              } else {
                tell(node, name, false);
              }
            });
    if (result < 0) {
      debts.refuse(node, result);
    }
  }

  private void enter(TreeNode directory, byte[] name, int directoryFd, boolean isTold) {
    int fd = reader.openChild(directoryFd, name);
    if (Errno.ENOENT.is(fd)) {
      return; // Its end is in the queue.
    }
    if (Errno.ENOTDIR.is(fd) || Errno.ELOOP.is(fd)) {
      if (!isTold) {
        tell(directory, name, false);
      }
      return;
    }
    int wd = fd < 0 ? fd : watches.place(fd);
    if (Errno.ENOSPC.is(wd) && fd >= 0 && mode == Mode.REGISTERING) {
      // It fails; but how many there are is to be told.
      debts.overLimit();
      read(unwatchedNode(directory, name, isTold), fd);
      return;
    }
    if (wd < 0) {
      if (fd >= 0) {
        reader.close(fd);
      }
      refuse(directory, name, isTold, wd);
      return;
    }
    TreeNode node = settle(directory, name, wd);
    if (node == null) {
      // The program's own listing may have it, though it was not told.
      boolean isListed = mode != Mode.ARRIVING;
      if (isListed) {
        freshness.put(directory, name, true);
      }
      claims.put(wd, new Claim(directory, name, isTold || isListed, freshness.batch()));
      freshness.use();
      reader.close(fd);
      return;
    }
    debts.forget(node);
    if (!isTold) {
      tell(directory, name, true);
    }
    read(node, fd);
  }

  /** The node for a watch at a place; null where it is elsewhere and has to stay there. */
  private @Nullable TreeNode settle(TreeNode directory, byte[] name, int wd) {
    TreeNode there = nodes.at(directory, name);
    TreeNode known = nodes.get(wd);
    if (known != null && known == there) {
      return known;
    }
    if (known != null) {
      boolean moves = mode == Mode.REPAIRING && known.since != freshness.batch();
      if (!moves || known == nodes.root()) {
        return null;
      }
      if (there != null) {
        nodes.detach(there);
      }
      nodes.detach(known);
      nodes.attach(known, directory, name);
      return known;
    }
    if (there != null && there.wd == 0 && there.firstChild == null) {
      nodes.watched(there, wd);
      return there;
    }
    if (there != null) {
      drop(there);
    }
    TreeNode node = new TreeNode(name);
    nodes.attach(node, directory, name);
    nodes.watched(node, wd);
    return node;
  }

  /** A directory cannot be watched. */
  private void refuse(TreeNode directory, byte[] name, boolean isTold, int errno) {
    TreeNode node = unwatchedNode(directory, name, isTold);
    if (node.wd > 0) {
      // Its watch was placed when that was possible, and lives on.
      TreeNodes.below(node).forEach(below -> below.since = freshness.batch());
    } else if (!watches.isOver()) {
      debts.refuse(node, errno);
    }
  }

  /** A directory cannot be reached as long as events of moves are in the queue. */
  private void putOff(TreeNode directory, byte[] name, boolean isTold) {
    debts.putOff(unwatchedNode(directory, name, isTold));
    freshness.use();
  }

  private TreeNode unwatchedNode(TreeNode directory, byte[] name, boolean isTold) {
    if (!isTold) {
      tell(directory, name, true);
    }
    TreeNode there = nodes.at(directory, name);
    if (there == null) {
      there = new TreeNode(name);
      nodes.attach(there, directory, name);
    }
    there.since = freshness.batch();
    return there;
  }

  private void tell(TreeNode directory, byte[] name, boolean isDirectory) {
    freshness.put(directory, name, true);
    if (mode == Mode.ARRIVING) {
      reporter.found(directory, name, isDirectory);
    }
  }

  /** A directory that is being gone through. */
  private static final class Frame {
    final TreeNode node;
    final Deque<byte[]> names = new ArrayDeque<>();
    int fd;

    Frame(TreeNode node, int fd) {
      this.node = node;
      this.fd = fd;
    }
  }

  /** Where a directory was seen whose node is elsewhere. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Claim(TreeNode directory, byte[] name, boolean isTold, int batch) {}

  /** There is no room for all watches. */
  static final class LimitMetException extends Exception {
    private static final long serialVersionUID = 1L;

    /** How many watches are needed. */
    final int needed;

    LimitMetException(int needed) {
      this.needed = needed;
    }
  }
}
