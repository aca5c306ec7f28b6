package org.inotify4j.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inotify4j.disk.MountsBelow;
import org.jspecify.annotations.Nullable;

/**
 * The places of a tree where something is mounted, or was: what is at such a place may be another
 * directory than before, and no record says so.
 */
final class MountPlaces {

  private final TreeNodes nodes;
  private final NodePath paths;
  private final Crawl crawl;

  /** Where it is to be looked. The hub's lock guards it. */
  private Set<String> changed = new LinkedHashSet<>();

  MountPlaces(TreeNodes nodes, NodePath paths, Crawl crawl) {
    this.nodes = nodes;
    this.paths = paths;
    this.crawl = crawl;
  }

  /**
   * Notes where to look. The hub's lock is held.
   *
   * @param points absolute paths, one char for each of their bytes
   * @return whether nothing was noted so far
   */
  boolean note(List<String> points) {
    boolean isFirst = changed.isEmpty();
    return changed.addAll(points) && isFirst;
  }

  /** Takes what is noted. The hub's lock is held. */
  Set<String> take() {
    Set<String> taken = changed;
    changed = new LinkedHashSet<>();
    return taken;
  }

  /** Looks at those mount points that are in the tree, outer ones first. */
  void look(Collection<String> points) {
    String prefix = prefix();
    if (prefix != null) {
      points.stream()
          .filter(point -> point.length() > prefix.length() && point.startsWith(prefix))
          .sorted(Comparator.comparingInt(String::length))
          .forEach(point -> lookAt(point.substring(prefix.length())));
      crawl.lookAtSecondPlaces();
    }
  }

  /** Looks at a directory of the tree, by its path: one char for each byte. */
  void lookAt(String place) {
    look(place, false);
  }

  /** The same, as if it were another one than before. */
  void lookAnew(String place) {
    look(place, true);
  }

  private void look(String place, boolean isOther) {
    TreeNode directory = nodes.root();
    String[] names = place.split("/", 0);
    int last = names.length - 1;
    for (int i = 0; i < last; i++) {
      directory = nodes.at(directory, names[i].getBytes(ISO_8859_1));
      if (directory == null) {
        return;
      }
    }
    crawl.lookAtMount(directory, names[last].getBytes(ISO_8859_1), isOther);
  }

  /** The absolute path of the root with a slash at its end, or null where it has none. */
  private @Nullable String prefix() {
    int fd = paths.open(nodes.root());
    if (fd < 0) {
      return null;
    }
    try {
      return MountsBelow.prefix(fd);
    } finally {
      paths.close(fd);
    }
  }
}
