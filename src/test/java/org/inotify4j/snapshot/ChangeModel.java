package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A tree that changes are applied to, one by one, as strictly as a disk would: nothing comes where
 * something is, nothing goes while something is in it.
 *
 * <p>What a file has is a word, which comes with CREATED, REPLACED and MODIFIED, and moves with it.
 */
final class ChangeModel {

  private static final class Node {
    boolean isDirectory;
    String word;
    final Map<String, Node> children = new TreeMap<>();

    Node(boolean isDirectory, String word) {
      this.isDirectory = isDirectory;
      this.word = word;
    }
  }

  private final Node root = new Node(true, "");

  /** Adds an entry as it is, behind its directory. */
  void put(byte[] path, boolean isDirectory, String word) {
    create(text(path), isDirectory, word);
  }

  /**
   * Applies a change.
   *
   * @param words what the files of the newer snapshot have, by their paths
   */
  void apply(SnapshotChange change, Map<String, String> words) {
    String path = text(change.pathBytes());
    boolean isDirectory = change.isDirectory();
    String word = isDirectory ? "" : words.getOrDefault(path, "");
    switch (change.kind()) {
      case CREATED -> create(path, isDirectory, word);
      case DELETED -> require(remove(path).children.isEmpty() || wasUnknown(change), "not empty");
      case MODIFIED -> find(path).word = word;
      case REPLACED -> {
        if (wasUnknown(change)) {
          find(path).children.clear();
        }
        replace(find(path), isDirectory, word);
      }
      case MOVED -> {
        String from = text(change.fromBytes().orElseThrow());
        require(!(path + "/").startsWith(from + "/"), "into itself");
        Node node = remove(from);
        require(node.isDirectory == isDirectory, "another type moves");
        add(path, node);
      }
    }
  }

  /** What was in a directory that could not be read goes with it: nobody tells it. */
  private static boolean wasUnknown(SnapshotChange change) {
    return change.before().orElseThrow().isUnreadable();
  }

  private static void replace(Node node, boolean isDirectory, String word) {
    if (!node.isDirectory || !isDirectory) {
      require(node.children.isEmpty(), "is not empty");
    }
    node.isDirectory = isDirectory;
    node.word = word;
  }

  private void create(String path, boolean isDirectory, String word) {
    add(path, new Node(isDirectory, word));
  }

  private void add(String path, Node node) {
    Node parent = find(parent(path));
    require(parent.isDirectory, "in no directory");
    require(parent.children.putIfAbsent(name(path), node) == null, "is there already");
  }

  private Node remove(String path) {
    return there(find(parent(path)).children.remove(name(path)), path);
  }

  private Node find(String path) {
    Node node = root;
    int start = 0;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      node = there(node.children.get(path.substring(start, end)), path);
      start = end + 1;
    }
    return node;
  }

  private static Node there(@Nullable Node node, String path) {
    if (node == null) {
      throw new AssertionError(path + " is not there");
    }
    return node;
  }

  /**
   * All paths with what they are; a directory with a slash at its end.
   *
   * @param isHidden which directories not to look into
   */
  Map<String, String> paths(Function<String, Boolean> isHidden) {
    Map<String, String> paths = new TreeMap<>();
    collect("", root, paths, isHidden);
    return paths;
  }

  private static void collect(
      String prefix, Node node, Map<String, String> paths, Function<String, Boolean> isHidden) {
    node.children.forEach(
        (name, child) -> {
          String path = prefix + name;
          paths.put(child.isDirectory ? path + "/" : path, child.word);
          if (!isHidden.apply(path)) {
            collect(path + "/", child, paths, isHidden);
          }
        });
  }

  static String text(byte[] path) {
    return new String(path, ISO_8859_1);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new AssertionError(otherwise);
    }
  }
}
