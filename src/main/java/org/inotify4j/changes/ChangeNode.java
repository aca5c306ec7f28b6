package org.inotify4j.changes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inotify4j.follow.Origin;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree at two times: at its place at the start, and at its place now.
 *
 * <p>It has one of the two where it came or went in between. One that is at the same place both
 * times is in {@link #now} of its parent only; one that is not is in {@link #departed} of the
 * parent that it had at the start. So a directory moves by one assignment, with all below.
 *
 * <p>A name is a string of as many characters as it has bytes, each a byte's value.
 */
final class ChangeNode {

  /** How far a node has come on its way to its place. */
  enum Step {
    /** Nothing is done about it. */
    OPEN,

    /** It waits for others. */
    WAITS,

    /** It has come, or what is to say of it has been said. */
    DONE
  }

  private static final Map<String, ChangeNode> NONE = Collections.emptyMap();

  /** The directory where it is now; null if it is gone. The top is its own. */
  @Nullable ChangeNode parent;

  String name;

  /** The directory where it was at the start; null if it was not there. */
  @Nullable ChangeNode oldParent;

  String oldName;

  /** What is remembered of what is in it now, by name. */
  private Map<String, ChangeNode> now = NONE;

  /** What was in it at the start and is not at that place now, by the name of then. */
  private Map<String, ChangeNode> departed = NONE;

  final boolean isDirectory;

  /** How the last is known that was heard of it. */
  Origin origin;

  /** Whether it was there when the watcher began, and is yet to be told. */
  boolean isExisting;

  /** Whether it may have another content than at the start. */
  boolean isModified;

  /** The path that it came from, if it took the place of another. */
  byte @Nullable [] overFrom;

  /** How far it is told. */
  Step step = Step.OPEN;

  /** Whether it is no more at its place of the start, though it is not at that of now. */
  boolean isAside;

  private ChangeNode(@Nullable ChangeNode oldParent, String name, boolean isDirectory, Origin by) {
    this.oldParent = oldParent;
    this.oldName = name;
    this.name = name;
    this.isDirectory = isDirectory;
    this.origin = by;
  }

  /** What is above the root, whose name is empty. */
  static ChangeNode top() {
    ChangeNode top = new ChangeNode(null, "", true, Origin.KERNEL);
    top.parent = top;
    top.oldParent = top;
    return top;
  }

  /** One that was in a directory at the start, and is there now. */
  static ChangeNode known(ChangeNode parent, String name, boolean isDirectory) {
    ChangeNode node = new ChangeNode(parent, name, isDirectory, Origin.KERNEL);
    node.arrive(parent, name);
    return node;
  }

  /** One that comes. */
  static ChangeNode coming(ChangeNode parent, String name, boolean isDirectory, Origin origin) {
    ChangeNode node = new ChangeNode(null, name, isDirectory, origin);
    node.arrive(parent, name);
    return node;
  }

  /** The bytes of a name, or of a part of a path. */
  static String name(byte[] path, int start, int end) {
    return new String(path, start, end - start, StandardCharsets.ISO_8859_1);
  }

  boolean isTop() {
    return parent == this;
  }

  boolean wasThere() {
    return oldParent != null;
  }

  boolean isGone() {
    return parent == null;
  }

  /** Whether it is where it was at the start. */
  boolean isInPlace() {
    return parent != null && parent == oldParent && name.equals(oldName);
  }

  /** Whether nothing about it or below it differs. */
  boolean isPlain() {
    return isInPlace() && !isTop() && !isModified && now.isEmpty() && departed.isEmpty();
  }

  /** Whether it is another one, or below it. */
  boolean isAtOrBelow(ChangeNode other) {
    ChangeNode at = this;
    while (at != other && at.parent != null && !at.isTop()) {
      at = at.parent;
    }
    return at == other;
  }

  /** What is remembered of what is in it. */
  Map<String, ChangeNode> now() {
    return now;
  }

  /** What was in it at the start, and is elsewhere or gone. */
  Map<String, ChangeNode> departed() {
    return departed;
  }

  /** What was at the start where this is now, if that is another place than its own. */
  @Nullable ChangeNode occupant() {
    return parent == null ? null : parent.departed.get(name);
  }

  /** It goes from where it is, and is gone as long as it arrives nowhere. */
  void leave() {
    ChangeNode left = parent;
    if (left != null) {
      if (isInPlace()) {
        left.departed = with(left.departed, oldName, this);
      }
      left.now = without(left.now, name);
      parent = null;
    }
  }

  /** It comes to a place that is free. */
  void arrive(ChangeNode newParent, String newName) {
    parent = newParent;
    name = newName;
    newParent.now = with(newParent.now, newName, this);
    if (isInPlace()) {
      newParent.departed = without(newParent.departed, newName);
    }
  }

  /** It was nowhere at the start, as far as anybody needs to know. */
  void forgetOld() {
    if (oldParent != null && !isInPlace()) {
      oldParent.departed = without(oldParent.departed, oldName);
    }
    oldParent = null;
  }

  /**
   * It becomes two that have nothing to do with one another: one that has gone, and one that came.
   */
  void split() {
    ChangeNode old = oldParent;
    forgetOld();
    if (old != null && !old.isGone()) {
      ChangeNode gone = new ChangeNode(old, oldName, isDirectory, origin);
      old.departed = with(old.departed, oldName, gone);
    }
  }

  private static Map<String, ChangeNode> with(
      Map<String, ChangeNode> nodes, String name, ChangeNode node) {
    Map<String, ChangeNode> all = nodes.isEmpty() ? new LinkedHashMap<>(4) : nodes;
    all.put(name, node);
    return all;
  }

  private static Map<String, ChangeNode> without(Map<String, ChangeNode> nodes, String name) {
    nodes.remove(name);
    return nodes.isEmpty() ? NONE : nodes;
  }

  /** The same once more, with all that is remembered below it: of the top. */
  ChangeNode copyAll() {
    Map<ChangeNode, ChangeNode> copies = new LinkedHashMap<>();
    List<ChangeNode> all = new ArrayList<>(List.of(this));
    for (int i = 0; i < all.size(); i++) {
      ChangeNode node = all.get(i);
      copies.put(node, node.copy());
      all.addAll(node.now.values());
      // What has only moved is in another directory now.
      node.departed.values().stream().filter(ChangeNode::isGone).forEach(all::add);
    }
    copies.forEach((node, copy) -> copy.connect(node, copies));
    return Objects.requireNonNull(copies.get(this), "it is the first");
  }

  private ChangeNode copy() {
    ChangeNode copy = new ChangeNode(null, oldName, isDirectory, origin);
    copy.name = name;
    copy.isExisting = isExisting;
    copy.isModified = isModified;
    copy.overFrom = overFrom;
    return copy;
  }

  private void connect(ChangeNode node, Map<ChangeNode, ChangeNode> copies) {
    parent = node.parent == null ? null : copies.get(node.parent);
    oldParent = node.oldParent == null ? null : copies.get(node.oldParent);
    node.now.forEach(
        (key, child) -> now = with(now, key, Objects.requireNonNull(copies.get(child))));
    node.departed.forEach(
        (key, child) -> departed = with(departed, key, Objects.requireNonNull(copies.get(child))));
  }

  /** It is told: where it is now is where it was, for what is told next. */
  void settle() {
    oldParent = parent;
    oldName = name;
  }

  /** The bytes of the path that it was at, as far as others have not {@link #settle settled}. */
  byte[] oldPath() {
    int length = -1;
    for (ChangeNode at = this; at != null && !at.oldName.isEmpty(); at = at.oldParent) {
      length += at.oldName.length() + 1;
    }
    byte[] path = new byte[Math.max(length, 0)];
    int end = path.length;
    for (ChangeNode at = this; at != null && !at.oldName.isEmpty(); at = at.oldParent) {
      int start = end - at.oldName.length();
      for (int i = start; i < end; i++) {
        path[i] = (byte) at.oldName.charAt(i - start);
      }
      end = start - 1;
      if (end > 0) {
        path[end] = '/';
      }
    }
    return path;
  }
}
