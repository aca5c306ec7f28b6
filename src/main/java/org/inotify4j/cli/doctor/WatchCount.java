package org.inotify4j.cli.doctor;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Counts the watches that paths need: what several of them have in common is watched once. */
final class WatchCount {

  /**
   * What one path needs.
   *
   * @param directories how many directories there are, itself among them; 0 where it is none
   * @param watches how many watches it needs
   * @param more how many of these those before it have not
   */
  record Need(long directories, long watches, long more) {
    static final Need NOTHING = new Need(0, 0, 0);

    /** That of a tree which has nothing in common with another one: a watch for each directory. */
    static Need ofTree(long directories) {
      return new Need(directories, directories, directories);
    }
  }

  private final boolean isOfSeveral;

  /** What is watched, by paths without links. */
  private final Set<Path> places = new HashSet<>();

  /**
   * None yet.
   *
   * @param isOfSeveral whether there is more than one path
   */
  WatchCount(boolean isOfSeveral) {
    this.isOfSeveral = isOfSeveral;
  }

  /**
   * Adds a tree.
   *
   * @param root its root, without links
   * @param directories those below, by paths relative to it
   */
  Need addTree(Path root, Stream<Path> directories) {
    if (!isOfSeveral) {
      return Need.ofTree(directories.count() + 1);
    }
    int before = places.size();
    List<Path> all = Stream.concat(Stream.of(root), directories.map(root::resolve)).toList();
    places.addAll(all);
    return new Need(all.size(), all.size(), places.size() - before);
  }

  /** Adds a single file. */
  Need addFile(OnTheWay way) {
    int before = places.size();
    places.addAll(way.watched());
    return new Need(0, way.watched().size(), places.size() - before);
  }
}
