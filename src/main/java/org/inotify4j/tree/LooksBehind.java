package org.inotify4j.tree;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inotify4j.EntryName;

/**
 * Looks at names that wait until the records have come by which are queued: whether something is
 * there that came without a record. Where a record says so meanwhile, there is nothing to look for.
 */
final class LooksBehind {

  /** Since the last mark was placed. */
  private final Set<TreeEntry> recent = new LinkedHashSet<>();

  /** From before a mark that is still to come. */
  private final Set<TreeEntry> marked = new LinkedHashSet<>();

  void add(TreeNode directory, byte[] name) {
    recent.add(new TreeEntry(directory, EntryName.of(name)));
  }

  /** A record says what came to a name. */
  void came(TreeNode directory, byte[] name) {
    if (!recent.isEmpty() || !marked.isEmpty()) {
      TreeEntry entry = new TreeEntry(directory, EntryName.of(name));
      recent.remove(entry);
      marked.remove(entry);
    }
  }

  /** A mark was placed. */
  void markPlaced() {
    marked.addAll(recent);
    recent.clear();
  }

  /** The mark has come by: where to look now. */
  List<TreeEntry> take() {
    List<TreeEntry> all = new ArrayList<>(marked);
    marked.clear();
    return all;
  }

  /** Everything is looked at anew. */
  void clear() {
    recent.clear();
    marked.clear();
  }
}
