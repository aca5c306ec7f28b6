package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.inotify4j.changes.ModelTree.ModelEntry;

/**
 * Keeps a copy of a tree from batches alone, and looks only at the contents that it is told of. It
 * does each change as a system call would, and refuses what that would refuse.
 */
final class Replica {

  private ModelTree copy = new ModelTree();

  /** How many changes there were, and how many entries were told as others than they are. */
  int changes;

  int others;

  /** What the batch has told of each path. */
  private final Map<String, NetChange> told = new HashMap<>();

  /** Where it went aside. */
  private final Set<String> asides = new HashSet<>();

  /** The entries of which it has to look at the content. */
  private final Map<ModelEntry, NetChange> stale = new LinkedHashMap<>();

  Map<String, String> described() {
    return copy.described();
  }

  /** Knows a tree without having been told. */
  void knows(ModelTree tree) {
    copy = tree.copy();
  }

  /**
   * Does a batch.
   *
   * @param lenient the files that may be told as modified without having changed
   */
  void apply(List<NetChange> batch, ModelTree after, Set<Integer> lenient) {
    told.clear();
    stale.clear();
    asides.clear();
    Set<Integer> before = ids();
    for (NetChange change : batch) {
      changes++;
      apply(change, NetChangeText.text(change.path()));
    }
    assertThat(asides).as("left aside").isEmpty();
    reload(after, before, lenient);
  }

  private Set<Integer> ids() {
    Set<Integer> ids = new HashSet<>();
    for (String path : copy.paths()) {
      ids.add(existing(path).id);
    }
    return ids;
  }

  private ModelEntry existing(String path) {
    ModelEntry entry = copy.at(path);
    if (entry == null) {
      throw new AssertionError("nothing at " + path);
    }
    return entry;
  }

  private void apply(NetChange change, String path) {
    NetChange other = told.put(path, change);
    if (other != null) {
      assertThat(other.type()).as("first of two for " + path).isEqualTo(NetChange.Type.DELETED);
      assertThat(other.isDirectory() || change.isDirectory()).as("two for " + path).isTrue();
    }
    switch (change.type()) {
      case EXISTING, CREATED -> {
        assertThat(copy.at(path)).as(path).isNull();
        ModelEntry entry = new ModelEntry(-1, change.isDirectory(), -1);
        copy.put(path, entry);
        stale.put(entry, change);
      }
      case MODIFIED -> {
        ModelEntry entry = existing(path);
        assertThat(entry.isDirectory).as(path).isEqualTo(change.isDirectory());
        stale.put(entry, change);
      }
      case DELETED -> {
        ModelEntry entry = copy.take(path);
        assertThat(entry.isDirectory).as(path).isEqualTo(change.isDirectory());
      }
      case MOVED -> move(change, path);
    }
  }

  private void move(NetChange change, String path) {
    String from = NetChangeText.text(Objects.requireNonNull(change.from(), path));
    assertThat(from).isNotEqualTo(path);
    assertThat(path + "/").as("into itself").doesNotStartWith(from + "/");
    ModelEntry entry = copy.take(from);
    assertThat(entry.isDirectory).as(path).isEqualTo(change.isDirectory());
    ModelEntry there = copy.at(path);
    if (there != null) {
      assertThat(there.isDirectory || entry.isDirectory).as("over another").isFalse();
    }
    copy.put(path, entry);
    if (change.isModified()) {
      stale.put(entry, change);
    }
    if (path.startsWith(".inotify4j-aside")) {
      asides.add(path);
      others++;
    }
    asides.remove(from);
  }

  /** Looks at the contents: each is another one than it knew. */
  private void reload(ModelTree after, Set<Integer> before, Set<Integer> lenient) {
    for (Map.Entry<ModelEntry, NetChange> stale : stale.entrySet()) {
      NetChange change = stale.getValue();
      String path = NetChangeText.text(change.path());
      ModelEntry old = stale.getKey();
      ModelEntry entry = after.at(path);
      assertThat(entry).as(change.type() + " " + path).isNotNull();
      if (entry != null && change.type() == NetChange.Type.CREATED) {
        assertThat(entry.isDirectory && before.contains(entry.id)).as("lost " + path).isFalse();
        others += before.contains(entry.id) && !lenient.contains(entry.id) ? 1 : 0;
      } else if (entry != null && !lenient.contains(entry.id)) {
        assertThat(entry.content).as("content of " + path).isNotEqualTo(old.content);
      }
    }
    stale
        .values()
        .forEach(
            change -> {
              String path = NetChangeText.text(change.path());
              ModelEntry seen = after.at(path);
              ModelEntry old = copy.at(path);
              if (seen != null && path.isEmpty()) {
                copy.root.content = seen.content;
              } else if (seen != null && old != null) {
                ModelEntry entry = new ModelEntry(seen.id, seen.isDirectory, seen.content);
                entry.below.putAll(old.below);
                copy.put(path, entry);
              }
            });
  }
}
