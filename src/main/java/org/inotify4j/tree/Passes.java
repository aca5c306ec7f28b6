package org.inotify4j.tree;

/** Passes over a whole tree: the first one, and those that repair what the program was told. */
final class Passes {

  /** What {@link #build} returns where the path leads elsewhere by now. */
  static final int ELSEWHERE = Integer.MIN_VALUE;

  private final TreePlaces places;
  private final NodePath paths;
  private final TreeWatches watches;
  private final FailedVisits failed;
  private final Pass pass;
  private final Crawl crawl;

  Passes(
      TreePlaces places,
      NodePath paths,
      TreeWatches watches,
      FailedVisits failed,
      Pass pass,
      Crawl crawl) {
    this.places = places;
    this.paths = paths;
    this.watches = watches;
    this.failed = failed;
    this.pass = pass;
    this.crawl = crawl;
  }

  /**
   * The first pass. It goes on where there is no room for a watch, to count how many are needed.
   *
   * @param wd the watch that the root has
   * @return 0, or {@code -errno}, or {@link #ELSEWHERE}
   */
  int build(int wd) {
    Visit visit = crawl.rootVisit();
    try {
      int fd = visit.openRoot();
      if (fd < 0) {
        return NodePath.isElsewhere(fd) ? ELSEWHERE : fd;
      }
      int placed = visit.watch();
      if (placed != wd) {
        return placed < 0 ? placed : ELSEWHERE;
      }
      places.watched(places.root(), wd);
      int result = readAll(visit);
      if (result < 0) {
        return NodePath.isElsewhere(result) ? ELSEWHERE : result;
      }
      return pass.descriptorError();
    } finally {
      visit.close();
    }
  }

  /** Goes through the whole tree again, and trusts nothing but the disk. False if it cannot. */
  boolean repair() {
    failed.takeLooks();
    int fd = paths.open(places.root());
    if (fd < 0) {
      return false;
    }
    Visit visit = crawl.rootVisit();
    try {
      visit.begin(fd);
      if (readAll(visit) < 0) {
        return false;
      }
    } finally {
      visit.close();
    }
    places.dropUnseen();
    return true;
  }

  /** Reads the root, which is open but not for reading, and everything below. */
  private int readAll(Visit visit) {
    int fd = visit.openToRead();
    if (fd < 0) {
      return fd;
    }
    pass.begin();
    watches.noteRemoved(true);
    try {
      crawl.readAll(visit, pass.isFirst());
    } finally {
      watches.noteRemoved(false);
      pass.end();
    }
    return pass.rootError();
  }
}
