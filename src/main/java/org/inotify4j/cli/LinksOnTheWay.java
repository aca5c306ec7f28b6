package org.inotify4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Goes a path name by name, and says which links are on the way. */
final class LinksOnTheWay {

  /** As many as the kernel follows. */
  private static final int MOST = 40;

  private static final int PARENT_LENGTH = 2;

  /**
   * One link.
   *
   * @param place where it is
   * @param target what is in it
   */
  record Link(Path place, Path target) {}

  private LinksOnTheWay() {}

  /**
   * The links, in the order in which they are followed first: no more than the kernel follows. One
   * that is followed again, as in a circle, is there once.
   */
  static List<Link> of(Path path) {
    Set<Link> links = new LinkedHashSet<>();
    int followed = 0;
    Path absolute = path.toAbsolutePath();
    Path top = absolute.getRoot();
    Path place = top;
    Deque<Path> names = new ArrayDeque<>();
    absolute.forEach(names::add);
    while (place != null && top != null && !names.isEmpty() && followed < MOST) {
      Path name = names.remove();
      Path next = place.resolve(name);
      if (isParent(name)) {
        place = place.getParent() == null ? top : place.getParent();
      } else if (Files.isSymbolicLink(next)) {
        Path target = target(next);
        links.add(new Link(next, target));
        followed++;
        List<Path> inTarget = new ArrayList<>();
        target.forEach(inTarget::add);
        for (int i = inTarget.size() - 1; i >= 0; i--) {
          names.addFirst(inTarget.get(i));
        }
        place = target.isAbsolute() ? top : place;
      } else {
        place = next;
      }
    }
    return List.copyOf(links);
  }

  private static boolean isParent(Path name) {
    String text = name.toString();
    return text.length() == PARENT_LENGTH && text.equals("..");
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      return Path.of("?");
    }
  }
}
