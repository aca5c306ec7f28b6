package org.inotify4j.bench.models;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts what a watcher tells, and keeps the set of paths that follows from it. */
final class Tally {

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<Path> paths = new HashSet<>();
  private final Set<Path> told = new HashSet<>();
  private long last = System.nanoTime();

  /** It is there. */
  synchronized void present(String kind, Path path) {
    count(kind);
    paths.add(path);
    told.add(path);
  }

  /** It is gone, with all that is below it. */
  synchronized void gone(String kind, Path path) {
    count(kind);
    // Only a directory has anything below it; a set has no order to find that by.
    if (!paths.remove(path) || kind.endsWith("directory")) {
      paths.removeIf(other -> other.startsWith(path));
    }
  }

  /** It has another name, with all that is below it. */
  synchronized void moved(Path from, Path to) {
    count("MOVED");
    Set<Path> below = new HashSet<>();
    paths.removeIf(path -> path.startsWith(from) && below.add(path));
    below.forEach(path -> paths.add(path.equals(from) ? to : to.resolve(from.relativize(path))));
    paths.add(to);
    told.add(to);
  }

  /** Something else was told. */
  synchronized void count(String kind) {
    counts.merge(kind, 1, Integer::sum);
    last = System.nanoTime();
  }

  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  synchronized Set<Path> paths() {
    return new HashSet<>(paths);
  }

  synchronized Set<Path> told() {
    return new HashSet<>(told);
  }

  /** Forgets the counts. */
  synchronized void clear() {
    counts.clear();
    told.clear();
  }

  private synchronized long quietNanos() {
    return System.nanoTime() - last;
  }

  /** Waits until nothing was told for so long. */
  void awaitQuiet(long seconds) throws InterruptedException {
    synchronized (this) {
      last = System.nanoTime();
    }
    while (quietNanos() < TimeUnit.SECONDS.toNanos(seconds)) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
