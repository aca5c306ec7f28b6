package org.inotify4j.changes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.changes.Unfinished.Kind;
import org.inotify4j.disk.OpenFiles.Writers;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Origin;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.work.Task;
import org.inotify4j.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what happens to files when they are finished: when nobody has them open for writing.
 *
 * <p>A file that comes is kept back until it is closed. Not every one is: another name of a file,
 * say, comes and is never closed, nor is one that is written by a name elsewhere heard here. So
 * what is kept back is looked at as well: soon, and then now and then. Where nobody can say whether
 * a file is open, it is finished when it has looked the same for a while.
 *
 * <p>The follower's thread says what happens, and a worker's looks at what is kept back. The lock
 * keeps what they decide in order; nobody looks at the disk under it, so what was found counts only
 * if the file is still the one that was kept back.
 */
final class FinishedFiles implements ChangeSink {

  /** When a file that came is looked at that nobody has closed, in nanoseconds. */
  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(20);

  /** How often one is looked at that is open, in nanoseconds. */
  private static final long NOW_AND_THEN = TimeUnit.SECONDS.toNanos(1);

  /** How long one must look the same, in nanoseconds. */
  private static final long QUIET = TimeUnit.SECONDS.toNanos(2);

  private final Workers workers;
  private final FileLooks looks;
  private final ChangeSink told;
  private final Consumer<Throwable> onFault;
  private final Task task;
  private final OrderedLock lock = new OrderedLock(Rank.UNFINISHED);

  /** By path, one char for each byte. */
  @GuardedBy("lock")
  private final TreeMap<String, Unfinished> unfinished = new TreeMap<>();

  @GuardedBy("lock")
  private final ToldByLook toldByLook = new ToldByLook();

  /** What is done when a look has told all that nobody had open the last time. */
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Those of one root.
   *
   * @param told takes what is passed on
   * @param onFault is told why no look is taken any more
   */
  FinishedFiles(Hub hub, WatchRoot root, ChangeSink told, Consumer<Throwable> onFault) {
    this.workers = hub.workers();
    this.looks = new FileLooks(hub.libC(), root);
    this.told = told;
    this.onFault = onFault;
    this.task =
        new Task("files of " + PathBytes.text(root.path()) + " that are written", this::round);
  }

  // What happens, in the follower's thread.

  @Override
  public void existing(byte[] path, boolean isDirectory) {
    arrived(path, isDirectory, new Unfinished(Kind.EXISTING, Origin.LISTING, false, 0), true);
  }

  @Override
  public void created(
      byte[] path, boolean isDirectory, boolean isMoved, boolean replaces, Origin origin) {
    Unfinished before = forget(path);
    boolean isKnown = before == null ? replaces : !before.isUnknown();
    arrived(path, isDirectory, new Unfinished(Kind.CREATED, origin, isKnown, 0), isMoved);
  }

  private void arrived(byte[] path, boolean isDirectory, Unfinished file, boolean isWhole) {
    FileLooks.Look look = isDirectory ? null : looks.look(path);
    if (look == null || (look.isThere() && !look.isPlain())) {
      tellAtOnce(path, isDirectory, file);
      return;
    }
    boolean isFinished =
        switch (look.writers()) {
          case NONE -> isWhole || look.status().hasOtherNames();
          case SOME -> false;
          case UNKNOWN -> isWhole && file.origin == Origin.KERNEL;
        };
    if (isFinished) {
      told(path, file);
    } else {
      keepBack(path, file, look.writers());
    }
  }

  private void tellAtOnce(byte[] path, boolean isDirectory, Unfinished file) {
    if (file.kind == Kind.EXISTING) {
      told.existing(path, isDirectory);
    } else {
      told.created(path, isDirectory, false, file.replaces, file.origin);
    }
  }

  private void told(byte[] path, Unfinished file) {
    file.tell(told, path);
  }

  private void keepBack(byte[] path, Unfinished file, Writers writers) {
    file.due = System.nanoTime() + (writers == Writers.SOME ? NOW_AND_THEN : SOON);
    file.isClosed = writers == Writers.NONE;
    lock.lock();
    try {
      unfinished.put(text(path), file);
    } finally {
      lock.unlock();
    }
    workers.submitAt(task, file.due);
  }

  /** That it is being written is not told. */
  @Override
  public void modified(byte[] path, boolean isDirectory, Origin origin) {}

  @Override
  public void finished(byte[] path, Origin origin) {
    FileLooks.Look look = looks.look(path);
    Unfinished before;
    boolean isTold;
    lock.lock();
    try {
      before = unfinished.remove(text(path));
      isTold = toldByLook.isTold(text(path), look);
    } finally {
      lock.unlock();
    }
    if (isTold && before == null) {
      return;
    }
    Unfinished file = before == null ? new Unfinished(Kind.MODIFIED, origin, false, 0) : before;
    boolean isFinished =
        look.writers() == Writers.NONE
            || (look.writers() == Writers.UNKNOWN && origin == Origin.KERNEL);
    if (isFinished) {
      told(path, file);
    } else {
      keepBack(path, file, look.writers());
    }
  }

  @Override
  public void deleted(byte[] path, boolean isDirectory, Origin origin) {
    Unfinished before = forget(path);
    if (isDirectory) {
      below(path, true);
    }
    if (before == null || !before.isUnknown()) {
      told.deleted(path, isDirectory, origin);
    }
  }

  @Override
  public void moved(byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin) {
    Unfinished file = forget(from);
    Unfinished other = forget(to);
    boolean isKnown = other == null ? replaces : !other.isUnknown();
    if (isDirectory) {
      told.moved(from, to, true, isKnown, origin);
      moveBelow(from, to);
    } else if (file != null && file.kind != Kind.MODIFIED) {
      // Nobody knows it by its old name.
      if (file.replaces) {
        told.deleted(from, false, origin);
      }
      arrived(to, false, new Unfinished(Kind.CREATED, origin, isKnown, 0), true);
    } else {
      told.moved(from, to, false, isKnown, origin);
      if (file != null) {
        keepBack(to, file, Writers.SOME);
      }
    }
  }

  private void moveBelow(byte[] from, byte[] to) {
    String oldPrefix = text(from);
    String newPrefix = text(to);
    Map<String, Unfinished> moved = below(from, true);
    lock.lock();
    try {
      moved.forEach(
          (path, file) -> unfinished.put(newPrefix + path.substring(oldPrefix.length()), file));
    } finally {
      lock.unlock();
    }
  }

  /** What is kept back below a directory. */
  private Map<String, Unfinished> below(byte[] path, boolean isForgotten) {
    String prefix = text(path) + '/';
    lock.lock();
    try {
      // The next character after a slash is a zero.
      SortedMap<String, Unfinished> part =
          unfinished.subMap(prefix, prefix.substring(0, prefix.length() - 1) + '0');
      Map<String, Unfinished> copy = new TreeMap<>(part);
      if (isForgotten) {
        part.clear();
      }
      return copy;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Unfinished forget(byte[] path) {
    lock.lock();
    try {
      return unfinished.remove(text(path));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void takeBack(KnownEntries known) {
    lock.lock();
    try {
      unfinished.forEach(
          (path, file) -> {
            if (file.isUnknown()) {
              known.remove(bytes(path));
            } else {
              known.touch(bytes(path));
            }
          });
    } finally {
      lock.unlock();
    }
    told.takeBack(known);
  }

  @Override
  public void whenLooked(Runnable action) {
    waiting.add(action);
    workers.submit(task);
  }

  // What is kept back, in a worker.

  private void round() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      // There was no memory, say: nobody would look any more.
      onFault.accept(e);
    }
  }

  private void look() {
    int count = waiting.size();
    for (String path : due(count > 0)) {
      Instant before = Instant.now();
      FileLooks.Look look = looks.look(bytes(path));
      lock.lock();
      try {
        Unfinished file = unfinished.get(path);
        if (file != null && isDue(file, count > 0) && decide(file, look)) {
          unfinished.remove(path);
          toldByLook.told(path, look, before);
          told(bytes(path), file);
        }
      } finally {
        lock.unlock();
      }
    }
    for (; count > 0; count--) {
      waiting.remove().run();
    }
    long next = untilNext();
    if (next != Long.MAX_VALUE) {
      workers.submitAt(task, System.nanoTime() + next);
    }
  }

  private static boolean isDue(Unfinished file, boolean isHurried) {
    return (isHurried && file.isClosed) || file.due - System.nanoTime() <= 0;
  }

  private List<String> due(boolean isHurried) {
    List<String> due = new ArrayList<>();
    lock.lock();
    try {
      unfinished.forEach(
          (path, file) -> {
            if (isDue(file, isHurried)) {
              due.add(path);
            }
          });
    } finally {
      lock.unlock();
    }
    return due;
  }

  private long untilNext() {
    lock.lock();
    try {
      long now = System.nanoTime();
      return unfinished.values().stream()
          .mapToLong(file -> Math.max(1, file.due - now))
          .min()
          .orElse(Long.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a file is finished; else when it is looked at again. */
  private static boolean decide(Unfinished file, FileLooks.Look look) {
    if (look.status().result() < 0) {
      // It is gone, and that will be said.
      file.due = System.nanoTime() + NOW_AND_THEN;
      return false;
    }
    return switch (look.writers()) {
      case NONE -> true;
      case SOME -> {
        file.isClosed = false;
        file.seen = null;
        file.due = System.nanoTime() + NOW_AND_THEN;
        yield false;
      }
      case UNKNOWN -> {
        file.isClosed = false;
        boolean isSame = file.seen != null && look.status().isAsItWas(file.seen);
        file.seen = look.status();
        file.due = System.nanoTime() + QUIET;
        yield isSame;
      }
    };
  }

  private static String text(byte[] path) {
    return new String(path, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String path) {
    return path.getBytes(StandardCharsets.ISO_8859_1);
  }
}
