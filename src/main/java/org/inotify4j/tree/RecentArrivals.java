package org.inotify4j.tree;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that came by a move as the last change in their directories: the latest of them. */
final class RecentArrivals {

  private static final int MOST = 256;

  private final Map<TreeNode, byte[]> names =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TreeNode, byte[]> eldest) {
          return size() > MOST;
        }
      };

  void note(TreeNode directory, byte[] name) {
    names.remove(directory);
    names.put(directory, name);
  }

  boolean has(TreeNode directory, byte[] name) {
    return !names.isEmpty() && Arrays.equals(names.get(directory), name);
  }

  /** Something else changed in a directory. */
  void forget(TreeNode directory) {
    if (!names.isEmpty()) {
      names.remove(directory);
    }
  }

  void clear() {
    names.clear();
  }
}
