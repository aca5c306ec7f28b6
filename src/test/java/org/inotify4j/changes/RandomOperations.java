package org.inotify4j.changes;

import static org.inotify4j.changes.NetChangeText.bytes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.inotify4j.changes.ModelTree.ModelEntry;
import org.inotify4j.follow.Origin;

/** Does things at random in a tree, and says of each what a watcher hears. */
final class RandomOperations {

  private final Random random;
  private final ModelTree tree;
  private final NetChanges changes;

  /** What was done, for people. */
  final List<String> done = new ArrayList<>();

  /** The files that may be told as modified without having changed. */
  final Set<Integer> movedOver = new HashSet<>();

  /** How often two changed places of which one is a directory at least. */
  int exchanges;

  private int last;

  RandomOperations(Random random, ModelTree tree, NetChanges changes) {
    this.random = random;
    this.tree = tree;
    this.changes = changes;
  }

  /** Makes a tree of which nothing is said. */
  void prepare(int count) {
    for (int i = 0; i < count; i++) {
      String path = newPath();
      if (tree.at(path) == null) {
        tree.put(path, entry(random.nextBoolean()));
      }
    }
  }

  /** Says of all what a listing would. */
  void list() {
    for (String path : tree.paths()) {
      changes.existing(bytes(path), isDirectory(path));
    }
  }

  void next() {
    switch (random.nextInt(12)) {
      case 0, 1 -> create(newPath());
      case 2 -> write(anyPath());
      case 3, 4 -> delete(anyPath());
      case 5, 6, 7 -> move(anyPath(), newPath());
      case 8 -> moveIn(newPath());
      case 9 -> exchange(anyPath(), anyPath());
      case 10 -> rotate();
      default -> safeSave(anyPath());
    }
  }

  private ModelEntry entry(boolean isDirectory) {
    return new ModelEntry(++last, isDirectory, ++last);
  }

  private boolean isDirectory(String path) {
    ModelEntry entry = tree.at(path);
    return entry != null && entry.isDirectory;
  }

  /** A path in a directory, where there may be something. */
  private String newPath() {
    List<String> directories = new ArrayList<>(tree.paths());
    directories.removeIf(path -> !isDirectory(path) || path.length() > 12);
    int index = random.nextInt(directories.size() + 1);
    String name = String.valueOf((char) ('a' + random.nextInt(4)));
    return index == directories.size() ? name : directories.get(index) + "/" + name;
  }

  /** The path of something, or the empty one. */
  private String anyPath() {
    List<String> paths = tree.paths();
    return paths.isEmpty() ? "" : paths.get(random.nextInt(paths.size()));
  }

  private void create(String path) {
    if (tree.at(path) == null) {
      boolean isDirectory = random.nextInt(3) > 0;
      done.add("create " + path + (isDirectory ? "/" : ""));
      tree.put(path, entry(isDirectory));
      changes.created(bytes(path), isDirectory, Origin.KERNEL);
    }
  }

  private void write(String path) {
    ModelEntry entry = tree.at(path);
    if (entry != null) {
      done.add("write " + path);
      entry.content = ++last;
      changes.modified(bytes(path), entry.isDirectory, Origin.KERNEL);
    }
  }

  private void delete(String path) {
    if (path.isEmpty()) {
      return;
    }
    done.add("delete " + path);
    ModelEntry entry = tree.take(path);
    if (random.nextBoolean()) {
      List<String> below = new ArrayList<>();
      ModelTree.addPaths(path, entry, below);
      for (int i = below.size() - 1; i >= 0; i--) {
        boolean isDirectory = at(entry, path, below.get(i)).isDirectory;
        changes.deleted(bytes(below.get(i)), isDirectory, Origin.KERNEL);
      }
    }
    changes.deleted(bytes(path), entry.isDirectory, Origin.KERNEL);
  }

  private static ModelEntry at(ModelEntry top, String path, String below) {
    ModelEntry entry = top;
    for (String name : below.substring(path.length() + 1).split("/", -1)) {
      entry = Objects.requireNonNull(entry.below.get(name));
    }
    return entry;
  }

  private void move(String from, String to) {
    ModelEntry entry = tree.at(from);
    if (from.isEmpty() || entry == null || (to + "/").startsWith(from + "/")) {
      return;
    }
    ModelEntry there = tree.at(to);
    if (there == null) {
      done.add("move " + from + " " + to);
      moveNow(from, to);
      changes.moved(bytes(from), bytes(to), entry.isDirectory, Origin.KERNEL);
    } else if (there.isDirectory == entry.isDirectory && there.below.isEmpty()) {
      done.add("move " + from + " over " + to);
      moveNow(from, to);
      moveOver(from, to, entry);
    }
  }

  private void moveNow(String from, String to) {
    ModelEntry entry = tree.take(from);
    tree.put(to, entry);
  }

  /** Says that something moved over another, in one of the ways that it can be heard. */
  private void moveOver(String from, String to, ModelEntry entry) {
    boolean isDirectory = entry.isDirectory;
    switch (random.nextInt(3)) {
      case 0 -> {
        changes.deleted(bytes(to), isDirectory, Origin.KERNEL);
        changes.moved(bytes(from), bytes(to), isDirectory, Origin.KERNEL);
      }
      case 1 -> {
        changes.modified(bytes(to), isDirectory, Origin.KERNEL);
        changes.moved(bytes(from), bytes(to), isDirectory, Origin.KERNEL);
      }
      default -> changes.moved(bytes(from), bytes(to), isDirectory, true, Origin.KERNEL);
    }
    movedOver.add(entry.id);
  }

  /** Something comes from elsewhere, with all below; over another perhaps. */
  private void moveIn(String path) {
    ModelEntry there = tree.at(path);
    ModelEntry entry = entry(random.nextBoolean());
    if (there != null && (there.isDirectory != entry.isDirectory || !there.below.isEmpty())) {
      return;
    }
    done.add("move in " + path + (entry.isDirectory ? "/" : ""));
    tree.put(path, entry);
    changes.created(bytes(path), entry.isDirectory, there != null, Origin.KERNEL);
    if (entry.isDirectory) {
      tree.put(path + "/a", entry(false));
      changes.created(bytes(path + "/a"), false, Origin.LISTING);
    }
  }

  private void exchange(String one, String other) {
    ModelEntry first = tree.at(one);
    ModelEntry second = tree.at(other);
    boolean isApart = !(one + "/").startsWith(other + "/") && !(other + "/").startsWith(one + "/");
    if (first == null || second == null || one.isEmpty() || other.isEmpty() || !isApart) {
      return;
    }
    done.add("exchange " + one + " " + other);
    exchanges += first.isDirectory || second.isDirectory ? 1 : 0;
    tree.put(one, second);
    tree.put(other, first);
    if (!first.isDirectory && !second.isDirectory && random.nextBoolean()) {
      // What can be told of it from the kernel's records: there and back, and then a look.
      changes.moved(bytes(one), bytes(other), false, true, Origin.KERNEL);
      changes.moved(bytes(other), bytes(one), false, Origin.KERNEL);
      changes.created(bytes(other), false, Origin.LISTING);
      movedOver.add(first.id);
      movedOver.add(second.id);
    } else {
      changes.moved(bytes(one), bytes("aside"), first.isDirectory, Origin.KERNEL);
      changes.moved(bytes(other), bytes(one), second.isDirectory, Origin.KERNEL);
      changes.moved(bytes("aside"), bytes(other), first.isDirectory, Origin.KERNEL);
    }
  }

  /** Two or three entries go round, by way of another name. */
  private void rotate() {
    String one = anyPath();
    String other = anyPath();
    String third = newPath();
    String aside = "t";
    if (tree.at(aside) == null) {
      move(one, aside);
      moveIfFree(other, one);
      moveIfFree(third, other);
      moveIfFree(aside, random.nextBoolean() ? third : other);
    }
  }

  private void moveIfFree(String from, String to) {
    int slash = to.lastIndexOf('/');
    if (tree.at(from) != null
        && tree.at(to) == null
        && isDirectory(slash < 0 ? "" : to.substring(0, slash))) {
      move(from, to);
    }
  }

  private void safeSave(String path) {
    ModelEntry there = tree.at(path);
    if (path.isEmpty() || there == null || there.isDirectory) {
      return;
    }
    done.add("save " + path);
    ModelEntry entry = entry(false);
    changes.created(bytes(path + "~"), false, Origin.KERNEL);
    changes.modified(bytes(path + "~"), false, Origin.KERNEL);
    tree.put(path, entry);
    changes.moved(bytes(path + "~"), bytes(path), false, true, Origin.KERNEL);
  }
}
