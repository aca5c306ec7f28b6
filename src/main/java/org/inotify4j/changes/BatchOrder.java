package org.inotify4j.changes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.changes.ChangeNode.Step;
import org.jspecify.annotations.Nullable;

/**
 * Puts what differs between a tree at the start and now into an order in which it can be done.
 *
 * <p>What comes or moves takes its place when the directory that it will be in has its own, and
 * when who had the place is away: has moved, or is deleted, which is done when everything that
 * lives on has moved out of it. So each path that is told is one that is there in the end, or ends
 * for good. It is a search in depth through these conditions. Where they go in a circle, files that
 * only change places are modified instead; else a file comes anew where it has moved to; a
 * directory, whose content is not known, goes aside first.
 *
 * <p>What is told settles: its place at the start is from then on the one that it has now. So the
 * old path of a node is always where the entry is for who has done all changes so far.
 */
final class BatchOrder {

  private static final String ASIDE = ".inotify4j-aside-";

  private final List<NetChange> batch = new ArrayList<>();

  /** What is there now, a directory before what is in it. */
  private final List<ChangeNode> nodes = new ArrayList<>();

  /** Files at their places that have another content. */
  private final List<ChangeNode> modified = new ArrayList<>();

  /** The nodes that wait one for the other. */
  private final List<Waiting> stack = new ArrayList<>();

  private int asides;

  private BatchOrder(ChangeNode top) {
    nodes.add(top);
    for (int i = 0; i < nodes.size(); i++) {
      nodes.addAll(nodes.get(i).now().values());
    }
    top.step = Step.DONE;
  }

  /** The changes of a tree, which is nobody else's any more. */
  static List<NetChange> of(ChangeNode top) {
    BatchOrder order = new BatchOrder(top);
    order.nodes.forEach(order::place);
    order.nodes.forEach(order::tellDepartures);
    order.modified.forEach(
        node -> order.tell(NetChange.Type.MODIFIED, node, node.oldPath(), null, node.isModified));
    return order.batch;
  }

  /** Has a node come to its place, and before it all that it waits for. */
  private void place(ChangeNode node) {
    if (node.step == Step.OPEN) {
      push(node);
    }
    while (!stack.isEmpty()) {
      Waiting last = last();
      ChangeNode awaited = last.awaited();
      if (awaited == null) {
        stack.remove(stack.size() - 1);
        arrive(last.node);
      } else if (awaited.step == Step.WAITS) {
        breakCircle(awaited);
      } else {
        push(awaited);
      }
    }
  }

  private void push(ChangeNode node) {
    node.step = Step.WAITS;
    stack.add(new Waiting(node));
  }

  private void arrive(ChangeNode node) {
    node.step = Step.DONE;
    if (node.isInPlace()) {
      if (node.isModified) {
        modified.add(node);
      }
      return;
    }
    ChangeNode occupant = node.occupant();
    boolean isInPlaceOfGone = occupant != null && occupant.isGone();
    if (occupant != null && isInPlaceOfGone) {
      occupant.step = Step.DONE;
      if (occupant.isDirectory || node.isDirectory) {
        tell(NetChange.Type.DELETED, occupant, occupant.oldPath(), null, false);
        isInPlaceOfGone = false;
      }
    }
    if (node.wasThere()) {
      byte[] from = node.oldPath();
      node.settle();
      add(NetChange.Type.MOVED, node, node.oldPath(), from, node.isModified, isInPlaceOfGone);
    } else {
      node.settle();
      NetChange.Type type = node.isExisting ? NetChange.Type.EXISTING : NetChange.Type.CREATED;
      tell(
          isInPlaceOfGone ? NetChange.Type.MODIFIED : type,
          node,
          node.oldPath(),
          null,
          isInPlaceOfGone);
    }
  }

  /** Tells what is gone from a directory that is there, unless it was told already. */
  private void tellDepartures(ChangeNode directory) {
    for (ChangeNode node : directory.departed().values()) {
      if (node.isGone() && node.step != Step.DONE) {
        tell(NetChange.Type.DELETED, node, node.oldPath(), null, false);
      }
    }
  }

  private void tell(
      NetChange.Type type,
      ChangeNode node,
      byte[] path,
      byte @Nullable [] from,
      boolean isModified) {
    add(type, node, path, from, isModified, false);
  }

  private void add(
      NetChange.Type type,
      ChangeNode node,
      byte[] path,
      byte @Nullable [] from,
      boolean isModified,
      boolean replaces) {
    batch.add(new NetChange(type, path, from, node.isDirectory, isModified, replaces, node.origin));
  }

  /** A node that is waited for waits itself, for what others wait for that are behind it. */
  private void breakCircle(ChangeNode closing) {
    int first = stack.size() - 1;
    boolean isOfFiles = stack.get(first).isForFile();
    while (stack.get(first).node != closing) {
      first--;
      isOfFiles &= stack.get(first).isForFile();
    }
    if (isOfFiles) {
      exchange(first);
      return;
    }
    int at = weakest(first, closing);
    ChangeNode awaited = at == stack.size() - 1 ? closing : stack.get(at + 1).node;
    while (stack.size() > at + 1) {
      stack.remove(stack.size() - 1).node.step = Step.OPEN;
    }
    if (last().awaited() != awaited) {
      return;
    }
    if (awaited.isDirectory) {
      putAside(awaited);
    } else {
      giveUp(awaited);
    }
  }

  /**
   * Who of a circle waits for a place of which it is said the most easily that it is free: that of
   * a file. One waits for a place at least, since of directories in one another there is no circle.
   */
  private int weakest(int first, ChangeNode closing) {
    int weakest = first;
    ChangeNode awaited = closing;
    for (int i = stack.size() - 1; i >= first; i--) {
      Waiting waiting = stack.get(i);
      if (waiting.awaited() != awaited) {
        return i; // What it waited for has gone aside meanwhile.
      }
      if (!waiting.isForParent()) {
        weakest = i;
        if (!awaited.isDirectory) {
          return i;
        }
      }
      awaited = waiting.node;
    }
    return weakest;
  }

  private Waiting last() {
    return stack.get(stack.size() - 1);
  }

  /** Each of some files has the place of the next one: none of them needs to move. */
  private void exchange(int first) {
    List<Waiting> circle = stack.subList(first, stack.size());
    for (Waiting waiting : circle) {
      ChangeNode node = waiting.node;
      node.settle();
      node.isModified = true;
      node.step = Step.DONE;
      modified.add(node);
    }
    circle.clear();
  }

  /** A node goes to a place in the root that nobody else has, from where it will move on. */
  private void putAside(ChangeNode node) {
    ChangeNode root = nodes.get(1);
    String name;
    do {
      name = ASIDE + ++asides;
    } while (root.now().containsKey(name) || root.departed().containsKey(name));
    byte[] from = node.oldPath();
    node.oldParent = root;
    node.oldName = name;
    node.isAside = true;
    tell(NetChange.Type.MOVED, node, name.getBytes(StandardCharsets.ISO_8859_1), from, false);
  }

  /** A file is told to be another one at its new place. */
  private static void giveUp(ChangeNode file) {
    file.split();
    file.isAside = true;
  }

  /** A node, and what has to be done before it comes to its place: its directory first. */
  private static final class Waiting {
    final ChangeNode node;
    private final List<ChangeNode> conditions = new ArrayList<>(2);
    private int at;

    Waiting(ChangeNode node) {
      this.node = node;
      ChangeNode parent = node.parent;
      if (parent != null) {
        conditions.add(parent);
      }
      ChangeNode occupant = node.isInPlace() ? null : node.occupant();
      if (occupant != null && !occupant.isGone()) {
        conditions.add(occupant);
      } else if (occupant != null && (occupant.isDirectory || node.isDirectory)) {
        addMovedOut(occupant);
      }
    }

    /** Has it wait for all that has moved out of a directory that is gone. */
    private void addMovedOut(ChangeNode gone) {
      List<ChangeNode> out = new ArrayList<>(gone.departed().values());
      for (int i = 0; i < out.size(); i++) {
        if (out.get(i).isGone()) {
          out.addAll(out.get(i).departed().values());
        } else {
          conditions.add(out.get(i));
        }
      }
    }

    /** What it waits for at present, if anything. */
    @Nullable ChangeNode awaited() {
      while (at < conditions.size() && isFulfilled()) {
        at++;
      }
      return at < conditions.size() ? conditions.get(at) : null;
    }

    private boolean isFulfilled() {
      ChangeNode condition = conditions.get(at);
      return condition.step == Step.DONE || (condition.isAside && at > 0);
    }

    boolean isForParent() {
      return at == 0;
    }

    /** Whether it is a file that waits for the place of another. */
    boolean isForFile() {
      ChangeNode occupant = node.occupant();
      return at > 0
          && occupant != null
          && !occupant.isGone()
          && !node.isDirectory
          && !occupant.isDirectory
          && !node.isInPlace();
    }
  }
}
