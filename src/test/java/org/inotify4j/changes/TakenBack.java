package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.inotify4j.changes.ModelTree.ModelEntry;
import org.inotify4j.entries.KnownEntries;

/** What is left of a batch that was told, and is taken back since nobody has got it. */
final class TakenBack {

  private TakenBack() {}

  /** Leads back to what was before, but for what is in directories that are gone. */
  static void assertLeadsBack(List<NetChange> batch, ModelTree before, ModelTree after) {
    KnownEntries told = new KnownEntries();
    after.paths().forEach(path -> told.add(NetChangeText.bytes(path), isDirectory(after, path)));
    Untold.takeBack(told, batch);
    Map<String, Boolean> known = new TreeMap<>();
    told.forEachBelow(
        NetChangeText.bytes(""),
        (path, isDirectory) -> known.put(NetChangeText.text(path), isDirectory));
    assertThat(known)
        .as("what is known when the batch is taken back")
        .isEqualTo(kept(batch, before));
  }

  /** What was before, without what ends unsaid with the directory that it is in, or was in. */
  private static Map<String, Boolean> kept(List<NetChange> batch, ModelTree before) {
    Set<Integer> unsaid = new HashSet<>();
    ModelTree copy = before.copy();
    for (NetChange change : batch) {
      String path = NetChangeText.text(change.path());
      switch (change.type()) {
        case EXISTING, CREATED -> copy.put(path, new ModelEntry(-1, change.isDirectory(), -1));
        case MODIFIED -> {}
        case DELETED -> unsaid.addAll(below(copy.take(path)));
        case MOVED ->
            copy.put(
                path, copy.take(NetChangeText.text(Objects.requireNonNull(change.from(), path))));
      }
    }
    Map<String, Boolean> kept = new TreeMap<>();
    for (String path : before.paths()) {
      ModelEntry entry = Objects.requireNonNull(before.at(path), path);
      int slash = path.lastIndexOf('/');
      boolean hasPlace = slash < 0 || kept.containsKey(path.substring(0, slash));
      if (hasPlace && !unsaid.contains(entry.id)) {
        kept.put(path, entry.isDirectory);
      }
    }
    return kept;
  }

  private static List<Integer> below(ModelEntry directory) {
    List<Integer> ids = new ArrayList<>();
    for (ModelEntry entry : directory.below.values()) {
      ids.add(entry.id);
      ids.addAll(below(entry));
    }
    return ids;
  }

  private static boolean isDirectory(ModelTree tree, String path) {
    return Objects.requireNonNull(tree.at(path), path).isDirectory;
  }
}
