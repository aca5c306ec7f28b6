package org.inotify4j.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Goes a path name by name, and says which links are on the way, and what is watched there. */
final class OnTheWay {

  /** As many as the kernel follows. */
  private static final int MOST = 40;

  private final Set<Link> links = new LinkedHashSet<>();
  private final Set<Path> watched = new LinkedHashSet<>();
  private final Deque<Path> names = new ArrayDeque<>();
  private int followed;

  /** Where it has come to: no link is in this path. */
  private Path place;

  /** Whether it has come there from a directory above, and has not begun there. */
  private boolean hasEntered;

  /**
   * One link.
   *
   * @param place where it is
   * @param target what is in it
   */
  record Link(Path place, Path target) {}

  private OnTheWay(Path start) {
    place = start;
  }

  /** Goes to what a path leads to, or as far as it leads. */
  static OnTheWay to(Path path) {
    Path root = path.getRoot();
    OnTheWay way = new OnTheWay(root == null ? Path.of("").toAbsolutePath() : root);
    path.forEach(way.names::add);
    way.go();
    return way;
  }

  /**
   * The links, in the order in which they are followed first: no more than the kernel follows. One
   * that is followed again, as in a circle, is there once.
   */
  List<Link> links() {
    return List.copyOf(links);
  }

  /**
   * What is watched for a single file: itself, the directory that it is in, that of each link, and
   * those above, but for the one that the way begins in. By paths without links.
   */
  Set<Path> watched() {
    return watched;
  }

  private void go() {
    while (!names.isEmpty() && followed < MOST) {
      Path name = names.remove();
      Path next = next(name);
      if (Files.isSymbolicLink(next)) {
        watched.add(place);
        follow(next);
      } else {
        boolean isLast = names.isEmpty();
        if (isLast || hasEntered) {
          watched.add(place);
        }
        if (isLast) {
          watched.add(next);
        }
        place = next;
        hasEntered = true;
      }
    }
  }

  private Path next(Path name) {
    return switch (name.toString()) {
      case "", "." -> place;
      case ".." -> place.getParent() == null ? place : place.getParent();
      default -> place.resolve(name);
    };
  }

  private void follow(Path link) {
    Path target = target(link);
    links.add(new Link(link, target));
    followed++;
    List<Path> inTarget = new ArrayList<>();
    target.forEach(inTarget::add);
    for (int i = inTarget.size() - 1; i >= 0; i--) {
      names.addFirst(inTarget.get(i));
    }
    Path root = target.getRoot();
    if (root != null) {
      place = root;
      hasEntered = false;
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      return Path.of("?");
    }
  }
}
