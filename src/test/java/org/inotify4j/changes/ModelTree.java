package org.inotify4j.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tree of entries that are told apart, each with a content that is told apart. */
final class ModelTree {

  /** An entry. Of a directory the content is its status. */
  static final class ModelEntry {
    final int id;
    final boolean isDirectory;
    final Map<String, ModelEntry> below = new TreeMap<>();
    int content;

    ModelEntry(int id, boolean isDirectory, int content) {
      this.id = id;
      this.isDirectory = isDirectory;
      this.content = content;
    }

    ModelEntry copy() {
      ModelEntry copy = new ModelEntry(id, isDirectory, content);
      below.forEach((name, entry) -> copy.below.put(name, entry.copy()));
      return copy;
    }
  }

  final ModelEntry root;

  ModelTree() {
    this(new ModelEntry(0, true, 0));
  }

  private ModelTree(ModelEntry root) {
    this.root = root;
  }

  ModelTree copy() {
    return new ModelTree(root.copy());
  }

  @Nullable ModelEntry at(String path) {
    ModelEntry entry = root;
    for (String name : path.split("/", -1)) {
      if (entry == null || name.isEmpty()) {
        return entry;
      }
      entry = entry.below.get(name);
    }
    return entry;
  }

  /** The directory that a path is in, or would be. */
  ModelEntry directory(String path) {
    int slash = path.lastIndexOf('/');
    ModelEntry directory = at(slash < 0 ? "" : path.substring(0, slash));
    if (directory == null || !directory.isDirectory) {
      throw new AssertionError("no directory for " + path);
    }
    return directory;
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  void put(String path, ModelEntry entry) {
    directory(path).below.put(name(path), entry);
  }

  ModelEntry take(String path) {
    ModelEntry taken = directory(path).below.remove(name(path));
    if (taken == null) {
      throw new AssertionError("nothing at " + path);
    }
    return taken;
  }

  /** All paths but the root's, a directory before what is in it. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    addPaths("", root, paths);
    return paths;
  }

  static void addPaths(String path, ModelEntry entry, List<String> paths) {
    entry.below.forEach(
        (name, below) -> {
          String other = path.isEmpty() ? name : path + "/" + name;
          paths.add(other);
          addPaths(other, below, paths);
        });
  }

  /** Each path with the kind, the content and, of directories, which one it is. */
  Map<String, String> described() {
    Map<String, String> all = new TreeMap<>();
    for (String path : paths()) {
      ModelEntry entry = at(path);
      if (entry != null) {
        all.put(
            path,
            entry.isDirectory ? "directory " + entry.id + " " + entry.content : "" + entry.content);
      }
    }
    return all;
  }
}
